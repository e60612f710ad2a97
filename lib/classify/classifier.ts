/** A system that decides which of C classes an example belongs to (lecture, "Softmax classifier"). */
export interface Classifier {
  /** d, the length of an example. */
  readonly features: number;
  /** C, the number of classes. */
  readonly classes: number;

  /**
   * How much speaks for each class; the greatest value is the decision. What a value means is the
   * model's own affair (log probabilities, distances): only the differences within a row count.
   *
   * @param x examples end to end, shape [N, d]
   * @param n N
   * @returns shape [N, C]
   * @throws {RangeError} if `x` does not hold N examples of d numbers
   */
  decisionValues(x: Float32Array, n: number): Float32Array;
}

/** A classifier that also says how sure it is. A support vector machine is none. */
export interface ProbabilisticClassifier extends Classifier {
  /**
   * P(c | x) for each class.
   *
   * @param x examples end to end, shape [N, d]
   * @param n N
   * @returns shape [N, C]; each row sums to 1 within 1e-4
   * @throws {RangeError} if `x` does not hold N examples of d numbers
   */
  predictProbabilities(x: Float32Array, n: number): Float32Array;

  /**
   * log P(c | x) for each class, also where P is too small for a number of its own.
   *
   * @param x examples end to end, shape [N, d]
   * @param n N
   * @returns natural logarithms, shape [N, C]
   * @throws {RangeError} if `x` does not hold N examples of d numbers
   */
  logProbabilities(x: Float32Array, n: number): Float32Array;
}

/** Whether a classifier gives probabilities. */
export function isProbabilistic(classifier: Classifier): classifier is ProbabilisticClassifier {
  return "predictProbabilities" in classifier;
}

/**
 * Checks what a classifier is asked about.
 *
 * @throws {RangeError} if `x` does not hold N examples of d numbers
 */
export function checkInputs(x: Float32Array, n: number, { features }: Classifier): void {
  if (x.length !== n * features) {
    throw new RangeError(
      `Cannot classify: expected ${n} examples of ${features} numbers each, got ${x.length} numbers`,
    );
  }
}
