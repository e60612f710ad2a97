import type { LanguageModel } from "#lib/lm/mod.ts";
import { wordsOf } from "./corpus_model.ts";

/** A word that may come next. */
export interface Suggestion {
  word: string;
  /** P(word | the words before, the letters already typed). */
  probability: number;
}

/** What a model makes of a text. */
export interface Reading {
  /** The likeliest next words, the likeliest first. */
  suggestions: Suggestion[];
  /** Mean −log2 P of the finished words, in bits; NaN before the first. */
  bitsPerWord: number;
}

/**
 * Suggests next words. A last word without a space behind it is taken as begun: only words that
 * start with its letters are suggested, and P is renormalised over them:
 *
 *     P(w | context, w starts with s) = P(w | context) / Σ_{w′ starts with s} P(w′ | context)
 */
export function read(
  model: LanguageModel<unknown>,
  text: string,
  { count }: { count: number },
): Reading {
  const words = wordsOf(text);
  const begun = /[\p{L}\p{N}_]$/u.test(text) ? words.pop()! : "";
  const { vocabulary } = model;
  let state = model.initialState(), bits = 0;
  for (const id of vocabulary.encode(words)) {
    bits -= model.logProbabilities(state)[id] / Math.LN2;
    state = model.advance(state, id);
  }
  const logP = model.logProbabilities(state);
  const possible = vocabulary.words
    .map((word, id) => ({ word, probability: Math.exp(logP[id]) }))
    .filter(({ word, probability }, id) =>
      id > vocabulary.end && probability > 0 && word.startsWith(begun)
    );
  const mass = begun === "" ? 1 : possible.reduce((sum, { probability }) => sum + probability, 0);
  const suggestions = possible
    .sort((a, b) => b.probability - a.probability)
    .slice(0, count)
    .map(({ word, probability }) => ({ word, probability: probability / mass }));
  return { suggestions, bitsPerWord: bits / words.length };
}

/** The text with a suggestion taken in place of the word begun. */
export function taken(text: string, word: string): string {
  return text.replace(/[\p{L}\p{N}_]+$/u, "").replace(/(\S)$/, "$1 ") + word + " ";
}
