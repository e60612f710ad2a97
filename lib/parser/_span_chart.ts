import type { ArcScores } from "./arc_scores.ts";

/** The best score of each span and where it was split. */
export class SpanChart {
  readonly size: number;
  readonly completeRight: Float64Array;
  readonly completeLeft: Float64Array;
  readonly incompleteRight: Float64Array;
  readonly incompleteLeft: Float64Array;
  readonly splitIncomplete: Int32Array;
  readonly splitRight: Int32Array;
  readonly splitLeft: Int32Array;

  constructor(words: number) {
    this.size = words + 1;
    const cells = this.size ** 2;
    this.completeRight = new Float64Array(cells);
    this.completeLeft = new Float64Array(cells);
    this.incompleteRight = new Float64Array(cells);
    this.incompleteLeft = new Float64Array(cells);
    this.splitIncomplete = new Int32Array(cells);
    this.splitRight = new Int32Array(cells);
    this.splitLeft = new Int32Array(cells);
  }

  at(s: number, t: number): number {
    return s * this.size + t;
  }
}

/**
 * The tree of `eisner()`, on a chart for as many words that may have been used before.
 *
 * @throws {RangeError} if the arcs allowed make no projective tree with one root
 */
export function eisnerWith(scores: ArcScores, chart: SpanChart): number[] {
  const n = scores.words;
  if (n === 0) return [];
  for (let width = 1; width < n; width++) {
    for (let s = 1; s + width <= n; s++) {
      const t = s + width;
      fillIncomplete(chart, s, t, scores);
      fillComplete(chart, s, t);
    }
  }
  let root = 1, best = -Infinity;
  for (let r = 1; r <= n; r++) {
    const score = chart.completeLeft[chart.at(1, r)] + chart.completeRight[chart.at(r, n)] +
      scores.at(0, r);
    if (score > best) [root, best] = [r, score];
  }
  if (best === -Infinity) throw noProjectiveTree(n);
  const heads = new Array<number>(n).fill(0);
  readComplete(chart, { s: 1, t: root, isRight: false }, heads);
  readComplete(chart, { s: root, t: n, isRight: true }, heads);
  return heads;
}

export function noProjectiveTree(words: number): RangeError {
  return new RangeError(
    `Cannot find a projective tree over ${words} words: expected arcs that make one with a single root`,
  );
}

function fillIncomplete(chart: SpanChart, s: number, t: number, scores: ArcScores): void {
  const { size, completeRight, completeLeft } = chart;
  const cell = s * size + t, right = scores.values[cell], left = scores.values[t * size + s];
  const isPossible = right > -Infinity || left > -Infinity;
  let best = -Infinity, split = s;
  for (let r = s; isPossible && r < t; r++) {
    const score = completeRight[s * size + r] + completeLeft[(r + 1) * size + t];
    if (score > best) {
      best = score;
      split = r;
    }
  }
  chart.incompleteRight[cell] = best + right;
  chart.incompleteLeft[cell] = best + left;
  chart.splitIncomplete[cell] = split;
}

/** The cells that complete spans are made from and kept in. */
export type CompleteSpans = Pick<
  SpanChart,
  | ("size" | "completeRight" | "completeLeft" | "incompleteRight" | "incompleteLeft")
  | ("splitRight" | "splitLeft")
>;

/** The complete spans from s to t, from shorter ones. */
export function fillComplete(chart: CompleteSpans, s: number, t: number): void {
  const { size, completeRight, completeLeft, incompleteRight, incompleteLeft } = chart;
  let right = -Infinity, splitRight = t, left = -Infinity, splitLeft = s;
  for (let r = s; r < t; r++) {
    const after = r + 1;
    const ofRight = incompleteRight[s * size + after] + completeRight[after * size + t];
    if (ofRight > right) {
      right = ofRight;
      splitRight = after;
    }
    const ofLeft = completeLeft[s * size + r] + incompleteLeft[r * size + t];
    if (ofLeft > left) {
      left = ofLeft;
      splitLeft = r;
    }
  }
  const cell = s * size + t;
  completeRight[cell] = right;
  completeLeft[cell] = left;
  chart.splitRight[cell] = splitRight;
  chart.splitLeft[cell] = splitLeft;
}

interface Span {
  s: number;
  t: number;
  isRight: boolean;
}

/** Writes the heads of the words a complete span holds below its own head. */
function readComplete(chart: SpanChart, { s, t, isRight }: Span, heads: number[]): void {
  if (s === t) return;
  const cell = chart.at(s, t);
  if (isRight) {
    const r = chart.splitRight[cell];
    readIncomplete(chart, { s, t: r, isRight }, heads);
    readComplete(chart, { s: r, t, isRight }, heads);
  } else {
    const r = chart.splitLeft[cell];
    readIncomplete(chart, { s: r, t, isRight }, heads);
    readComplete(chart, { s, t: r, isRight }, heads);
  }
}

function readIncomplete(chart: SpanChart, { s, t, isRight }: Span, heads: number[]): void {
  if (isRight) heads[t - 1] = s;
  else heads[s - 1] = t;
  const r = chart.splitIncomplete[chart.at(s, t)];
  readComplete(chart, { s, t: r, isRight: true }, heads);
  readComplete(chart, { s: r + 1, t, isRight: false }, heads);
}
