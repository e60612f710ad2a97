/** What must hold for every classifier. */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Classifier, decide, isProbabilistic } from "#lib/classify/mod.ts";

/**
 * Checks a classifier on examples: shapes, probabilities that sum to 1 and agree with the decision,
 * the same answers one by one as together, refusals.
 *
 * @param x examples end to end, shape [N, d]
 */
export function classifierContract(classifier: Classifier, x: Float32Array): void {
  const { features, classes } = classifier, n = x.length / features;
  const values = classifier.decisionValues(x, n), decided = decide(classifier, x);
  assertEquals([values.length, decided.length], [n * classes, n]);
  assert(values.every(Number.isFinite));
  for (let i = 0; i < n; i++) {
    const alone = classifier.decisionValues(x.slice(i * features, (i + 1) * features), 1);
    alone.forEach((v, c) => assertAlmostEquals(v, values[i * classes + c], 1e-4));
  }
  assertEquals(classifier.decisionValues(new Float32Array(), 0).length, 0);
  const wrong = x.subarray(1), message = `expected ${n} examples of ${features} numbers`;
  assertThrows(() => classifier.decisionValues(wrong, n), RangeError, message);
  if (!isProbabilistic(classifier)) return;
  const p = classifier.predictProbabilities(x, n), logP = classifier.logProbabilities(x, n);
  assertEquals([p.length, logP.length], [n * classes, n * classes]);
  logP.forEach((value, k) => assertAlmostEquals(Math.exp(value), p[k], 1e-6));
  for (let i = 0; i < n; i++) {
    const row = p.subarray(i * classes, (i + 1) * classes);
    assertAlmostEquals(row.reduce((sum, v) => sum + v), 1, 1e-4);
    assert(row.every((v) => v >= 0));
    assertAlmostEquals(row[decided[i]], Math.max(...row), 1e-6); // ties are no contradiction
  }
  assertThrows(() => classifier.predictProbabilities(wrong, n), RangeError, message);
  assertThrows(() => classifier.logProbabilities(wrong, n), RangeError, message);
}
