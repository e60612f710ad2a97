import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { softplus } from "./_softplus.ts";
import { type SampledBatch, SampledOutput, type SampledOutputOptions } from "./sampled_output.ts";
import { byFrequency, logUniformSampler } from "./samplers.ts";

/**
 * Importance-sampled softmax (Bengio and Senécal 2003; Jean et al. 2015, Jozefowicz et al. 2016):
 * cross-entropy over the target and K different samples S, log-uniform over the ranks of words,
 *
 *     J = −log e^{v_y} / Σ_{k ∈ {y} ∪ S} e^{v_k},   v_k = u_k − log E[count of k in S].
 *
 * Probabilities are those of the full softmax over the same weights.
 */
export class SampledSoftmax extends SampledOutput {
  /**
   * Draws new weights.
   *
   * @throws {RangeError} if there is not a count a word, or K is not from 1 to |V|
   */
  constructor(engine: Engine, options: SampledOutputOptions) {
    const order = byFrequency(options.counts, options.never);
    super(engine, options, logUniformSampler(order, options.samples));
  }

  /**
   * Mean cross-entropy of the target against the samples. With L = log Σ_{k ∈ S} e^{v_k},
   * J = L − v_y where y ∈ S, else log(e^L + e^{v_y}) − v_y = softplus(L − v_y).
   */
  protected override criterion(batch: SampledBatch): Scalar {
    const { tf } = this.engine;
    const over = tf.sub(this.#logSum(batch), batch.target);
    const isSample = tf.tensor1d(batch.copies.map(({ length }) => length > 0), "bool");
    return tf.mean(tf.where(isSample, over, softplus(this.engine, over)));
  }

  /** L = log Σ_{k ∈ S} e^{v_k} of each place; shape [N]. */
  #logSum({ states, rows, shift, copies: { length: N } }: SampledBatch): Tensor1D {
    const { tf, operations } = this.engine, [K, H] = rows.shape;
    const [targets, starts] = [tf.zeros([N], "int32"), [0, K]];
    const options = { weights: rows, bias: shift, starts, targets };
    const overFirst = operations.groupLosses(states, options); // L − v of the first sample
    const first = tf.matMul(states, tf.reshape(tf.slice(rows, 0, 1), [H, 1]));
    return tf.add(overFirst, tf.add(tf.reshape(first, [N]), tf.slice(shift, 0, 1)));
  }
}
