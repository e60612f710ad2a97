import type { Classifier } from "./classifier.ts";
import type { Examples } from "./examples.ts";

/**
 * The class decided for each example: argmax_c of the decision values; of equal ones the first.
 *
 * @param x examples end to end, shape [N, d]
 * @returns shape [N]
 * @throws {RangeError} if `x` holds no whole number of examples
 */
export function decide(classifier: Classifier, x: Float32Array): Int32Array {
  const { features, classes } = classifier;
  const values = classifier.decisionValues(x, x.length / features);
  return Int32Array.from({ length: values.length / classes }, (_, i) => {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (values[i * classes + c] > values[i * classes + best]) best = c;
    }
    return best;
  });
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
