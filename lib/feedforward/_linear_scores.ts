/** Scores that are linear in the example. */
export interface LinearScores {
  /** W, shape [d, C]. */
  readonly weights: Float64Array;
  /** b, shape [C]. */
  readonly bias: Float64Array;
}

/** x W + b in float64, shape [N, C]. */
export function linearScores(x: Float32Array, n: number, scores: LinearScores): Float64Array {
  const { weights, bias } = scores;
  const C = bias.length, d = weights.length / C;
  const out = new Float64Array(n * C);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < C; c++) {
      let sum = bias[c];
      for (let j = 0; j < d; j++) sum += x[i * d + j] * weights[j * C + c];
      out[i * C + c] = sum;
    }
  }
  return out;
}
