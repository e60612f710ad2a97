import type { Scalar } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { softplus } from "./_softplus.ts";
import { type SampledBatch, SampledOutput, sampleLogits } from "./sampled_output.ts";
import type { BlackOutOptions } from "./black_out.ts";
import { logUnigram } from "./_log_unigram.ts";
import { powerSampler } from "./samplers.ts";

/**
 * Noise-contrastive estimation (Gutmann and Hyvärinen 2010; Mnih and Teh 2012): a logistic
 * regression tells the target i from K words drawn from Q, with v = u − log(K Q),
 *
 *     J = −log σ(v_i) − Σ_{j ∈ S} log σ(−v_j).
 *
 * It learns logits that are log-probabilities themselves (Σ e^u ≈ 1), so b₂ starts with the log
 * unigram. Probabilities are those of the full softmax over the same weights.
 */
export class NoiseContrastive extends SampledOutput {
  /**
   * Draws new weights.
   *
   * @throws {RangeError} if there is not a count a word, or K is less than 1
   */
  constructor(engine: Engine, options: BlackOutOptions) {
    const { counts, samples, never, alpha = 0.4 } = options;
    const { bias = logUnigram(counts) } = options;
    const sampler = powerSampler(counts, { alpha, samples, never });
    super(engine, { ...options, bias }, sampler);
  }

  /** Mean of J. */
  protected override criterion(batch: SampledBatch): Scalar {
    const { tf } = this.engine, samples = sampleLogits(this.engine, batch);
    const missed = softplus(this.engine, tf.neg(batch.target)); // −log σ(v)
    const taken = softplus(this.engine, samples); // −log σ(−v)
    return tf.div(tf.add(tf.sum(missed), tf.sum(taken)), batch.target.size) as Scalar;
  }
}
