import type { Random } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";

/**
 * A system that gives the probability of the next word, P(x⁽ᵗ⁺¹⁾ | x⁽ᵗ⁾, …, x⁽¹⁾) (lecture,
 * "Language Modeling"). The words so far are summed up in a `State`: a plain value that the model
 * never changes and that needs no disposal.
 */
export interface LanguageModel<State = unknown> {
  /** The words the model predicts; `<s>` alone is never predicted. */
  readonly vocabulary: Vocabulary;

  /** The state before the first word of a text: just after `<s>`. */
  initialState(): State;

  /**
   * Natural logarithm of P(w | state) for every id w, shape [|V|]; `<s>` has −Infinity. The
   * probabilities sum to 1: within 1e-9 in a `Float64Array` (counts), 1e-4 in a `Float32Array`
   * (networks). The array is the caller's to change.
   */
  logProbabilities(state: State): Float64Array | Float32Array;

  /**
   * The state after one more word.
   *
   * @param wordId a word of the vocabulary; after `</s>` a new sentence begins
   */
  advance(state: State, wordId: number): State;

  /**
   * log P of each token of a text given those before it, shape [T].
   *
   * @param text ids of sentences end to end: `</s>` after each sentence, no `<s>`
   */
  score(text: Int32Array): Float64Array | Float32Array;

  /**
   * Draws the next word, faster than from the whole distribution; for models that can.
   *
   * @returns a word id
   */
  sample?(state: State, random: Random): number;
}
