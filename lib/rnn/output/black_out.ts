import type { Scalar, Tensor } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  type SampledBatch,
  SampledOutput,
  type SampledOutputOptions,
  sampleLogits,
} from "./sampled_output.ts";
import { powerSampler } from "./samplers.ts";

/** The size and start of a {@linkcode BlackOut} layer. */
export interface BlackOutOptions extends SampledOutputOptions {
  /** α of the proposal Q(w) ∝ count(w)^α, from 0 (uniform) to 1 (unigram). @default {0.4} */
  alpha?: number;
}

const ONE = 1 + 2 ** -23; // a little more than 1 keeps log(1 − p̃) finite

/**
 * BlackOut (Ji et al. 2016, eq. 3 to 6): K samples S, drawn with replacement from Q and without
 * the target i, are discriminated against. With weights q = 1 / Q,
 *
 *     p̃_k = q_k e^{u_k} / (q_i e^{u_i} + Σ_{j ∈ S} q_j e^{u_j}),
 *     J = −log p̃_i − Σ_{j ∈ S} log(1 − p̃_j).
 *
 * Probabilities are those of the full softmax over the same weights.
 */
export class BlackOut extends SampledOutput {
  /**
   * Draws new weights.
   *
   * @throws {RangeError} if there is not a count a word, or K is less than 1
   */
  constructor(engine: Engine, options: BlackOutOptions) {
    const { counts, samples, never, alpha = 0.4 } = options;
    super(engine, options, powerSampler(counts, { alpha, samples, never }));
  }

  /** Mean of J. */
  protected override criterion(batch: SampledBatch): Scalar {
    const { tf, operations } = this.engine, N = batch.target.size;
    const samples = tf.add(sampleLogits(this.engine, batch), this.#impossible(batch));
    const all = tf.concat([tf.reshape(batch.target, [N, 1]), samples], 1);
    const logP = operations.logSoftmax(all); // K Q for Q: p̃ stays
    const others = tf.slice(logP, [0, 1], [N, samples.shape[1]!]);
    const rejected = tf.log(tf.sub(ONE, tf.exp(others)));
    const right = tf.sum(tf.slice(logP, [0, 0], [N, 1]));
    return tf.div(tf.add(right, tf.sum(rejected)), -N) as Scalar;
  }

  /** What makes samples impossible that are the target; shape [N, K]. */
  #impossible({ rows, copies }: SampledBatch): Tensor {
    const K = rows.shape[0], lower = new Float32Array(copies.length * K);
    copies.forEach((numbers, n) => numbers.forEach((k) => lower[n * K + k] = -1e30));
    return this.engine.tf.tensor2d(lower, [copies.length, K]);
  }
}
