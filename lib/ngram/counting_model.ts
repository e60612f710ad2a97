import type { LanguageModel } from "#lib/lm/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { checkWordIds } from "./_check_word_ids.ts";
import type { NgramCounts } from "./ngram_counts.ts";

/**
 * A language model computed from counts as it is asked; a state is the node of the longest suffix of
 * the context that was seen.
 */
export abstract class CountingModel implements LanguageModel<number> {
  /** The words the model predicts. */
  readonly vocabulary: Vocabulary;
  /** The counts behind the probabilities. */
  readonly counts: NgramCounts;

  /** Keeps the counts. */
  constructor(counts: NgramCounts) {
    this.vocabulary = counts.vocabulary;
    this.counts = counts;
  }

  /** P(w | state) of every word, by id; 0 for `<s>`. */
  protected abstract probabilities(state: number): Float64Array;

  /** P(w | state) of one word that is not `<s>`. */
  protected abstract probability(state: number, wordId: number): number;

  /** The context `<s>`; in a unigram model, the empty one. */
  initialState(): number {
    return this.counts.order > 1 ? this.counts.trie.child(0, this.vocabulary.start) : 0;
  }

  /** The longest seen context after one more word. */
  advance(state: number, wordId: number): number {
    if (wordId === this.vocabulary.end) return this.initialState();
    return this.counts.trie.advance(state, wordId);
  }

  /** log P of every word. */
  logProbabilities(state: number): Float64Array {
    return this.probabilities(state).map(Math.log);
  }

  /**
   * log P of each word.
   *
   * @throws {RangeError} if an id belongs to no word
   */
  score(text: Int32Array): Float64Array {
    checkWordIds(text, this.vocabulary.size);
    const out = new Float64Array(text.length);
    let state = this.initialState();
    for (let t = 0; t < text.length; t++) {
      const isMark = text[t] === this.vocabulary.start; // never predicted
      out[t] = isMark ? -Infinity : Math.log(this.probability(state, text[t]));
      state = this.advance(state, text[t]);
    }
    return out;
  }
}
