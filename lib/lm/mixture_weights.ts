/** A word of the held-out text: P(word) under each component of the mixture. */
export type Components = Float64Array;

/** What {@linkcode fitWeights} finds. */
export interface FittedWeights {
  /** The weights λ, by number of components: `weights[k]` has k of them, summing to 1. */
  weights: Float64Array[];
  /** Log-likelihood before each step, in nats. */
  logLikelihoods: number[];
}

/** When {@linkcode fitWeights} stops. */
export interface FitWeightsOptions {
  /** A step that improves the log-likelihood by less than this share of it is the last. */
  tolerance: number;
  /** The most steps. */
  maxSteps: number;
}

/**
 * Expectation–maximization for mixture weights (Dempster, Laird and Rubin 1977; Jelinek and Mercer
 * 1980), a set of weights for each number of components:
 *
 *     E: r_n(t) = λ_n p_n(t) / Σ_j λ_j p_j(t)      M: λ_n = mean of r_n(t) over t
 *
 * @param text for each word, its probability under each component; the first component must not be 0
 */
export function fitWeights(
  text: readonly Components[],
  options: FitWeightsOptions,
): FittedWeights {
  const most = text.reduce((most, { length }) => Math.max(most, length), 0);
  const weights = Array.from({ length: most + 1 }, (_, k) => new Float64Array(k).fill(1 / k));
  const logLikelihoods: number[] = [];
  for (let step = 0; step < options.maxSteps; step++) {
    logLikelihoods.push(improve(weights, text));
    const [before, now] = logLikelihoods.slice(-2);
    if (step > 0 && now - before < options.tolerance * Math.abs(before)) break;
  }
  return { weights, logLikelihoods };
}

/** One step on the weights in place; returns the log-likelihood before it. */
function improve(weights: Float64Array[], text: readonly Components[]): number {
  const shares = weights.map(({ length }) => new Float64Array(length)); // Σ_t r_n(t)
  let logLikelihood = 0;
  for (const p of text) {
    const lambda = weights[p.length], share = shares[p.length];
    const mixed = mixture(lambda, p);
    logLikelihood += Math.log(mixed);
    for (let n = 0; n < p.length; n++) share[n] += lambda[n] * p[n] / mixed;
  }
  shares.forEach((share, k) => {
    const words = share.reduce((sum, r) => sum + r, 0);
    if (words > 0) weights[k].set(share.map((r) => r / words));
  });
  return logLikelihood;
}

/** Σ λ_n p_n. */
export function mixture(weights: Float64Array, components: Components): number {
  let sum = 0;
  for (let n = 0; n < components.length; n++) sum += weights[n] * components[n];
  return sum;
}
