import { checkInputs, type ProbabilisticClassifier } from "#lib/classify/mod.ts";
import { logSoftmax } from "#lib/nn/mod.ts";

/** What a generative model needs to classify by Bayes' rule. */
export interface GenerativeOptions {
  /** d. */
  features: number;
  /** C. */
  classes: number;
  /** log P(c) + log P(x | c) of N examples, natural logarithms, shape [N, C]. */
  logJoint(x: Float32Array, n: number): Float64Array;
}

/** A classifier by Bayes' rule: P(c | x) = P(c) P(x | c) / Σ_k P(k) P(x | k). */
export function generative(options: GenerativeOptions): ProbabilisticClassifier {
  const { features, classes, logJoint } = options;
  const logPosterior = (x: Float32Array, n: number) => {
    checkInputs(x, n, classifier);
    const joint = logJoint(x, n);
    return Array.from(
      { length: n },
      (_, i) => logSoftmax(joint.subarray(i * classes, (i + 1) * classes)),
    );
  };
  const classifier: ProbabilisticClassifier = {
    features,
    classes,
    decisionValues(x, n) {
      checkInputs(x, n, classifier);
      return Float32Array.from(logJoint(x, n));
    },
    predictProbabilities(x, n) {
      const out = new Float32Array(n * classes);
      logPosterior(x, n).forEach((logP, i) => out.set(logP.map(Math.exp), i * classes));
      return out;
    },
    logProbabilities(x, n) {
      const out = new Float32Array(n * classes);
      logPosterior(x, n).forEach((logP, i) => out.set(logP, i * classes));
      return out;
    },
  };
  return classifier;
}
