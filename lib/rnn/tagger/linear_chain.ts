/**
 * The scores of a linear chain over n places and C tags:
 * s(y) = A[C, y₁] + Σ e[t, y_t] + Σ A[y_t, y_t+1] + A[y_n, C].
 */
export interface ChainScores {
  /** C. */
  readonly tags: number;
  /** e, how well each tag suits each place by itself; shape [n, C]. */
  readonly emissions: ArrayLike<number>;
  /**
   * A, how well a tag (row) is followed by another (column); row C: how well a sentence begins with
   * it, column C: how well it ends with it. Shape [C + 1, C + 1].
   */
  readonly transitions: ArrayLike<number>;
}

/** What P(y) = e^s(y) / Z says of a chain as a whole. */
export interface ChainMarginals {
  /** log Z = log Σ_y e^s(y), natural logarithm. */
  readonly logZ: number;
  /** P(y_t = i), shape [n, C]; each row sums to 1. */
  readonly places: Float64Array;
  /** How often each pair of A is expected to be used, shape [C + 1, C + 1]. */
  readonly pairs: Float64Array;
}

/** s(y) of one sequence of tags, shape [n]. */
export function chainScore(
  y: Int32Array,
  { tags: C, emissions, transitions }: ChainScores,
): number {
  let score = 0, before = C;
  y.forEach((tag, t) => {
    score += transitions[before * (C + 1) + tag] + emissions[t * C + tag];
    before = tag;
  });
  return score + transitions[before * (C + 1) + C];
}

/**
 * The forward–backward algorithm (Lafferty et al. 2001, section 3): sums over all Cⁿ sequences of tags
 * in O(n C²). Places and pairs are the derivatives of log Z by e and A. Scores of −∞ forbid a tag
 * or a pair of tags.
 */
export function chainMarginals({ tags: C, emissions, transitions }: ChainScores): ChainMarginals {
  const n = emissions.length / C, A = (i: number, j: number) => transitions[i * (C + 1) + j];
  const α = new Float64Array(n * C), β = new Float64Array(n * C), terms = new Float64Array(C);
  for (let t = 0; t < n; t++) { // α[t, j]: all beginnings that end in j at t
    for (let j = 0; j < C; j++) {
      for (let i = 0; i < C; i++) terms[i] = t === 0 ? 0 : α[(t - 1) * C + i] + A(i, j);
      α[t * C + j] = emissions[t * C + j] + (t === 0 ? A(C, j) : logSumExp(terms));
    }
  }
  for (let t = n - 1; t >= 0; t--) { // β[t, i]: all ends that follow i at t
    for (let i = 0; i < C; i++) {
      const next = (t + 1) * C;
      if (t < n - 1) {
        for (let j = 0; j < C; j++) terms[j] = A(i, j) + emissions[next + j] + β[next + j];
      }
      β[t * C + i] = t === n - 1 ? A(i, C) : logSumExp(terms);
    }
  }
  const logZ = logSumExp(terms.map((_, i) => α[(n - 1) * C + i] + A(i, C)));
  const places = α.map((a, i) => Math.exp(a + β[i] - logZ));
  const pairs = new Float64Array((C + 1) ** 2);
  for (let i = 0; i < C; i++) {
    pairs[C * (C + 1) + i] = places[i];
    pairs[i * (C + 1) + C] = places[(n - 1) * C + i];
    for (let t = 1; t < n; t++) {
      for (let j = 0; j < C; j++) {
        const after = emissions[t * C + j] + β[t * C + j];
        pairs[i * (C + 1) + j] += Math.exp(α[(t - 1) * C + i] + A(i, j) + after - logZ);
      }
    }
  }
  return { logZ, places, pairs };
}

/** The sequence of tags with the highest score (Viterbi), the lowest ids of equal ones; shape [n]. */
export function bestChain({ tags: C, emissions, transitions }: ChainScores): Int32Array {
  const n = emissions.length / C, A = (i: number, j: number) => transitions[i * (C + 1) + j];
  const from = new Int32Array(n * C);
  let best = Float64Array.from({ length: C }, (_, j) => A(C, j) + emissions[j]);
  for (let t = 1; t < n; t++) {
    const before = best;
    best = before.map((_, j) => {
      let i = 0;
      for (let k = 1; k < C; k++) if (before[k] + A(k, j) > before[i] + A(i, j)) i = k;
      from[t * C + j] = i;
      return before[i] + A(i, j) + emissions[t * C + j];
    });
  }
  const y = new Int32Array(n);
  const ends = best.map((score, i) => score + A(i, C));
  for (let t = n - 1, tag = ends.indexOf(Math.max(...ends)); t >= 0; tag = from[t * C + tag], t--) {
    y[t] = tag;
  }
  return y;
}

function logSumExp(values: Float64Array): number {
  let most = -Infinity, sum = 0;
  for (const value of values) most = Math.max(most, value);
  if (most === -Infinity) return most; // not −∞ − −∞
  for (const value of values) sum += Math.exp(value - most);
  return most + Math.log(sum);
}
