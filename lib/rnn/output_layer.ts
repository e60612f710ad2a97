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

/**
 * How a network turns a state into P(next word): lecture, ŷ = softmax(U h + b₂), and the ways to
 * make that cheaper. Rows of states are N places in texts; ids are those of the vocabulary.
 * Logarithms are natural. All methods are to be called inside `tidy`.
 */
export interface OutputLayer extends HasParameters {
  /**
   * What training makes small, in nats a word; differentiable. In training some layers draw
   * samples from `context.random` and return an estimate or another criterion altogether; without
   * `context.training` it is always the mean of −log P(target).
   *
   * @param states shape [N, H]
   * @param targets the words to predict, int32, shape [N]; −1 leaves a place out
   */
  loss(states: Tensor, targets: Tensor, context: LossContext): Scalar;

  /**
   * log P(w) for every id w; the probabilities of a place sum to 1 within 1e-4.
   *
   * @param states shape [N, H]
   * @returns shape [N, V]; −Infinity at an id that is never predicted
   */
  logProbabilities(states: Tensor): Tensor2D;

  /**
   * log P(target), for scoring: exact, and cheaper than all probabilities where the layer allows.
   *
   * @param states shape [N, H]
   * @param targets int32, shape [N]; −1 leaves a place out: 0 comes back
   * @returns shape [N]
   */
  targetLogProbabilities(states: Tensor, targets: Tensor): Tensor1D;
}
