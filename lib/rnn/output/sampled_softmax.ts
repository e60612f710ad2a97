import type { Scalar } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  type SampledLogits,
  SampledOutput,
  type SampledOutputOptions,
  withoutCopies,
} from "./sampled_output.ts";
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

  /** Mean cross-entropy of the target against the samples. */
  protected override criterion(logits: SampledLogits): Scalar {
    const { tf, operations } = this.engine;
    const all = withoutCopies(this.engine, logits);
    return operations.crossEntropy(all, tf.zeros([all.shape[0]], "int32")); // place 0: the target
  }
}
