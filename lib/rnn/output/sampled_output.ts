import type { Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  type Initializer,
  type LossContext,
  type NamedVariables,
  parameter,
  uniform,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { OutputLayer, OutputSizes } from "../output_layer.ts";
import { checkTargets } from "./_check_targets.ts";
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
  /** E, shape [V, H], to be used as U: see {@linkcode FullSoftmaxOptions.tied}. */
  tied?: Variable;
}

/**
 * N places and the K samples they share. Logits v are corrected: v_k = h · U_k + b₂ₖ − log E[count of k].
 */
export interface SampledBatch {
  /** h; shape [N, H]. */
  states: Tensor2D;
  /** v of each place's target; shape [N]. */
  target: Tensor1D;
  /** U_k of the samples; shape [K, H]. */
  rows: Tensor2D;
  /** b₂ₖ − log E[count of k] of the samples; shape [K]. */
  shift: Tensor1D;
  /** For each place the numbers of those samples that are its target. */
  copies: readonly (readonly number[])[];
}

/** A softmax layer of rows Uᵀ whose training looks at the targets and some samples alone. */
export abstract class SampledOutput implements OutputLayer {
  /** `U`, shape [V, H] (a row a word; absent when tied), and `b2`, shape [V]. */
  readonly parameters: NamedVariables & { readonly b2: Variable };
  /** Where the layer computes. */
  protected readonly engine: Engine;
  readonly #sizes: OutputSizes;
  readonly #full: FullSoftmax;
  readonly #sampler: Sampler;
  /** U, of this layer or of the word vectors. */
  readonly #rows: Variable;

  /** Draws new weights. */
  constructor(engine: Engine, options: SampledOutputOptions, sampler: Sampler) {
    const { units, words, never, counts, bias, random, initializer = uniform(0.1), tied } = options;
    if (counts.length !== words) {
      throw new RangeError(`Cannot draw samples: expected ${words} counts, got ${counts.length}`);
    }
    this.engine = engine;
    this.#sizes = { units, words, never };
    this.#sampler = sampler;
    const U = tied ?? parameter(engine, { shape: [words, units], initializer, random });
    this.#rows = U;
    this.#full = new FullSoftmax(engine, { units, words, never, random, bias, tied: U });
    this.parameters = { ...(!tied && { U }), b2: this.#full.parameters.b2 };
  }

  /** The mean criterion of the places. */
  protected abstract criterion(batch: SampledBatch): Scalar;

  /** In training the criterion on new samples, else the mean of −log P(target). */
  loss(states: Tensor, targets: Tensor, { training, random }: LossContext): Scalar {
    if (!training) return this.#full.loss(states, targets);
    const { tf, operations } = this.engine;
    const ids = targets.dataSync();
    checkTargets(ids, this.#sizes);
    const places = Int32Array.from(ids.keys()).filter((i) => ids[i] >= 0);
    if (places.length === 0) return this.#full.loss(states, targets); // 0, and so are its gradients
    const kept = places.length === ids.length
      ? states
      : operations.embed(states, tf.tensor1d(places, "int32"));
    return this.criterion(this.#sample(kept, Int32Array.from(places, (i) => ids[i]), random));
  }

  #sample(states: Tensor, targets: Int32Array, random: Random): SampledBatch {
    const { tf, operations } = this.engine;
    const { b2 } = this.parameters;
    const [N, H] = states.shape as [number, number];
    const drawn = this.#sampler(random), K = drawn.ids.length;
    const ids = tf.tensor1d(Int32Array.of(...targets, ...drawn.ids), "int32");
    const rows = operations.embed(this.#rows, ids); // one gradient of the size of U, not two
    const biases = tf.reshape(operations.embed(tf.reshape(b2, [b2.size, 1]), ids), [N + K]);
    const [own, ownBias] = [tf.slice(rows, [0, 0], [N, H]), tf.slice(biases, 0, N)];
    const expected = Float32Array.from(targets, drawn.logExpectedOf);
    const places = Map.groupBy(drawn.ids.keys(), (k) => drawn.ids[k]);
    return {
      states: states as Tensor2D,
      target: tf.sub(tf.add(tf.sum(tf.mul(states, own), 1), ownBias), tf.tensor1d(expected)),
      rows: tf.slice(rows, [N, 0], [K, H]) as Tensor2D,
      shift: tf.sub(tf.slice(biases, N, K), tf.tensor1d(drawn.logExpected)),
      copies: Array.from(targets, (id) => places.get(id) ?? []),
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

  /** Frees the parameters; tied weights are their owner's. */
  dispose(): void {
    const { U } = this.parameters;
    if (U) disposeParameters({ U });
    this.#full.dispose();
  }
}

/** v of the samples, shape [N, K]. */
export function sampleLogits(
  { tf, operations }: Engine,
  { states, rows, shift }: SampledBatch,
): Tensor2D {
  return operations.dense(states, { weights: tf.transpose(rows), bias: shift });
}
