import { CountingModel } from "./counting_model.ts";
import { isWholeContext } from "./_whole_context.ts";
import type { NgramCounts } from "./ngram_counts.ts";

/**
 * Add-δ smoothing (lecture, "Sparsity Problems with n-gram Language Models"; Lidstone 1920, Laplace
 * at δ = 1), with c(·) the counts and V the vocabulary without `<s>`:
 *
 *     P(w | c) = (count(c w) + δ) / (count(c) + δ |V|)
 *
 * After a context never seen all words are equally likely.
 *
 * @param delta δ, more than 0; 0 is maximum likelihood
 * @throws {RangeError} if δ is not more than 0
 */
export function addDelta(counts: NgramCounts, delta: number): AddDeltaModel {
  return new AddDeltaModel(counts, delta);
}

/** What {@linkcode addDelta} makes. */
export class AddDeltaModel extends CountingModel {
  /** δ, what is added to each count. */
  readonly delta: number;

  /**
   * Keeps the counts and δ.
   *
   * @throws {RangeError} if δ is not more than 0
   */
  constructor(counts: NgramCounts, delta: number) {
    super(counts);
    if (!(delta > 0 && delta < Infinity)) {
      throw new RangeError(`Cannot smooth: expected a δ of more than 0, got ${delta}`);
    }
    this.delta = delta;
  }

  /** P of every word. */
  protected override probabilities(state: number): Float64Array {
    const { trie, counts } = this.counts;
    const all = this.#denominator(state);
    const p = new Float64Array(this.vocabulary.size).fill(this.delta / all);
    if (isWholeContext(this.counts, state)) {
      for (let node = trie.firstChild[state]; node < trie.firstChild[state + 1]; node++) {
        p[trie.lastWord[node]] = (counts[node] + this.delta) / all;
      }
    }
    p[this.vocabulary.start] = 0;
    return p;
  }

  /** P of one word. */
  protected override probability(state: number, wordId: number): number {
    const { trie, counts } = this.counts;
    const node = isWholeContext(this.counts, state) ? trie.child(state, wordId) : -1;
    return ((node < 0 ? 0 : counts[node]) + this.delta) / this.#denominator(state);
  }

  #denominator(state: number): number {
    const contextCount = isWholeContext(this.counts, state) ? this.counts.counts[state] : 0;
    return contextCount + this.delta * (this.vocabulary.size - 1);
  }
}
