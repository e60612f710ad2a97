import type { Vocabulary } from "#lib/text/mod.ts";
import type { ProbabilisticClassifier } from "./classifier.ts";
import type { Examples } from "./examples.ts";
import { classIds, type LabelledText, type TextClassifier } from "./text_classifier.ts";

/** What a bag of words is made with. */
export interface BagOfWordsOptions {
  /** The words; all others count as `<unk>`. */
  vocabulary: Vocabulary;
  /** The names of the classes. */
  classes: readonly string[];
}

/**
 * Texts as bags of words: how often each word of the vocabulary occurs, whatever their order.
 *
 * @returns x of shape [N, V]
 * @throws {RangeError} if a label is not among the classes
 */
export function bagsOfWords(
  texts: readonly LabelledText[],
  { vocabulary, classes }: BagOfWordsOptions,
): Examples {
  return {
    x: countWords(texts.map(({ words }) => words), vocabulary),
    y: classIds(texts, classes),
    features: vocabulary.size,
    classes: classes.length,
  };
}

function countWords(texts: readonly (readonly string[])[], vocabulary: Vocabulary): Float32Array {
  const counts = new Float32Array(texts.length * vocabulary.size);
  texts.forEach((words, i) => {
    for (const id of vocabulary.encode(words)) counts[i * vocabulary.size + id]++;
  });
  return counts;
}

const TEXTS_AT_ONCE = 100;

/** Decides by which words a text has, as a classifier of {@linkcode bagsOfWords} learned to. */
export class BagOfWordsClassifier implements TextClassifier {
  /** The names of the classes. */
  readonly classes: readonly string[];
  readonly #classifier: ProbabilisticClassifier;
  readonly #vocabulary: Vocabulary;

  /**
   * Takes a classifier that was trained on bags of the same vocabulary and classes.
   *
   * @throws {RangeError} if it was not
   */
  constructor(classifier: ProbabilisticClassifier, options: BagOfWordsOptions) {
    const { vocabulary, classes } = options;
    if (classifier.features !== vocabulary.size || classifier.classes !== classes.length) {
      throw new RangeError(
        `Cannot classify bags of words: expected ${vocabulary.size} features and ` +
          `${classes.length} classes, got ${classifier.features} and ${classifier.classes}`,
      );
    }
    this.#classifier = classifier;
    this.#vocabulary = vocabulary;
    this.classes = classes;
  }

  /** log P(c | text), shape [N, C]; a text without words has what its class's share is. */
  logProbabilities(texts: readonly (readonly string[])[]): Promise<Float32Array> {
    const logP = new Float32Array(texts.length * this.classes.length);
    for (let from = 0; from < texts.length; from += TEXTS_AT_ONCE) {
      const some = texts.slice(from, from + TEXTS_AT_ONCE);
      const x = countWords(some, this.#vocabulary);
      logP.set(this.#classifier.logProbabilities(x, some.length), from * this.classes.length);
    }
    return Promise.resolve(logP);
  }
}
