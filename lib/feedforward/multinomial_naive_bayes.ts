import type { Examples, ProbabilisticClassifier } from "#lib/classify/mod.ts";
import { classCounts } from "./_class_counts.ts";
import { generative } from "./_generative.ts";
import { type LinearScores, linearScores } from "./_linear_scores.ts";

/** Naive Bayes for counts: log P(c, x) is linear in x. */
export interface MultinomialNaiveBayes extends ProbabilisticClassifier {
  /** log P(j | c), natural logarithms, shape [d, C]. */
  readonly weights: Float64Array;
  /** log P(c), natural logarithms, shape [C]. */
  readonly bias: Float64Array;
}

/** Settings of {@linkcode multinomialNaiveBayes}. */
export interface MultinomialNaiveBayesOptions {
  /** δ, added to the count of every feature in every class. @default {1} */
  smoothing?: number;
}

/**
 * Counts how often each feature (word) occurs in each class: P(x | c) ∝ Π_j P(j | c)^x_j with
 * P(j | c) = (count(j, c) + δ) / (Σ_k count(k, c) + δ d). Every weight log P(j | c) is set on its own.
 *
 * @param examples features are counts, 0 or more
 * @throws {RangeError} if a feature is negative, a class has no example, or a probability is 0
 */
export function multinomialNaiveBayes(
  examples: Examples,
  { smoothing = 1 }: MultinomialNaiveBayesOptions = {},
): MultinomialNaiveBayes {
  const { x, y, features: d, classes: C } = examples;
  const counts = classCounts(examples, "naive Bayes");
  const occurrences = new Float64Array(d * C).fill(smoothing), totals = new Float64Array(C);
  x.forEach((count, i) => {
    if (!(count >= 0)) {
      throw new RangeError(`Cannot train naive Bayes: expected counts of 0 or more, got ${count}`);
    }
    occurrences[(i % d) * C + y[Math.floor(i / d)]] += count;
  });
  occurrences.forEach((count, k) => totals[k % C] += count);
  if (!occurrences.every((count) => count > 0)) {
    throw new RangeError(
      "Cannot train naive Bayes: a feature never occurs with a class (expected smoothing above 0)",
    );
  }
  const scores: LinearScores = {
    weights: occurrences.map((count, k) => Math.log(count / totals[k % C])),
    bias: counts.map((count) => Math.log(count / y.length)),
  };
  const logJoint = (x: Float32Array, n: number) => linearScores(x, n, scores);
  return { ...generative({ features: d, classes: C, logJoint }), ...scores };
}
