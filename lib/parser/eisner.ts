import type { ArcScores } from "./arc_scores.ts";

/**
 * The projective tree with one root whose arcs have the highest total score (Eisner 1996), in O(n³).
 *
 * Over words s to t, a complete span is a word with all its dependents on one side, an incomplete
 * span is an arc with all that lies between; → has its head at s, ← at t:
 *
 *     I→[s,t] = max_{s≤r<t} C→[s,r] + C←[r+1,t] + score(s → t)      I← likewise with score(t → s)
 *     C→[s,t] = max_{s<r≤t} I→[s,r] + C→[r,t]                       C←[s,t] = max_{s≤r<t} C←[s,r] + I←[r,t]
 *
 * and the tree is the root r with the highest C←[1,r] + C→[r,n] + score(0 → r).
 *
 * @returns the head of each word, word i + 1 at place i
 */
export function eisner(scores: ArcScores): number[] {
  const n = scores.words;
  if (n === 0) return [];
  const chart = new Chart(n);
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
  const heads = new Array<number>(n).fill(0);
  readComplete(chart, { s: 1, t: root, isRight: false }, heads);
  readComplete(chart, { s: root, t: n, isRight: true }, heads);
  return heads;
}

/** The best score of each span and where it was split. */
class Chart {
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

function fillIncomplete(chart: Chart, s: number, t: number, scores: ArcScores): void {
  const { size, completeRight, completeLeft } = chart;
  let best = -Infinity, split = s;
  for (let r = s; r < t; r++) {
    const score = completeRight[s * size + r] + completeLeft[(r + 1) * size + t];
    if (score > best) {
      best = score;
      split = r;
    }
  }
  const cell = s * size + t;
  chart.incompleteRight[cell] = best + scores.values[cell];
  chart.incompleteLeft[cell] = best + scores.values[t * size + s];
  chart.splitIncomplete[cell] = split;
}

function fillComplete(chart: Chart, s: number, t: number): void {
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
function readComplete(chart: Chart, { s, t, isRight }: Span, heads: number[]): void {
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

function readIncomplete(chart: Chart, { s, t, isRight }: Span, heads: number[]): void {
  if (isRight) heads[t - 1] = s;
  else heads[s - 1] = t;
  const r = chart.splitIncomplete[chart.at(s, t)];
  readComplete(chart, { s, t: r, isRight: true }, heads);
  readComplete(chart, { s: r + 1, t, isRight: false }, heads);
}
