import type { Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  type Initializer,
  type NamedVariables,
  parameter,
  uniform,
  zeros,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { OutputLayer, OutputSizes } from "../output_layer.ts";
import { checkTargets } from "./_check_targets.ts";
import { pickTargets } from "./_pick_targets.ts";

/** The size and start of a {@linkcode FullSoftmax}. */
export interface FullSoftmaxOptions extends OutputSizes {
  /** Where the draws come from. */
  random: Random;
  /** What U starts with. @default {uniform(0.1)} */
  initializer?: Initializer;
  /** What b₂ starts with, such as {@linkcode classBias}; shape [V]. @default {zeros} */
  bias?: Float32Array;
  /**
   * E, shape [V, H], to be used as Uᵀ: tied embeddings (Inan et al. 2017; Press and Wolf 2017). It
   * stays its owner's parameter. @default {none: U is a parameter of its own}
   */
  tied?: Variable;
}

const IMPOSSIBLE = -1e30; // as a logit: e^x is 0, and 0 · x is 0

/** P = softmax(U h + b₂) over all words (lecture, "A RNN Language Model"). */
export class FullSoftmax implements OutputLayer {
  /** `U`, shape [H, V] (absent when tied), and `b2`, shape [V]. */
  readonly parameters: NamedVariables & { readonly b2: Variable };
  readonly #engine: Engine;
  readonly #sizes: OutputSizes;
  readonly #tied?: Variable;
  /** 0 for each word, {@linkcode IMPOSSIBLE} for the one that is never predicted. */
  readonly #mask?: Tensor;

  /**
   * Draws new weights.
   *
   * @throws {RangeError} if `bias` or `tied` does not fit the sizes
   */
  constructor(engine: Engine, options: FullSoftmaxOptions) {
    const { units, words, never, random, initializer = uniform(0.1), bias, tied } = options;
    if (bias && bias.length !== words) {
      throw new RangeError(`Cannot start b2: expected ${words} values, got ${bias.length}`);
    }
    if (tied && (tied.shape[0] !== words || tied.shape[1] !== units)) {
      throw new RangeError(
        `Cannot tie the weights: expected E of shape [${words}, ${units}], got [${tied.shape}]`,
      );
    }
    const { tf } = this.#engine = engine;
    this.#sizes = { units, words, never };
    this.#tied = tied;
    if (never !== undefined) {
      const mask = new Float32Array(words);
      mask[never] = IMPOSSIBLE;
      this.#mask = tf.keep(tf.tensor1d(mask));
    }
    const start: Initializer = bias ? () => bias.slice() : zeros();
    this.parameters = {
      ...(!tied && { U: parameter(engine, { shape: [units, words], initializer, random }) }),
      b2: parameter(engine, { shape: [words], initializer: start, random }),
    };
  }

  /** Mean of −log P(target). */
  loss(states: Tensor, targets: Tensor): Scalar {
    const { tf, operations } = this.#engine;
    checkTargets(targets.dataSync(), this.#sizes);
    const { b2 } = this.parameters;
    const bias = this.#mask ? tf.add(b2, this.#mask) : b2;
    return operations.linearCrossEntropy(states, { ...this.#weights(), bias, targets });
  }

  /** log P of every word, shape [N, V]. */
  logProbabilities(states: Tensor): Tensor2D {
    const { tf, operations } = this.#engine;
    const { b2 } = this.parameters;
    const { weights, transposed } = this.#weights();
    const bias = this.#mask ? tf.add(b2, tf.mul(this.#mask, -IMPOSSIBLE)) : b2; // −∞
    const logits = transposed
      ? tf.add(tf.matMul(states as Tensor2D, weights as Tensor2D, false, true), bias)
      : operations.dense(states, { weights, bias });
    return operations.logSoftmax(logits);
  }

  /** log P(target), shape [N]. */
  targetLogProbabilities(states: Tensor, targets: Tensor): Tensor1D {
    checkTargets(targets.dataSync(), { words: this.#sizes.words });
    return pickTargets(this.#engine, this.logProbabilities(states), targets);
  }

  /** Frees the parameters; tied weights are their owner's. */
  dispose(): void {
    disposeParameters(this.parameters);
    this.#mask?.dispose();
  }

  #weights(): { weights: Variable; transposed: boolean } {
    const { U } = this.parameters;
    return { weights: this.#tied ?? U, transposed: this.#tied !== undefined };
  }
}
