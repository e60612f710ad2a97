import type { Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  type Initializer,
  type LossContext,
  parameter,
  uniform,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { OutputLayer, OutputSizes } from "../output_layer.ts";
import { FullSoftmax } from "./full_softmax.ts";
import type { Sampler } from "./samplers.ts";

/** The size and start of a layer that is trained on samples. */
export interface SampledOutputOptions extends OutputSizes {
  /** How often each word occurs in the text to be learned; shape [V]. */
  counts: ArrayLike<number>;
  /** K, the number of words drawn for a batch; all its places share them. */
  samples: number;
  /** Where the first weights come from. */
  random: Random;
  /** What U starts with. @default {uniform(0.1)} */
  initializer?: Initializer;
  /** What b₂ starts with; shape [V]. @default {zeros; log unigram for NCE} */
  bias?: Float32Array;
}

/** Logits of the targets and of a batch's samples, corrected by log of the expected count. */
export interface SampledLogits {
  /** u − log E[count] of each place's target; shape [N, 1]. */
  target: Tensor2D;
  /** The same of the samples; shape [N, K]. */
  samples: Tensor2D;
  /** Shape [N, K]: 1 where a sample is the place's target, else 0. */
  isTarget: Tensor2D;
}

/** A softmax layer of rows Uᵀ whose training looks at the targets and some samples alone. */
export abstract class SampledOutput implements OutputLayer {
  /** `U`, shape [V, H] (a row a word), and `b2`, shape [V]. */
  readonly parameters: { readonly U: Variable; readonly b2: Variable };
  /** Where the layer computes. */
  protected readonly engine: Engine;
  readonly #full: FullSoftmax;
  readonly #sampler: Sampler;

  /** Draws new weights. */
  constructor(engine: Engine, options: SampledOutputOptions, sampler: Sampler) {
    const { units, words, never, counts, bias, random, initializer = uniform(0.1) } = options;
    if (counts.length !== words) {
      throw new RangeError(`Cannot draw samples: expected ${words} counts, got ${counts.length}`);
    }
    this.engine = engine;
    this.#sampler = sampler;
    const U = parameter(engine, { shape: [words, units], initializer, random });
    this.#full = new FullSoftmax(engine, { units, words, never, random, bias, tied: U });
    this.parameters = { U, b2: this.#full.parameters.b2 };
  }

  /** The mean criterion of places, from corrected logits. */
  protected abstract criterion(logits: SampledLogits): Scalar;

  /** In training the criterion on new samples, else the mean of −log P(target). */
  loss(states: Tensor, targets: Tensor, { training, random }: LossContext): Scalar {
    if (!training) return this.#full.loss(states, targets);
    const { tf, operations } = this.engine;
    const ids = targets.dataSync();
    const places = Int32Array.from(ids.keys()).filter((i) => ids[i] >= 0);
    const kept = places.length === ids.length
      ? states
      : operations.embed(states, tf.tensor1d(places, "int32"));
    return this.criterion(this.#logits(kept, Int32Array.from(places, (i) => ids[i]), random));
  }

  #logits(states: Tensor, targets: Int32Array, random: Random): SampledLogits {
    const { tf, operations } = this.engine;
    const { U, b2 } = this.parameters;
    const [N, H] = states.shape as [number, number];
    const drawn = this.#sampler(random), K = drawn.ids.length;
    const ids = tf.tensor1d(Int32Array.of(...targets, ...drawn.ids), "int32");
    const rows = operations.embed(U, ids); // one gradient of the size of U, not two
    const biases = operations.embed(tf.reshape(b2, [b2.size, 1]), ids);
    const [own, others] = [tf.slice(rows, [0, 0], [N, H]), tf.slice(rows, [N, 0], [K, H])];
    const [ownBias, otherBias] = [tf.slice(biases, 0, N), tf.slice(biases, N, K)];
    const expected = Float32Array.from(targets, drawn.logExpectedOf);
    const isTarget = tf.equal(tf.tensor2d(targets, [N, 1]), tf.tensor2d(drawn.ids, [1, K]));
    const scores = tf.matMul(states as Tensor2D, others as Tensor2D, false, true);
    const shift = tf.sub(tf.reshape(otherBias, [1, K]), drawn.logExpected);
    return {
      target: tf.sub(
        tf.add(tf.sum(tf.mul(states, own), 1, true), ownBias),
        tf.tensor2d(expected, [N, 1]),
      ) as Tensor2D,
      samples: tf.add(scores, shift) as Tensor2D,
      isTarget: tf.cast(isTarget, "float32") as Tensor2D,
    };
  }

  /** log P of every word by the full softmax, shape [N, V]. */
  logProbabilities(states: Tensor): Tensor2D {
    return this.#full.logProbabilities(states);
  }

  /** log P(target) by the full softmax, shape [N]. */
  targetLogProbabilities(states: Tensor, targets: Tensor): Tensor1D {
    return this.#full.targetLogProbabilities(states, targets);
  }

  /** Frees the parameters. */
  dispose(): void {
    this.#full.dispose();
    disposeParameters({ U: this.parameters.U });
  }
}

/** Target and samples side by side, [N, 1 + K], samples that are the target made impossible. */
export function withoutCopies({ tf }: Engine, logits: SampledLogits): Tensor2D {
  const { target, samples, isTarget } = logits;
  return tf.concat([target, tf.add(samples, tf.mul(isTarget, -1e30))], 1);
}
