import type { Examples } from "#lib/classify/mod.ts";

/** A plane between two classes. */
export interface Separation {
  /** w = Σ α_i y_i x_i, shape [d]. */
  readonly w: Float64Array;
  /** b. */
  readonly b: number;
  /** The dual variables, 0 ≤ α_i ≤ C, shape [N]. */
  readonly alpha: Float64Array;
}

/** The problem: examples with labels 1 and −1, C, and the violation that ends the search. */
export interface Problem {
  examples: Examples;
  labels: Float64Array;
  cost: number;
  tolerance: number;
}

const MAX_STEPS = 1_000_000;

/**
 * Solves the dual of the soft-margin SVM, min ½ Σ_ij α_i α_j y_i y_j x_i·x_j − Σ α_i with
 * 0 ≤ α_i ≤ C and Σ α_i y_i = 0, two variables at a time (sequential minimal optimization; Platt
 * 1998), the pair chosen as Fan, Chen and Lin (2005, "WSS 2") do.
 *
 * @throws {Error} if a million steps do not do
 */
export function separate({ examples, labels: y, cost, tolerance }: Problem): Separation {
  const { x, features: d } = examples;
  const alpha = new Float64Array(y.length), w = new Float64Array(d), s = Float64Array.from(y);
  const up = (i: number) => y[i] > 0 ? alpha[i] < cost : alpha[i] > 0;
  const down = (i: number) => y[i] > 0 ? alpha[i] > 0 : alpha[i] < cost;
  for (let step = 0; step < MAX_STEPS; step++) {
    // s_i = y_i − w·x_i: at the optimum none that may go up is above one that may go down
    for (let k = 0; k < y.length; k++) s[k] = y[k] - product(w, x, k * d);
    const i = best(y.length, (k) => up(k) ? s[k] : -Infinity);
    const least = best(y.length, (k) => down(k) ? -s[k] : -Infinity);
    if (s[i] - s[least] <= tolerance) return { w, b: (s[i] + s[least]) / 2, alpha };
    // of the α_j that may go down, the one whose joint step with α_i gains most
    const curvature = (k: number) => Math.max(squaredDistance(x, i * d, k * d, d), 1e-12);
    const gain = (k: number) => (s[i] - s[k]) ** 2 / curvature(k);
    const j = best(y.length, (k) => down(k) && s[k] < s[i] ? gain(k) : -Infinity);
    const room = (k: number, sign: number) => sign > 0 ? cost - alpha[k] : alpha[k];
    const size = Math.min((s[i] - s[j]) / curvature(j), room(i, y[i]), room(j, -y[j]));
    alpha[i] = clipped(alpha[i] + y[i] * size, cost);
    alpha[j] = clipped(alpha[j] - y[j] * size, cost);
    for (let k = 0; k < d; k++) w[k] += size * (x[i * d + k] - x[j * d + k]);
  }
  throw new Error(
    `Cannot find the widest margin: ${MAX_STEPS} steps left violations above ${tolerance} ` +
      `(scale the features to similar sizes, or take a C smaller than ${cost})`,
  );
}

/** The number k below n with the greatest value. */
function best(n: number, value: (k: number) => number): number {
  let found = 0, greatest = -Infinity;
  for (let k = 0; k < n; k++) {
    const v = value(k);
    if (v > greatest) [found, greatest] = [k, v];
  }
  return found;
}

/** α put on the edges of [0, C] where rounding left it beside them. */
function clipped(alpha: number, cost: number): number {
  if (alpha < 1e-12 * Math.min(cost, 1000)) return 0; // C may be ∞
  return alpha > (1 - 1e-12) * cost ? cost : alpha;
}

/** w·x of the example that begins at `from`. */
function product(w: Float64Array, x: Float32Array, from: number): number {
  let sum = 0;
  for (let k = 0; k < w.length; k++) sum += w[k] * x[from + k];
  return sum;
}

/** ‖x_i − x_j‖² of the examples that begin at `a` and `b`. */
function squaredDistance(x: Float32Array, a: number, b: number, d: number): number {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += (x[a + k] - x[b + k]) ** 2;
  return sum;
}
