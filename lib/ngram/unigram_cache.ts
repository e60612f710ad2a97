import type { LanguageModel } from "#lib/lm/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";

/** Settings of {@linkcode unigramCache}. */
export interface UnigramCacheOptions {
  /**
   * K, how many of the last words are remembered.
   *
   * @default {2000}
   */
  size?: number;
  /**
   * λ, the weight of the cache, from 0 to 1.
   *
   * @default {0.1}
   */
  weight?: number;
}

/** A model's state and the last words, the oldest first. */
export interface CacheState<State> {
  /** The state of the model inside. */
  inner: State;
  /** Ids of the last words, at most K. */
  recent: Int32Array;
}

/**
 * Any model mixed with the words just read (Kuhn and De Mori 1990), which come again more often than
 * elsewhere:
 *
 *     P′(w | …) = (1 − λ) · P(w | …) + λ · count(w in the last K words) / K
 *
 * While fewer than K words were read, K is their number; before the first, P′ = P. The cache goes on
 * across sentence ends.
 *
 * @throws {RangeError} if the size is no whole number of at least 1, or the weight not from 0 to 1
 */
export function unigramCache<State>(
  model: LanguageModel<State>,
  options: UnigramCacheOptions = {},
): UnigramCacheModel<State> {
  return new UnigramCacheModel(model, options);
}

/** What {@linkcode unigramCache} makes. */
export class UnigramCacheModel<State> implements LanguageModel<CacheState<State>> {
  /** The words the model predicts. */
  readonly vocabulary: Vocabulary;
  readonly #model: LanguageModel<State>;
  readonly #size: number;
  readonly #weight: number;

  /**
   * Wraps the model.
   *
   * @throws {RangeError} if an option is out of its range
   */
  constructor(model: LanguageModel<State>, options: UnigramCacheOptions = {}) {
    const { size = 2000, weight = 0.1 } = options;
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`Cannot build a cache: expected a size of at least 1, got ${size}`);
    }
    if (!(weight >= 0 && weight <= 1)) {
      throw new RangeError(`Cannot build a cache: expected a weight from 0 to 1, got ${weight}`);
    }
    this.vocabulary = model.vocabulary;
    this.#model = model;
    this.#size = size;
    this.#weight = weight;
  }

  /** The model's initial state and an empty cache. */
  initialState(): CacheState<State> {
    return { inner: this.#model.initialState(), recent: new Int32Array(0) };
  }

  /** Moves the model on and remembers the word. */
  advance({ inner, recent }: CacheState<State>, wordId: number): CacheState<State> {
    const kept = recent.subarray(Math.max(0, recent.length + 1 - this.#size));
    const next = new Int32Array(kept.length + 1);
    next.set(kept);
    next[kept.length] = wordId;
    return { inner: this.#model.advance(inner, wordId), recent: next };
  }

  /** The mixture, for every word. */
  logProbabilities({ inner, recent }: CacheState<State>): Float64Array {
    const logP = Float64Array.from(this.#model.logProbabilities(inner));
    if (recent.length === 0) return logP;
    const counts = new Uint32Array(logP.length);
    for (const id of recent) counts[id]++;
    return logP.map((value, id) => this.#mix(value, counts[id] / recent.length));
  }

  /** The mixture, for each word of a text: the counts of the last words are kept up to date. */
  score(text: Int32Array): Float64Array {
    const logP = this.#model.score(text);
    const counts = new Uint32Array(this.vocabulary.size);
    return Float64Array.from(text, (id, t) => {
      const read = Math.min(t, this.#size);
      const mixed = read === 0 ? logP[t] : this.#mix(logP[t], counts[id] / read);
      counts[id]++;
      if (t >= this.#size) counts[text[t - this.#size]]--;
      return mixed;
    });
  }

  #mix(logP: number, frequency: number): number {
    return Math.log((1 - this.#weight) * Math.exp(logP) + this.#weight * frequency);
  }
}
