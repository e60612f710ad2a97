import { highest } from "./highest.ts";

/** A system that decides which of C classes a text belongs to. */
export interface TextClassifier {
  /** The names of the classes. */
  readonly classes: readonly string[];

  /**
   * log P(c | text) for each class.
   *
   * @param texts the words of each of N texts
   * @returns natural logarithms, shape [N, C]; the probabilities of a row sum to 1 within 1e-4
   * @throws {RangeError} if a text has no words
   */
  logProbabilities(
    texts: readonly (readonly string[])[],
  ): Promise<Float32Array | Float64Array>;
}

/** A text with its class. */
export interface LabelledText {
  /** The words. */
  readonly words: readonly string[];
  /** The name of its class. */
  readonly label: string;
}

/** The likeliest class of each text; of equal ones the first. */
export async function classifyTexts(
  classifier: TextClassifier,
  texts: readonly (readonly string[])[],
): Promise<string[]> {
  const { classes } = classifier;
  const logP = await classifier.logProbabilities(texts);
  return Array.from(highest(logP, classes.length), (c) => classes[c]);
}

/**
 * The share of texts that get their class, from 0 to 1.
 *
 * @throws {RangeError} if there is no text
 */
export async function textAccuracy(
  classifier: TextClassifier,
  texts: readonly LabelledText[],
): Promise<number> {
  if (texts.length === 0) throw new RangeError("Cannot measure accuracy: there is no text");
  const found = await classifyTexts(classifier, texts.map(({ words }) => words));
  return texts.filter(({ label }, i) => label === found[i]).length / texts.length;
}

/**
 * The number of each text's class.
 *
 * @returns shape [N]
 * @throws {RangeError} if a label is not among the classes
 */
export function classIds(
  texts: readonly LabelledText[],
  classes: readonly string[],
): Int32Array {
  const ids = new Map(classes.map((name, id) => [name, id]));
  return Int32Array.from(texts, ({ label }) => {
    const id = ids.get(label);
    if (id !== undefined) return id;
    throw new RangeError(
      `Cannot learn the class "${label}": it is not among ${classes.join(", ")}`,
    );
  });
}
