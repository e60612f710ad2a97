import { checkInputs, type Classifier, type Examples } from "#lib/classify/mod.ts";
import { classCounts } from "./_class_counts.ts";
import { type LinearScores, linearScores } from "./_linear_scores.ts";
import { separate, type Separation } from "./_sequential_minimal_optimization.ts";

/** A linear support vector machine: distances to planes, no probabilities. */
export interface LinearSvm extends Classifier {
  /** w of each class, shape [d, C]; of two classes, class 0 has 0. */
  readonly weights: Float64Array;
  /** b of each class, shape [C]. */
  readonly bias: Float64Array;
  /** Numbers of the training examples that hold the boundary: on the margin, within or beyond it. */
  readonly supportVectors: readonly number[];
}

/** Settings of {@linkcode linearSvm}. */
export interface LinearSvmOptions {
  /** C, the price of a margin violation against the width of the margin. @default {1} */
  cost?: number;
  /** The largest violation of the optimality conditions that is left. @default {1e-4} */
  tolerance?: number;
}

/**
 * The plane with the widest margin (Cortes and Vapnik 1995):
 *
 * min ½‖w‖² + C Σ_i max(0, 1 − y_i f(x_i))  with  f(x) = w·x + b,
 *
 * y_i being 1 for class 1 and −1 for class 0; b costs nothing. Two classes have the decision values
 * 0 and f(x): the margins are where f is −1 and 1. Of more classes each is separated from all others
 * (one-vs-rest), and its decision value is its own f(x).
 *
 * @throws {RangeError} if a class has no example, or C is not above 0
 * @throws {Error} if the optimum is not found (features of very different sizes, a large C)
 */
export function linearSvm(examples: Examples, options: LinearSvmOptions = {}): LinearSvm {
  const { cost = 1, tolerance = 1e-4 } = options;
  const { y, features, classes } = examples;
  if (!(cost > 0)) throw new RangeError(`Cannot train an SVM: expected C above 0, got ${cost}`);
  classCounts(examples, "an SVM");
  const against = (c: number) => {
    const labels = Float64Array.from(y, (label) => label === c ? 1 : -1);
    return separate({ examples, labels, cost, tolerance });
  };
  const found = Array.from(
    { length: classes },
    (_, c) => classes > 2 || c === 1 ? against(c) : NONE,
  );
  const scores: LinearScores = {
    weights: Float64Array.from(
      { length: features * classes },
      (_, k) => found[k % classes].w[Math.floor(k / classes)] ?? 0,
    ),
    bias: Float64Array.from(found, ({ b }) => b),
  };
  const svm: LinearSvm = {
    features,
    classes,
    ...scores,
    supportVectors: Array.from(y.keys()).filter((i) => found.some(({ alpha }) => alpha[i] > 0)),
    decisionValues(x, n) {
      checkInputs(x, n, svm);
      return Float32Array.from(linearScores(x, n, scores));
    },
  };
  return svm;
}

/** Class 0 of two: its decision value is 0. */
const NONE: Separation = { w: new Float64Array(), b: 0, alpha: new Float64Array() };
