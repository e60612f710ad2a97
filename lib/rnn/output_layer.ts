import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { HasParameters, LossContext } from "#lib/nn/mod.ts";

/** The sizes every {@linkcode OutputLayer} has. */
export interface OutputSizes {
  /** H, the width of the states. */
  units: number;
  /** V, the number of ids. */
  words: number;
  /** An id that is never predicted, such as that of `<s>`: P = 0. @default {none} */
  never?: number;
}

/** What an output layer may look at besides the states. */
export interface PlaceContext {
  /**
   * The words before each place, the last one first, as many as the layer's `history` says; −1
   * before the start of its sentence. Shape [N, history].
   */
  history?: Int32Array;
}

/** What a loss may look at besides states and targets. */
export interface OutputContext extends LossContext, PlaceContext {}

/**
 * How a network turns a state into P(next word): lecture, ŷ = softmax(U h + b₂), and the ways to
 * make that cheaper. Rows of states are N places in texts; ids are those of the vocabulary.
 * Logarithms are natural. All methods are to be called inside `tidy`.
 */
export interface OutputLayer extends HasParameters {
  /** How many words before a place the layer looks at. @default {0} */
  readonly history?: number;

  /**
   * What training makes small, in nats a word; differentiable. In training some layers draw
   * samples from `context.random` and return an estimate or another criterion altogether; without
   * `context.training` it is always the mean of −log P(target).
   *
   * @param states shape [N, H]
   * @param targets the words to predict, int32, shape [N]; −1 leaves a place out
   * @throws {RangeError} if a target is no word, or one that is never predicted
   */
  loss(states: Tensor, targets: Tensor, context: OutputContext): Scalar;

  /**
   * log P(w) for every id w; the probabilities of a place sum to 1 within 1e-4.
   *
   * @param states shape [N, H]
   * @returns shape [N, V]; −Infinity at an id that is never predicted
   */
  logProbabilities(states: Tensor, context?: PlaceContext): Tensor2D;

  /**
   * log P(target), for scoring: exact, and cheaper than all probabilities where the layer allows.
   *
   * @param states shape [N, H]
   * @param targets int32, shape [N]; −1 leaves a place out: 0 comes back
   * @returns shape [N]; −Infinity at a word that is never predicted
   * @throws {RangeError} if a target is no word
   */
  targetLogProbabilities(states: Tensor, targets: Tensor, context?: PlaceContext): Tensor1D;
}
