import type { Examples } from "#lib/classify/mod.ts";
import { logistic, type Loss } from "#lib/nn/mod.ts";

/** Features from which on there are too many masks. */
const MAX_FEATURES = 16;

function checkBinary({ classes, features }: Examples, { rate, weights }: DropoutQuestion): void {
  if (classes !== 2 || weights.length !== features) {
    throw new RangeError(
      `Cannot compute dropout's effect: expected 2 classes and ${features} weights, got ` +
        `${classes} and ${weights.length}`,
    );
  }
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`Cannot drop features: expected a rate in [0, 1), got ${rate}`);
  }
}

/** Weights of a logistic regression without bias, P(1 | x) = σ(x·w), and a rate of dropout. */
export interface DropoutQuestion {
  /** w, shape [d]. */
  weights: Float64Array;
  /** The probability that a feature is dropped, 0 ≤ rate < 1; others are divided by 1 − rate. */
  rate: number;
}

/**
 * What training with dropout minimises: the mean loss of logistic regression over the examples and
 * over all 2ᵈ masks, each as likely as it is drawn. With rate 0 it is the loss without dropout.
 *
 * @returns J in nats and ∂J/∂w
 * @throws {RangeError} if there are more than two classes or 16 features
 */
export function expectedDropoutLoss(examples: Examples, question: DropoutQuestion): Loss {
  checkBinary(examples, question);
  const { x, y, features: d } = examples, { weights, rate } = question;
  if (d > MAX_FEATURES) {
    throw new RangeError(`Cannot try all 2^${d} masks: expected ${MAX_FEATURES} features or less`);
  }
  const n = y.length, gradient = new Float64Array(d);
  let loss = 0;
  for (let mask = 0; mask < 2 ** d; mask++) {
    const kept = Array.from(weights.keys()).filter((j) => mask >> j & 1);
    const probability = (1 - rate) ** kept.length * rate ** (d - kept.length);
    if (probability === 0) continue;
    for (let i = 0; i < n; i++) {
      let z = 0;
      for (const j of kept) z += weights[j] * x[i * d + j] / (1 - rate);
      const share = probability / n;
      loss += share * (softplus(z) - y[i] * z); // −log P(y | x), y being 0 or 1
      for (const j of kept) {
        gradient[j] += share * (logistic.value(z) - y[i]) * x[i * d + j] / (1 - rate);
      }
    }
  }
  return { loss, gradient };
}

/**
 * What dropout adds to the loss, to second order: an L2 term whose strength for w_j adapts to how
 * large feature j is where the model is unsure (Wager, Wang and Liang 2013, eq. 12),
 *
 * R(w) = ½ · rate / (1 − rate) · (1/N) Σ_i p_i (1 − p_i) Σ_j x_ij² w_j²  with  p_i = σ(x_i·w).
 *
 * @returns R in nats and ∂R/∂w
 * @throws {RangeError} if there are more than two classes
 */
export function adaptiveL2Penalty(examples: Examples, question: DropoutQuestion): Loss {
  checkBinary(examples, question);
  const { x, y, features: d } = examples, { weights, rate } = question;
  const n = y.length, gradient = new Float64Array(d), half = 0.5 * rate / (1 - rate) / n;
  let loss = 0;
  for (let i = 0; i < n; i++) {
    let z = 0, squares = 0;
    for (let j = 0; j < d; j++) {
      const product = weights[j] * x[i * d + j];
      z += product;
      squares += product ** 2;
    }
    const p = logistic.value(z), variance = p * (1 - p);
    loss += half * variance * squares;
    for (let j = 0; j < d; j++) {
      const x_ij = x[i * d + j];
      // ∂p(1 − p)/∂w_j = p (1 − p) (1 − 2p) x_ij
      gradient[j] += half * variance * x_ij * ((1 - 2 * p) * squares + 2 * weights[j] * x_ij);
    }
  }
  return { loss, gradient };
}

/** log(1 + e^z). */
function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}
