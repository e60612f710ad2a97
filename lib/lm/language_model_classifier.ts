import type { TextClassifier } from "#lib/classify/mod.ts";
import type { LanguageModel } from "./language_model.ts";

/** A class as its language: a model of its texts. */
export interface ClassLanguage {
  /** The name of the class. */
  readonly name: string;
  /** P(text | c). */
  readonly model: LanguageModel;
  /** P(c), 0 to 1. */
  readonly share: number;
}

/**
 * Decides by language models, one a class, whose text it is: P(c | text) ∝ P(c) · P(text | c). With
 * equal shares the class whose model has the lowest perplexity wins; with models of single words this
 * is naive Bayes. The models should know the same words, or what is `<unk>` to one decides.
 *
 * @example
 * ```ts
 * import { classifyTexts } from "#lib/classify/mod.ts";
 * import { LanguageModelClassifier } from "#lib/lm/mod.ts";
 * import { addDelta, countNgrams } from "#lib/ngram/mod.ts";
 * import { Vocabulary } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const vocabulary = new Vocabulary(["to", "be", "or", "not"]);
 * const modelOf = (text: string) => {
 *   const ids = vocabulary.encodeSentences([text.split(" ")]);
 *   return addDelta(countNgrams(ids, { order: 2, vocabulary }), 0.1);
 * };
 * const classifier = new LanguageModelClassifier([
 *   { name: "Hamlet", model: modelOf("to be or not to be"), share: 0.5 },
 *   { name: "Telmah", model: modelOf("be to not or be to"), share: 0.5 },
 * ]);
 * const texts = [["not", "to", "be"], ["to", "not", "or"]];
 * assertEquals(await classifyTexts(classifier, texts), ["Hamlet", "Telmah"]);
 * ```
 */
export class LanguageModelClassifier implements TextClassifier {
  /** The names of the classes. */
  readonly classes: readonly string[];
  readonly #languages: readonly ClassLanguage[];

  /**
   * Takes a model for each class.
   *
   * @throws {RangeError} if there is none, or the shares are below 0 or do not sum to 1
   */
  constructor(languages: readonly ClassLanguage[]) {
    const sum = languages.reduce((sum, { share }) => sum + share, 0);
    if (!(Math.abs(sum - 1) < 1e-6) || languages.some(({ share }) => share < 0)) {
      throw new RangeError(
        `Cannot classify by language models: expected shares of 0 or more that sum to 1, got ` +
          languages.map(({ share }) => share).join(", "),
      );
    }
    this.classes = languages.map(({ name }) => name);
    this.#languages = languages;
  }

  /**
   * log P(c | text), shape [N, C].
   *
   * @param texts words of each; `</s>` between sentences and, where they are whole, at the end
   * @throws {RangeError} if a text has no words, or is impossible under every model
   */
  logProbabilities(texts: readonly (readonly string[])[]): Promise<Float64Array> {
    return Promise.try(() => this.#logProbabilities(texts));
  }

  #logProbabilities(texts: readonly (readonly string[])[]): Float64Array {
    const C = this.classes.length, logP = new Float64Array(texts.length * C);
    this.#languages.forEach(({ model, share }, c) => {
      texts.forEach((words, i) => {
        let sum = Math.log(share);
        for (const value of model.score(model.vocabulary.encode(words))) sum += value;
        logP[i * C + c] = sum;
      });
    });
    texts.forEach((words, i) => normalize(logP.subarray(i * C, (i + 1) * C), words, i));
    return logP;
  }
}

/** Subtracts log Σ e^x, so that the probabilities sum to 1. */
function normalize(row: Float64Array, words: readonly string[], index: number): void {
  const most = Math.max(...row);
  if (words.length === 0 || most === -Infinity) {
    throw new RangeError(
      `Cannot classify text ${index}: it ` +
        (words.length === 0 ? "has no words" : "is impossible under every model"),
    );
  }
  const logSum = most + Math.log(row.reduce((sum, value) => sum + Math.exp(value - most), 0));
  row.forEach((value, c) => row[c] = value - logSum);
}
