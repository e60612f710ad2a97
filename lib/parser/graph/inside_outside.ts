import { ArcScores } from "../arc_scores.ts";
import type { TreeMarginals } from "../matrix_tree.ts";

/**
 * Sums over all projective trees with one root by the inside–outside algorithm (Baker 1979; for
 * dependency trees Paskin 2001), in O(n³): the recurrences of {@linkcode eisner} with log Σ exp in the
 * place of max. Each tree is built in one way, so that the sum counts it once.
 *
 * The outside pass is the derivative of log Z: what reaches a span is handed on to its parts by their
 * shares of its sum, and what reaches the arcs is P(arc) = ∂ log Z / ∂ score.
 *
 * @param scores finite, or −Infinity for an arc that must not be
 * @throws {RangeError} if the arcs allowed make no projective tree with one root
 */
export function insideOutside(scores: ArcScores): TreeMarginals {
  const n = scores.words, marginals = new ArcScores(n);
  if (n === 0) return { logPartition: 0, marginals };
  const chart = inside(scores);
  const size = n + 1;
  const root = (r: number) =>
    chart.completeLeft[size + r] + chart.completeRight[r * size + n] + scores.at(0, r);
  let logPartition = -Infinity;
  for (let r = 1; r <= n; r++) logPartition = logAddExp(logPartition, root(r));
  if (logPartition === -Infinity) {
    throw new RangeError(
      `Cannot sum over the projective trees of ${n} words: expected arcs that make one with a single root`,
    );
  }
  const outside = new Chart(n);
  for (let r = 1; r <= n; r++) {
    const share = Math.exp(root(r) - logPartition);
    marginals.set(0, r, share);
    outside.completeLeft[size + r] += share;
    outside.completeRight[r * size + n] += share;
  }
  for (let width = n - 1; width >= 1; width--) {
    for (let s = 1; s + width <= n; s++) {
      shareComplete(chart, outside, s, s + width);
      shareIncomplete(chart, outside, s, s + width);
      marginals.set(s, s + width, outside.incompleteRight[s * size + s + width]);
      marginals.set(s + width, s, outside.incompleteLeft[s * size + s + width]);
    }
  }
  return { logPartition, marginals };
}

/** log(eᵃ + eᵇ). */
function logAddExp(a: number, b: number): number {
  if (a < b) [a, b] = [b, a];
  return b === -Infinity ? a : a + Math.log1p(Math.exp(b - a));
}

/** A number for each span: its log sum (inside), or its share of log Z (outside). */
class Chart {
  readonly size: number;
  readonly completeRight: Float64Array;
  readonly completeLeft: Float64Array;
  readonly incompleteRight: Float64Array;
  readonly incompleteLeft: Float64Array;
  /** Σ over the splits that both incomplete spans share, without the arc. */
  readonly between: Float64Array;

  constructor(words: number) {
    this.size = words + 1;
    const cells = this.size ** 2;
    this.completeRight = new Float64Array(cells);
    this.completeLeft = new Float64Array(cells);
    this.incompleteRight = new Float64Array(cells);
    this.incompleteLeft = new Float64Array(cells);
    this.between = new Float64Array(cells);
  }
}

function inside(scores: ArcScores): Chart {
  const n = scores.words, chart = new Chart(n);
  const { size, completeRight, completeLeft, incompleteRight, incompleteLeft, between } = chart;
  for (let width = 1; width < n; width++) {
    for (let s = 1; s + width <= n; s++) {
      const t = s + width, cell = s * size + t;
      let sum = -Infinity;
      for (let r = s; r < t; r++) {
        sum = logAddExp(sum, completeRight[s * size + r] + completeLeft[(r + 1) * size + t]);
      }
      between[cell] = sum;
      incompleteRight[cell] = sum + scores.at(s, t);
      incompleteLeft[cell] = sum + scores.at(t, s);
      let right = -Infinity, left = -Infinity;
      for (let r = s; r < t; r++) {
        const after = r + 1;
        right = logAddExp(
          right,
          incompleteRight[s * size + after] + completeRight[after * size + t],
        );
        left = logAddExp(left, completeLeft[s * size + r] + incompleteLeft[r * size + t]);
      }
      completeRight[cell] = right;
      completeLeft[cell] = left;
    }
  }
  return chart;
}

function shareComplete(chart: Chart, outside: Chart, s: number, t: number): void {
  const { size, completeRight, completeLeft, incompleteRight, incompleteLeft } = chart;
  const cell = s * size + t;
  for (let r = s + 1; r <= t; r++) {
    const arc = s * size + r, rest = r * size + t;
    const share = shareOf(
      outside.completeRight[cell],
      incompleteRight[arc] + completeRight[rest] - completeRight[cell],
    );
    outside.incompleteRight[arc] += share;
    outside.completeRight[rest] += share;
  }
  for (let r = s; r < t; r++) {
    const rest = s * size + r, arc = r * size + t;
    const share = shareOf(
      outside.completeLeft[cell],
      completeLeft[rest] + incompleteLeft[arc] - completeLeft[cell],
    );
    outside.completeLeft[rest] += share;
    outside.incompleteLeft[arc] += share;
  }
}

function shareIncomplete(chart: Chart, outside: Chart, s: number, t: number): void {
  const { size, completeRight, completeLeft, between } = chart, cell = s * size + t;
  const both = outside.incompleteRight[cell] + outside.incompleteLeft[cell];
  for (let r = s; r < t; r++) {
    const left = s * size + r, right = (r + 1) * size + t;
    const share = shareOf(both, completeRight[left] + completeLeft[right] - between[cell]);
    outside.completeRight[left] += share;
    outside.completeLeft[right] += share;
  }
}

/** A share of what reached a span; 0 where nothing did, even if the span has no tree at all. */
function shareOf(reached: number, logShare: number): number {
  return reached === 0 ? 0 : reached * Math.exp(logShare);
}
