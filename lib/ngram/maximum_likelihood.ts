import type { LanguageModel } from "#lib/lm/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { logRelativeFrequencies } from "./_relative_frequencies.ts";
import { isWholeContext } from "./_whole_context.ts";
import { BackoffModel } from "./backoff_model.ts";
import type { NgramCounts } from "./ngram_counts.ts";

/**
 * The n-gram model as the lecture defines it, with the order N of the counts:
 *
 *     P(x⁽ᵗ⁺¹⁾ | x⁽ᵗ⁾, …, x⁽ᵗ⁻ᴺ⁺²⁾) = count(x⁽ᵗ⁻ᴺ⁺²⁾, …, x⁽ᵗ⁾, x⁽ᵗ⁺¹⁾) / count(x⁽ᵗ⁻ᴺ⁺²⁾, …, x⁽ᵗ⁾)
 *
 * with both of the lecture's sparsity problems: a word never seen after the context has probability
 * 0, and after a context never seen there is no distribution at all, every word has −Infinity.
 *
 * @example
 * ```ts
 * import { countNgrams, maximumLikelihood } from "#lib/ngram/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose"], ["a", "rose"], ["a", "thorn"]]);
 * const model = maximumLikelihood(countNgrams(ids, { order: 2, vocabulary }));
 * const afterA = model.logProbabilities(model.advance(model.initialState(), vocabulary.id("a")));
 * assertEquals(Math.exp(afterA[vocabulary.id("rose")]), 2 / 3);
 * ```
 */
export function maximumLikelihood(counts: NgramCounts): MaximumLikelihoodModel {
  return new MaximumLikelihoodModel(counts);
}

/** What {@linkcode maximumLikelihood} makes; a state is the longest suffix of the context seen. */
export class MaximumLikelihoodModel implements LanguageModel<number> {
  /** The words the model predicts. */
  readonly vocabulary: Vocabulary;
  /** The counts behind the probabilities. */
  readonly counts: NgramCounts;
  readonly #seen: BackoffModel;

  /** Divides the counts. */
  constructor(counts: NgramCounts) {
    const { trie, vocabulary } = counts;
    this.vocabulary = vocabulary;
    this.counts = counts;
    this.#seen = new BackoffModel({
      vocabulary,
      trie,
      logProbability: logRelativeFrequencies(counts),
      logBackoff: new Float64Array(trie.levels[trie.order]).fill(-Infinity),
    });
  }

  /** The context `<s>`. */
  initialState(): number {
    return this.#seen.initialState();
  }

  /** The context moved on by a word. */
  advance(state: number, wordId: number): number {
    return this.#seen.advance(state, wordId);
  }

  /** How often the context of this state was seen: the denominator; 0 if it never was. */
  contextCount(state: number): number {
    return isWholeContext(this.counts, state) ? this.counts.counts[state] : 0;
  }

  /** The relative frequencies after the context; −Infinity for all where it was never seen. */
  logProbabilities(state: number): Float64Array {
    if (isWholeContext(this.counts, state)) return this.#seen.logProbabilities(state);
    return new Float64Array(this.vocabulary.size).fill(-Infinity);
  }

  /** log P of each word; −Infinity where the n-gram was never seen. */
  score(text: Int32Array): Float64Array {
    const out = this.#seen.score(text);
    let state = this.initialState();
    for (let t = 0; t < text.length; t++) {
      if (!isWholeContext(this.counts, state)) out[t] = -Infinity;
      state = this.advance(state, text[t]);
    }
    return out;
  }
}
