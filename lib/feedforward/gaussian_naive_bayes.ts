import type { Examples, ProbabilisticClassifier } from "#lib/classify/mod.ts";
import { classCounts } from "./_class_counts.ts";
import { generative } from "./_generative.ts";

/** Naive Bayes with a normal distribution for each class and feature. */
export interface GaussianNaiveBayes extends ProbabilisticClassifier {
  /** μ, shape [C, d]. */
  readonly means: Float64Array;
  /** σ², shape [C, d]. */
  readonly variances: Float64Array;
  /** log P(c), natural, shape [C]. */
  readonly logPriors: Float64Array;
}

type Normals = Pick<GaussianNaiveBayes, "means" | "variances" | "logPriors">;

/** Settings of {@linkcode gaussianNaiveBayes}. */
export interface GaussianNaiveBayesOptions {
  /**
   * Added to every variance, as a share of the largest variance of a feature: no class may be sure
   * of a feature that happened never to vary.
   * @default {1e-9}
   */
  smoothing?: number;
}

/**
 * Counts means and variances: P(x | c) = Π_j N(x_j; μ_cj, σ²_cj), the features as if independent
 * within a class. Every parameter is set on its own, in one pass; boundaries are conic sections, and
 * lines where two classes have the same variances.
 *
 * @throws {RangeError} if a class has no example, or a variance is 0
 */
export function gaussianNaiveBayes(
  examples: Examples,
  { smoothing = 1e-9 }: GaussianNaiveBayesOptions = {},
): GaussianNaiveBayes {
  const { y, features: d, classes: C } = examples;
  const counts = classCounts(examples, "naive Bayes");
  const { means, variances } = moments(examples, counts);
  const all = moments({ ...examples, y: y.map(() => 0), classes: 1 }, Float64Array.of(y.length));
  const extra = smoothing * Math.max(...all.variances);
  if (!variances.every((v) => v + extra > 0)) {
    throw new RangeError("Cannot train naive Bayes: a feature never varies (add smoothing)");
  }
  const normals: Normals = {
    means,
    variances: variances.map((v) => v + extra),
    logPriors: counts.map((count) => Math.log(count / y.length)),
  };
  const logJoint = (x: Float32Array, n: number) => logJointOf(x, n, normals);
  return { ...generative({ features: d, classes: C, logJoint }), ...normals };
}

/** Mean and (maximum likelihood) variance of each feature in each class, shape [C, d]. */
function moments(examples: Examples, counts: Float64Array): Omit<Normals, "logPriors"> {
  const { x, y, features: d } = examples;
  const average = (f: (value: number, k: number) => number) => {
    const sums = new Float64Array(counts.length * d);
    x.forEach((value, i) => {
      const k = y[Math.floor(i / d)] * d + i % d;
      sums[k] += f(value, k);
    });
    return sums.map((sum, k) => sum / counts[Math.floor(k / d)]);
  };
  const means = average((value) => value);
  return { means, variances: average((value, k) => (value - means[k]) ** 2) };
}

/** log P(c) + Σ_j log N(x_j; μ_cj, σ²_cj), shape [N, C]. */
function logJointOf(x: Float32Array, n: number, normals: Normals): Float64Array {
  const { means, variances, logPriors } = normals;
  const C = logPriors.length, d = means.length / C;
  const out = new Float64Array(n * C);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < C; c++) {
      let sum = logPriors[c];
      for (let j = 0; j < d; j++) {
        const [mu, variance] = [means[c * d + j], variances[c * d + j]];
        sum -= 0.5 * (Math.log(2 * Math.PI * variance) + (x[i * d + j] - mu) ** 2 / variance);
      }
      out[i * C + c] = sum;
    }
  }
  return out;
}
