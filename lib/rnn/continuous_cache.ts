import type { LanguageModel } from "#lib/lm/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { plainly } from "./_plain_states.ts";
import type { RecurrentLanguageModel, RecurrentState } from "./recurrent_language_model.ts";

/** Settings of {@linkcode continuousCache}. */
export interface ContinuousCacheOptions {
  /** K, how many of the last words are remembered. @default {500} */
  size?: number;
  /** θ, 0 or more: how much more a word counts that was read in a state like this. @default {0.3} */
  flatness?: number;
}

/** The network's state, and the last words with the states they were read in, the oldest first. */
export interface ContinuousCacheState {
  /** The state of the network. */
  readonly inner: RecurrentState;
  /** Ids of the last words, at most K. */
  readonly words: readonly number[];
  /** h⁽ⁱ⁾ that each was predicted from, shape [H]. */
  readonly states: readonly Float32Array[];
}

/**
 * The words just read as a language model of its own (Grave, Joulin and Usunier 2017, "Improving
 * neural language models with a continuous cache", equation 3): a word is likely if it came before
 * in a state like the one the network is in now,
 *
 *     P(w | …) ∝ Σ_i 1[x⁽ⁱ⁺¹⁾ = w] · exp(θ h⁽ᵗ⁾ · h⁽ⁱ⁾)      over the last K words x⁽ⁱ⁺¹⁾.
 *
 * It is made to be interpolated with the network itself. Before the first word P is the network's;
 * θ = 0 gives how often a word occurs among the last K.
 *
 * @param model the network, which stays the caller's to dispose
 * @throws {RangeError} if the size is no whole number of at least 1, or θ is negative or infinite
 */
export function continuousCache(
  model: RecurrentLanguageModel,
  options: ContinuousCacheOptions = {},
): ContinuousCacheModel {
  return new ContinuousCacheModel(model, options);
}

const CHUNK = 512; // words scored at a time

/** What {@linkcode continuousCache} makes. */
export class ContinuousCacheModel implements LanguageModel<ContinuousCacheState> {
  /** The words the network predicts. */
  readonly vocabulary: Vocabulary;
  readonly #model: RecurrentLanguageModel;
  readonly #size: number;
  readonly #theta: number;

  /**
   * Puts a cache beside the network.
   *
   * @throws {RangeError} if an option is out of its range
   */
  constructor(model: RecurrentLanguageModel, options: ContinuousCacheOptions = {}) {
    const { size = 500, flatness = 0.3 } = options;
    if (!Number.isInteger(size) || size < 1 || !(flatness >= 0 && flatness < Infinity)) {
      throw new RangeError(
        `Cannot build a cache: expected a whole size of at least 1 and a finite flatness of at ` +
          `least 0, got ${size} and ${flatness}`,
      );
    }
    this.vocabulary = model.vocabulary;
    this.#model = model;
    this.#size = size;
    this.#theta = flatness;
  }

  /** The network's initial state and an empty cache. */
  initialState(): ContinuousCacheState {
    return { inner: this.#model.initialState(), words: [], states: [] };
  }

  /** Moves the network on and remembers the word with the state it was predicted from. */
  advance({ inner, words, states }: ContinuousCacheState, wordId: number): ContinuousCacheState {
    return {
      inner: this.#model.advance(inner, wordId),
      words: [...words, wordId].slice(-this.#size),
      states: [...states, inner.top].slice(-this.#size),
    };
  }

  /** The cache's distribution, shape [V]; −Infinity for a word that is not in it. */
  logProbabilities({ inner, words, states }: ContinuousCacheState): Float64Array {
    if (words.length === 0) return Float64Array.from(this.#model.logProbabilities(inner));
    const { top } = inner, keys = new Float32Array(states.length * top.length);
    states.forEach((state, i) => keys.set(state, i * top.length));
    const weights = this.#weights(this.#products(top, { keys, width: top.length }));
    const sums = new Float64Array(this.vocabulary.size);
    words.forEach((word, i) => sums[this.vocabulary.predicted(word)] += weights[i]);
    return sums.map((sum) => Math.log(sum));
  }

  /** The same for each word of a text. */
  score(text: Int32Array): Float64Array {
    const logP = new Float64Array(text.length);
    if (text.length === 0) return logP;
    logP[0] = this.#model.score(text.subarray(0, 1))[0];
    const words = text.map((id) => this.vocabulary.predicted(id));
    const states = this.#model.states(text), width = states.length / text.length;
    for (let start = 1; start < text.length; start += CHUNK) {
      const end = Math.min(start + CHUNK, text.length), oldest = Math.max(0, start - this.#size);
      const keys = states.subarray(oldest * width, end * width);
      const queries = states.subarray(start * width, end * width);
      const products = this.#products(queries, { keys, width }), row = end - oldest;
      for (let t = start; t < end; t++) {
        const from = Math.max(0, t - this.#size), before = (t - start) * row - oldest;
        const weights = this.#weights(products.subarray(before + from, before + t));
        let sum = 0;
        for (let i = from; i < t; i++) if (words[i] === words[t]) sum += weights[i - from];
        logP[t] = Math.log(sum);
      }
    }
    return logP;
  }

  /** h · h⁽ⁱ⁾ of every query with every key, shape [queries, keys]. */
  #products(
    queries: Float32Array,
    { keys, width }: { keys: Float32Array; width: number },
  ): Float32Array {
    const { engine } = this.#model, { tf, values } = engine;
    return plainly(engine, () => { // not tidy(), which looks for tensors among the numbers
      const [q, k] = [queries, keys].map((rows) => tf.tensor2d(rows, [rows.length / width, width]));
      return values(tf.matMul(q, k, false, true)).slice();
    });
  }

  /** exp(θ h · h⁽ⁱ⁾), divided by their sum. */
  #weights(products: Float32Array): Float64Array {
    let largest = -Infinity, total = 0;
    for (const product of products) largest = Math.max(largest, product);
    const weights = new Float64Array(products.length);
    for (let i = 0; i < weights.length; i++) {
      total += weights[i] = Math.exp(this.#theta * (products[i] - largest));
    }
    for (let i = 0; i < weights.length; i++) weights[i] /= total;
    return weights;
  }
}
