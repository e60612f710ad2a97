import type { Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  classBias,
  disposeParameters,
  dropout,
  type Initializer,
  type NamedVariables,
  parameter,
  uniform,
  zeros,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { OutputContext, OutputLayer, OutputSizes } from "../output_layer.ts";
import { checkRates } from "../_check_rates.ts";
import { checkTargets } from "./_check_targets.ts";
import { pickTargets } from "./_pick_targets.ts";
import { byFrequency } from "./samplers.ts";

/** The size and start of an {@linkcode AdaptiveSoftmax}. */
export interface AdaptiveSoftmaxOptions extends OutputSizes {
  /** How often each word occurs in the text to be learned; shape [V]. */
  counts: ArrayLike<number>;
  /**
   * c₁ < c₂ < …: so many of the most frequent words are in the head, and in the head and the
   * first tail, and so on; none is one head with all words. See {@linkcode bestCutoffs}.
   */
  cutoffs: readonly number[];
  /**
   * Dropout of the states a tail works on: its words are few, and learned by heart without.
   *
   * @default {0}
   */
  tailDropout?: number;
  /** Where the draws come from. */
  random: Random;
  /** What the weights start with. @default {uniform(0.1)} */
  initializer?: Initializer;
  /** Whether the biases start with the log unigram, add-one smoothed. @default {false} */
  unigramBias?: boolean;
}

/** The width of the states a tail works on: H / 4ⁱ of tail i = 1, 2, …. */
export function tailWidth(units: number, i: number): number {
  return Math.max(1, Math.floor(units / 4 ** i));
}

/** The places of a batch whose words are in one cluster. */
interface Members {
  /** Numbers of the places. */
  places: Int32Array;
  /** Their words, numbered from 0 in the cluster. */
  targets: Int32Array;
}

/**
 * Adaptive softmax (Grave et al. 2017): a head of the most frequent words and one entry a tail;
 * rarer words in tails of narrower states, computed only where they occur:
 *
 *     P(w | h) = softmax(U₀ h + b₀)_w                                        for w in the head,
 *     P(w | h) = softmax(U₀ h + b₀)_{tail i} · softmax(U_i P_i h + b_i)_w    for w in tail i.
 *
 * Every part has a bias, as the lecture's softmax has; the paper's have none.
 */
export class AdaptiveSoftmax implements OutputLayer {
  /** `U0` [H, c₁ + tails], `b0`; for each tail `Pi` [H, H/4ⁱ], `Ui` [H/4ⁱ, size], `bi`. */
  readonly parameters: NamedVariables;
  readonly #engine: Engine;
  readonly #sizes: OutputSizes;
  /** Where each cluster begins in the order by frequency, and its end. */
  readonly #starts: readonly number[];
  /** The place of each id in that order; −1 for one that is never predicted. */
  readonly #rank: Int32Array;
  readonly #tailDropout: number;

  /**
   * Draws new weights.
   *
   * @throws {RangeError} if there is not a count a word, the cut-offs are not whole numbers that
   * rise below |V|, or the dropout is not in [0, 1)
   */
  constructor(engine: Engine, options: AdaptiveSoftmaxOptions) {
    const { units, words, never, counts, cutoffs, random, initializer = uniform(0.1) } = options;
    const { tailDropout = 0 } = options;
    checkRates({ tailDropout });
    const order = byFrequency(counts, never);
    this.#engine = engine;
    this.#sizes = { units, words, never };
    this.#tailDropout = tailDropout;
    this.#starts = [0, ...cutoffs, order.length];
    const rise = this.#starts.every((c, i, all) => Number.isInteger(c) && c > (all[i - 1] ?? -1));
    if (counts.length !== words || !rise) {
      throw new RangeError(
        `Cannot cut the vocabulary: expected ${words} counts and whole, rising cut-offs below ` +
          `${order.length}, got ${counts.length} and [${cutoffs}]`,
      );
    }
    this.#rank = new Int32Array(words).fill(-1);
    order.forEach((id, rank) => this.#rank[id] = rank);
    const weights = (shape: number[]) => parameter(engine, { shape, initializer, random });
    const unigrams = options.unigramBias && this.#unigrams(order, counts);
    const bias = (i: number, size: number) =>
      parameter(engine, {
        ...{ shape: [size], random },
        initializer: unigrams ? () => classBias(unigrams[i]) : zeros(),
      });
    const head = this.#size(0) + cutoffs.length;
    const parameters: Record<string, Variable> = { U0: weights([units, head]), b0: bias(0, head) };
    for (let i = 1; i <= cutoffs.length; i++) {
      const width = tailWidth(units, i);
      parameters[`P${i}`] = weights([units, width]);
      parameters[`U${i}`] = weights([width, this.#size(i)]);
      parameters[`b${i}`] = bias(i, this.#size(i));
    }
    this.parameters = parameters;
  }

  /** Mean of −log P(target), the head's part for every place, a tail's only for its words. */
  loss(states: Tensor, targets: Tensor, { training, random }: OutputContext): Scalar {
    const { tf, operations } = this.#engine;
    const dropping = { rate: this.#tailDropout, training, random };
    const ids = targets.dataSync();
    const total = Math.max(checkTargets(ids, this.#sizes), 1);
    const head = tf.tensor1d(Int32Array.from(ids, (id) => this.#headEntry(id)), "int32");
    const { U0, b0 } = this.parameters;
    let loss = operations.linearCrossEntropy(states, { weights: U0, bias: b0, targets: head });
    for (let i = 1; i < this.#starts.length - 1; i++) {
      const { places, targets } = this.#members(ids, i);
      if (places.length === 0) continue;
      const narrow = dropout(this.#engine, this.#narrow(states, i, places), dropping);
      const mean = operations.linearCrossEntropy(narrow, {
        ...{ weights: this.parameters[`U${i}`], bias: this.parameters[`b${i}`] },
        targets: tf.tensor1d(targets, "int32"),
      });
      loss = tf.add(loss, tf.mul(mean, places.length / total));
    }
    return loss;
  }

  /** log P of every word, shape [N, V]. */
  logProbabilities(states: Tensor): Tensor2D {
    const { tf } = this.#engine;
    const N = states.shape[0], head = this.#logP(states, 0), parts: Tensor2D[] = [];
    const size = this.#size(0);
    parts.push(tf.slice(head, [0, 0], [N, size]));
    for (let i = 1; i < this.#starts.length - 1; i++) {
      const entry = tf.slice(head, [0, size + i - 1], [N, 1]);
      parts.push(tf.add(this.#logP(this.#narrow(states, i), i), entry) as Tensor2D);
    }
    parts.push(tf.fill([N, 1], -Infinity));
    const columns = this.#rank.map((rank) => rank < 0 ? this.#starts.at(-1)! : rank);
    return tf.gather(tf.concat(parts, 1), tf.tensor1d(columns, "int32"), 1);
  }

  /** log P(target), shape [N]; a tail is computed only where its words occur. */
  targetLogProbabilities(states: Tensor, targets: Tensor): Tensor1D {
    const { tf } = this.#engine;
    const ids = targets.dataSync();
    checkTargets(ids, { words: this.#sizes.words });
    const entries = tf.tensor1d(Int32Array.from(ids, (id) => this.#headEntry(id)), "int32");
    const out = pickTargets(this.#engine, this.#logP(states, 0), entries).dataSync().slice();
    for (let i = 1; i < this.#starts.length - 1; i++) {
      const { places, targets } = this.#members(ids, i);
      if (places.length === 0) continue;
      const logP = this.#logP(this.#narrow(states, i, places), i);
      const found = pickTargets(this.#engine, logP, tf.tensor1d(targets, "int32")).dataSync();
      places.forEach((place, k) => out[place] += found[k]);
    }
    ids.forEach((id, place) => {
      if (id >= 0 && this.#rank[id] < 0) out[place] = -Infinity;
    });
    return tf.tensor1d(out);
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
  }

  /** How often each entry of the head and of each tail occurs, once more than it does. */
  #unigrams(order: Int32Array, counts: ArrayLike<number>): number[][] {
    const [head, ...tails] = this.#starts.slice(1).map((end, cluster) =>
      Array.from(order.subarray(this.#starts[cluster], end), (id) => counts[id] + 1)
    );
    return [[...head, ...tails.map((tail) => tail.reduce((sum, n) => sum + n))], ...tails];
  }

  #size(cluster: number): number {
    return this.#starts[cluster + 1] - this.#starts[cluster];
  }

  /** The entry of the head that a word begins with: its own, or that of its tail. */
  #headEntry(id: number): number {
    const rank = id < 0 ? -1 : this.#rank[id];
    if (rank < this.#starts[1]) return rank; // −1 stays −1: left out
    return this.#size(0) + this.#starts.findIndex((start) => start > rank) - 2;
  }

  #members(ids: ArrayLike<number>, cluster: number): Members {
    const [from, to] = [this.#starts[cluster], this.#starts[cluster + 1]];
    const places: number[] = [], targets: number[] = [];
    for (let place = 0; place < ids.length; place++) {
      const rank = ids[place] < 0 ? -1 : this.#rank[ids[place]];
      if (rank < from || rank >= to) continue;
      places.push(place);
      targets.push(rank - from);
    }
    return { places: Int32Array.from(places), targets: Int32Array.from(targets) };
  }

  /** P_i h at some places, or all. */
  #narrow(states: Tensor, i: number, places?: Int32Array): Tensor2D {
    const { tf, operations } = this.#engine;
    const rows = places ? operations.embed(states, tf.tensor1d(places, "int32")) : states;
    return tf.matMul(rows as Tensor2D, this.parameters[`P${i}`] as Tensor2D);
  }

  /** Log-probabilities inside a cluster. */
  #logP(states: Tensor, i: number): Tensor2D {
    const { operations } = this.#engine;
    const options = { weights: this.parameters[`U${i}`], bias: this.parameters[`b${i}`] };
    return operations.logSoftmax(operations.dense(states, options));
  }
}
