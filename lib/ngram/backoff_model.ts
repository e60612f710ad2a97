import { drawIndex, type LanguageModel, reshape } from "#lib/lm/mod.ts";

import type { Random } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { cumulatedSiblings, drawWord } from "./_draw_word.ts";
import { checkWordIds } from "./_check_word_ids.ts";
import type { NgramTrie } from "./ngram_trie.ts";

/** What a back-off model consists of. */
export interface BackoffParameters {
  /** The words behind the ids. */
  vocabulary: Vocabulary;
  /** The n-grams with a probability of their own. */
  trie: NgramTrie;
  /** log P(last word | words before it) of each node's n-gram, shape [nodes]; unused at node 0. */
  logProbability: Float64Array;
  /** log of the back-off weight of each node of order below N as a context, and of node 0. */
  logBackoff: Float64Array;
  /**
   * Whether the probabilities after a context sum to 1; where they do not, words are drawn from the
   * whole distribution, divided by its sum.
   *
   * @default {true}
   */
  isNormalized?: boolean;
}

/**
 * An n-gram model in back-off form, the form of ARPA files (Katz 1987):
 *
 *     P(w | c) = p(c w)           if the n-gram c w is stored,
 *                b(c) · P(w | c′)  otherwise, where c′ is the context c without its oldest word.
 *
 * Kneser–Ney, Katz and all other models that ARPA files hold differ only in the numbers p and b. A
 * state is the number of a trie node: the longest stored context.
 */
export class BackoffModel implements LanguageModel<number> {
  /** The words the model predicts. */
  readonly vocabulary: Vocabulary;
  /** The n-grams with a probability of their own. */
  readonly trie: NgramTrie;
  /** log P(last word | words before it), natural logarithm, shape [nodes]. */
  readonly logProbability: Float64Array;
  /** log b of each context, natural logarithm, shape [nodes of order below N]. */
  readonly logBackoff: Float64Array;
  /** Whether the probabilities after a context sum to 1, as the estimator says. */
  readonly isNormalized: boolean;
  #cumulated?: Float64Array;

  /** Takes the numbers as they are; whether they sum to 1 is up to the estimator. */
  constructor(parameters: BackoffParameters) {
    this.vocabulary = parameters.vocabulary;
    this.trie = parameters.trie;
    this.logProbability = parameters.logProbability;
    this.logBackoff = parameters.logBackoff;
    this.isNormalized = parameters.isNormalized ?? true;
  }

  /** The highest order, N. */
  get order(): number {
    return this.trie.order;
  }

  /** Bytes held by the n-grams and their numbers. */
  get byteLength(): number {
    return this.trie.byteLength + this.logProbability.byteLength + this.logBackoff.byteLength;
  }

  /** The context `<s>`; in a unigram model, the empty one. */
  initialState(): number {
    return this.order > 1 ? this.trie.child(0, this.vocabulary.start) : 0;
  }

  /** The longest stored context after one more word; it may have a weight but no continuation. */
  advance(state: number, wordId: number): number {
    if (wordId === this.vocabulary.end) return this.initialState();
    const { trie } = this;
    const next = trie.follow(state, wordId);
    return next < trie.levels[trie.order] ? next : trie.suffix[next];
  }

  /** P of every word: the unigrams', overwritten by ever longer contexts' own n-grams. */
  logProbabilities(state: number): Float64Array {
    const { trie, logProbability, logBackoff } = this;
    const contexts: number[] = [], weights: number[] = []; // the longest context first
    let weight = 0; // of all the longer contexts together
    for (let node = state; node !== 0; node = trie.suffix[node]) {
      contexts.push(node);
      weights.push(weight);
      weight += logBackoff[node];
    }
    const out = logProbability.slice(1, 1 + trie.vocabularySize).map((logP) => logP + weight);
    for (let i = contexts.length - 1; i >= 0; i--) {
      for (let n = trie.firstChild[contexts[i]]; n < trie.firstChild[contexts[i] + 1]; n++) {
        out[trie.lastWord[n]] = logProbability[n] + weights[i];
      }
    }
    return out;
  }

  /** log P of each word: one look-up where its n-gram is stored, one more for each back-off. */
  score(text: Int32Array): Float64Array {
    const { trie, logProbability, logBackoff, vocabulary } = this;
    const { suffix } = trie, longest = trie.levels[trie.order], start = this.initialState();
    checkWordIds(text, trie.vocabularySize);
    const out = new Float64Array(text.length);
    let context = start;
    for (let t = 0; t < text.length; t++) {
      const word = text[t];
      let weight = 0, next = trie.child(context, word);
      while (next < 0) { // b(c) · P(w | c′)
        weight += logBackoff[context];
        context = suffix[context];
        next = trie.child(context, word);
      }
      out[t] = weight + logProbability[next];
      context = word === vocabulary.end ? start : next < longest ? next : suffix[next];
    }
    return out;
  }

  /**
   * Draws from P(· | state) without computing it whole.
   *
   * @throws {RangeError} if no word is possible
   */
  sample(state: number, random: Random): number {
    if (!this.isNormalized) return drawIndex(reshape(this.logProbabilities(state)), random);
    return drawWord(this, this.#cumulated ??= cumulatedSiblings(this), { state, random });
  }
}
