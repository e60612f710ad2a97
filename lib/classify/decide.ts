import type { Classifier } from "./classifier.ts";
import type { Examples } from "./examples.ts";
import { highest } from "./highest.ts";

/**
 * The class decided for each example: argmax_c of the decision values; of equal ones the first.
 *
 * @param x examples end to end, shape [N, d]
 * @returns shape [N]
 * @throws {RangeError} if `x` holds no whole number of examples
 */
export function decide(classifier: Classifier, x: Float32Array): Int32Array {
  const { features, classes } = classifier;
  return highest(classifier.decisionValues(x, x.length / features), classes);
}

/**
 * The share of examples that are classified wrongly, in [0, 1]. Accuracy is 1 less this.
 *
 * @throws {RangeError} if there is no example
 */
export function errorRate(classifier: Classifier, { x, y }: Examples): number {
  if (y.length === 0) throw new RangeError("Cannot measure an error rate: there is no example");
  const decided = decide(classifier, x);
  return y.reduce((wrong, label, i) => wrong + (decided[i] === label ? 0 : 1), 0) / y.length;
}
