import type { LanguageModel } from "./language_model.ts";

/**
 * How well a model predicts a text, as sums that add up over texts: divide once, at the end.
 */
export class Fit {
  /** −Σ log P, in nats. */
  readonly nats: number;
  /** Number of words predicted, `</s>` included. */
  readonly tokens: number;

  /** Holds the two sums. */
  constructor(nats: number, tokens: number) {
    this.nats = nats;
    this.tokens = tokens;
  }

  /** The fit to both texts. */
  add(other: Fit): Fit {
    return new Fit(this.nats + other.nats, this.tokens + other.tokens);
  }

  /** Mean cross-entropy J = −(1/T) Σ log P(x⁽ᵗ⁺¹⁾ | …), in nats a word. */
  get crossEntropy(): number {
    return this.nats / this.tokens;
  }

  /** J / log 2, in bits a word: bits per character where the words are characters. */
  get bits(): number {
    return this.crossEntropy / Math.LN2;
  }

  /** exp(J) = Π (1 / P(x⁽ᵗ⁺¹⁾ | …))^(1/T) (lecture, "Evaluating Language Models"). */
  get perplexity(): number {
    return Math.exp(this.crossEntropy);
  }
}

/**
 * Measures a model on a text: every word counts, `</s>` and `<unk>` too.
 *
 * @param text ids of sentences end to end, `</s>` after each, no `<s>`
 * @throws {RangeError} if the text is empty
 */
export function fit(model: LanguageModel, text: Int32Array): Fit {
  if (text.length === 0) {
    throw new RangeError("Cannot measure a model: expected a text of at least one word, got none");
  }
  let nats = 0;
  for (const logP of model.score(text)) nats -= logP;
  return new Fit(nats, text.length);
}

/**
 * The perplexity of a text under a model, from 1 (every word foretold) upwards; |V| for a model that
 * finds all words equally likely, Infinity where it finds one impossible.
 *
 * @param text ids of sentences end to end, `</s>` after each, no `<s>`
 * @throws {RangeError} if the text is empty
 */
export function perplexity(model: LanguageModel, text: Int32Array): number {
  return fit(model, text).perplexity;
}
