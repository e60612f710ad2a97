import type { Scalar, Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { DirectWeights, Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  type Initializer,
  logSoftmax,
  type NamedVariables,
  parameter,
  uniform,
  zeros,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { OutputContext, OutputLayer, OutputSizes, PlaceContext } from "../output_layer.ts";
import { checkTargets } from "./_check_targets.ts";
import { HashedNgrams } from "./hashed_ngrams.ts";
import { byFrequency } from "./samplers.ts";
import { frequencyClasses, type WordClasses } from "./word_classes.ts";

/** The size and start of a {@linkcode ClassFactoredSoftmax}. */
export interface ClassFactoredOptions extends OutputSizes {
  /** How often each word occurs in the text to be learned; shape [V]. */
  counts: ArrayLike<number>;
  /** C. @default {⌈√V⌉} */
  classes?: number;
  /** Direct weights of n-grams: a maximum-entropy model in the same softmax. @default {none} */
  ngrams?: NgramWeights;
  /** Where the draws come from. */
  random: Random;
  /** What the weights start with. @default {uniform(0.1)} */
  initializer?: Initializer;
}

/** The maximum-entropy part of a {@linkcode ClassFactoredSoftmax}: data, fit for JSON. */
export type NgramWeights = {
  /** The longest n-grams. */
  order: number;
  /** S, the number of hashed weights. */
  size: number;
  /** η of their AdaGrad; it falls as that of the other weights does. @default {0.1} */
  rate?: number;
};

/**
 * Class-factored softmax (Goodman 2001; Mikolov et al. 2011): every word is in one class,
 *
 *     P(w | h) = softmax(U_c h + b_c)_{c(w)} · softmax over the words of c(w) of (U h + b₂)_w,
 *
 * so that √V classes and √V words are computed instead of V words. With `ngrams` hashed weights of
 * n-gram features are added to the logits of both (Mikolov et al. 2011, RNN + maximum entropy);
 * they learn by a rule of their own, in place, while the gradient passes.
 */
export class ClassFactoredSoftmax implements OutputLayer {
  /** `Uc` [C, H], `bc`, `U` [words, H] in the order of classes, `b2`; with n-grams `d`, `G` [S]. */
  readonly parameters: NamedVariables;
  /** Words of history that n-grams look at. */
  readonly history: number;
  readonly #engine: Engine;
  readonly #sizes: OutputSizes;
  readonly #classes: WordClasses;
  /** The place of each id among the words, and its class; −1 for one that is never predicted. */
  readonly #place: Int32Array;
  readonly #classOf: Int32Array;
  readonly #ngrams?: HashedNgrams;
  readonly #rate: number;

  /**
   * Draws new weights; those of n-grams start at 0.
   *
   * @throws {RangeError} if there is not a count a word, the classes or n-grams do not fit, or the
   * rate of n-grams is negative
   */
  constructor(engine: Engine, options: ClassFactoredOptions) {
    const { units, words, never, counts, ngrams, random, initializer = uniform(0.1) } = options;
    if (counts.length !== words) {
      throw new RangeError(`Cannot make classes: expected ${words} counts, got ${counts.length}`);
    }
    this.#rate = ngrams?.rate ?? 0.1;
    if (!(this.#rate >= 0 && this.#rate < Infinity)) {
      throw new RangeError(`Cannot learn n-grams: expected a rate of 0 or more, got ${this.#rate}`);
    }
    const order = byFrequency(counts, never);
    const C = options.classes ?? Math.ceil(Math.sqrt(order.length));
    const { starts } = this.#classes = frequencyClasses(order, counts, C);
    this.#engine = engine;
    this.#sizes = { units, words, never };
    this.#place = new Int32Array(words).fill(-1);
    this.#classOf = new Int32Array(words).fill(-1);
    for (let c = 0; c < C; c++) {
      for (let k = starts[c]; k < starts[c + 1]; k++) {
        this.#place[order[k]] = k;
        this.#classOf[order[k]] = c;
      }
    }
    if (ngrams) {
      const largest = Math.max(...starts.slice(1).map((end, c) => end - starts[c]));
      this.#ngrams = new HashedNgrams({ ...ngrams, widths: [C, largest] });
    }
    const make = (shape: number[], initializer: Initializer) =>
      parameter(engine, { shape, initializer, random });
    const parameters: Record<string, Variable> = {
      ...{ Uc: make([C, units], initializer), bc: make([C], zeros()) },
      ...{ U: make([order.length, units], initializer), b2: make([order.length], zeros()) },
    };
    if (ngrams) {
      const table = { shape: [ngrams.size], initializer: zeros(), random, trainable: false };
      parameters.d = parameter(engine, table);
      parameters.G = parameter(engine, table);
    }
    this.history = this.#ngrams?.history ?? 0;
    this.parameters = parameters;
  }

  /** Mean of −log P(class) − log P(word | class). */
  loss(states: Tensor, targets: Tensor, context: OutputContext): Scalar {
    const { tf } = this.#engine, { training, history, rateShare = 1 } = context;
    const ids = targets.dataSync() as Int32Array, rate = training ? this.#rate * rateShare : 0;
    const counted = Math.max(checkTargets(ids, this.#sizes), 1);
    return tf.div(tf.sum(this.#losses(states, ids, { history, rate })), counted);
  }

  /** log P of every word, shape [N, V]: all logits at once, then a softmax a class. */
  logProbabilities(states: Tensor, { history }: PlaceContext = {}): Tensor2D {
    const { tf, values } = this.#engine, { starts, order } = this.#classes;
    const { Uc, bc, U, b2 } = this.parameters;
    const N = states.shape[0], V = this.#place.length, C = bc.size, W = order.length;
    const before = this.#historyOf(N, history), h = this.history;
    const logits = (weights: Tensor, bias: Tensor) =>
      values(tf.add(tf.matMul(states as Tensor2D, weights as Tensor2D, false, true), bias)).slice();
    const ofClasses = logits(Uc, bc), ofWords = logits(U, b2);
    const all = new Float32Array(N * V).fill(-Infinity);
    for (let i = 0; i < N; i++) {
      const own = before.subarray(i * h, (i + 1) * h);
      const logPc = logSoftmax(this.#addDirect(ofClasses.subarray(i * C, (i + 1) * C), own));
      for (let c = 0; c < C; c++) {
        const z = ofWords.subarray(i * W + starts[c], i * W + starts[c + 1]);
        logSoftmax(this.#addDirect(z, own, [c])).forEach((logP, k) => {
          all[i * V + order[starts[c] + k]] = logPc[c] + logP;
        });
      }
    }
    return tf.tensor2d(all, [N, V]);
  }

  /** Adds one place's direct weights to the logits of classes or of a class's words, in place. */
  #addDirect(z: Float32Array, history: Int32Array, ofClass?: [number]): Float32Array {
    if (!this.#ngrams) return z;
    const d = this.#engine.values(this.parameters.d);
    for (const at of this.#ngrams.places(history, 1, ofClass)) {
      for (let k = 0; at >= 0 && k < z.length; k++) z[k] += d[at + k];
    }
    return z;
  }

  /** log P(target), shape [N]: of its class's words alone. */
  targetLogProbabilities(
    states: Tensor,
    targets: Tensor,
    { history }: PlaceContext = {},
  ): Tensor1D {
    const { tf } = this.#engine, ids = targets.dataSync() as Int32Array;
    checkTargets(ids, { words: this.#sizes.words });
    const impossible = Float32Array.from(ids, (id) => {
      return id >= 0 && this.#place[id] < 0 ? -Infinity : 0;
    });
    const known = ids.map((id) => id < 0 || this.#place[id] < 0 ? -1 : id);
    return tf.sub(impossible, this.#losses(states, known, { history, rate: 0 }));
  }

  /** −log P of each target, shape [N]; 0 where it is −1. */
  #losses(
    states: Tensor,
    ids: Int32Array,
    { history, rate }: { history?: Int32Array; rate: number },
  ): Tensor1D {
    const { tf, operations } = this.#engine;
    const { Uc, bc, U, b2 } = this.parameters;
    const classes = ids.map((id) => id < 0 ? -1 : this.#classOf[id]);
    const words = ids.map((id) => id < 0 ? -1 : this.#place[id]);
    const ofClass = operations.groupLosses(states, {
      ...{ weights: Uc, bias: bc, starts: [0, bc.size], targets: tf.tensor1d(classes, "int32") },
      direct: this.#direct(ids.length, { history, rate }),
    });
    const ofWord = operations.groupLosses(states, {
      ...{ weights: U, bias: b2, starts: this.#classes.starts },
      targets: tf.tensor1d(words, "int32"),
      direct: this.#direct(ids.length, { history, rate, classes }),
    });
    return tf.add(ofClass, ofWord);
  }

  #direct(
    rows: number,
    { history, rate, classes }: { history?: Int32Array; rate: number; classes?: Int32Array },
  ): DirectWeights | undefined {
    const { tf } = this.#engine, ngrams = this.#ngrams;
    if (!ngrams) return;
    const places = ngrams.places(this.#historyOf(rows, history), rows, classes);
    const { d, G } = this.parameters;
    return {
      table: d,
      places: tf.tensor2d(places, [rows, ngrams.order], "int32"),
      ...(rate > 0 && { learn: { squares: G, rate } }),
    };
  }

  /** The words before each row that n-grams look at, shape [rows · history]. */
  #historyOf(rows: number, history: Int32Array = new Int32Array(0)): Int32Array {
    if (this.history === 0 || history.length === rows * this.history) return history;
    throw new RangeError(
      `Cannot use n-grams: expected a history of ${rows} × ${this.history} words, ` +
        `got ${history.length}`,
    );
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
