import { fillComplete, noProjectiveTree } from "../_span_chart.ts";
import type { SiblingScores } from "./sibling_scores.ts";

/**
 * The projective tree with one root whose arcs and adjacent siblings have the highest total score
 * (McDonald & Pereira 2006, figure 4), in O(n³).
 *
 * To the complete and incomplete spans of {@linkcode eisner} comes the sibling span, two neighbouring
 * dependents of a head outside it. With σ(h, r, t) the score of the siblings r and t under h:
 *
 *     S[s,t]  = max_{s≤r<t} C→[s,r] + C←[r+1,t]
 *     I→[s,t] = score(s → t) + max( C←[s+1,t] + σ(s, START, t),  max_{s<r<t} I→[s,r] + S[r,t] + σ(s, r, t) )
 *     I←[s,t] = score(t → s) + max( C→[s,t−1] + σ(t, START, s),  max_{s<r<t} S[s,r] + I←[r,t] + σ(t, r, s) )
 *
 * @param scores finite, or −Infinity for an arc or siblings that must not be
 * @returns the head of each word, word i + 1 at place i
 * @throws {RangeError} if those allowed make no projective tree with one root
 */
export function eisnerSiblings(scores: SiblingScores): number[] {
  const n = scores.words;
  if (n === 0) return [];
  const chart = new Chart(n);
  for (let width = 1; width < n; width++) {
    for (let s = 1; s + width <= n; s++) {
      fillSibling(chart, s, s + width);
      fillIncomplete(chart, s, s + width, scores);
      fillComplete(chart, s, s + width);
    }
  }
  let root = 1, best = -Infinity;
  for (let r = 1; r <= n; r++) {
    const score = chart.completeLeft[chart.at(1, r)] + chart.completeRight[chart.at(r, n)] +
      scores.arcs.at(0, r) + scores.at(0, 0, r);
    if (score > best) [root, best] = [r, score];
  }
  if (best === -Infinity) throw noProjectiveTree(n);
  const heads = new Array<number>(n).fill(0);
  readComplete(chart, { s: 1, t: root, isRight: false }, heads);
  readComplete(chart, { s: root, t: n, isRight: true }, heads);
  return heads;
}

/** The best score of each span and where it was split; an incomplete span's is its inner sibling. */
class Chart {
  readonly size: number;
  readonly sibling: Float64Array;
  readonly completeRight: Float64Array;
  readonly completeLeft: Float64Array;
  readonly incompleteRight: Float64Array;
  readonly incompleteLeft: Float64Array;
  readonly splitSibling: Int32Array;
  readonly innerRight: Int32Array;
  readonly innerLeft: Int32Array;
  readonly splitRight: Int32Array;
  readonly splitLeft: Int32Array;

  constructor(words: number) {
    this.size = words + 1;
    const cells = this.size ** 2;
    this.sibling = new Float64Array(cells);
    this.completeRight = new Float64Array(cells);
    this.completeLeft = new Float64Array(cells);
    this.incompleteRight = new Float64Array(cells);
    this.incompleteLeft = new Float64Array(cells);
    this.splitSibling = new Int32Array(cells);
    this.innerRight = new Int32Array(cells);
    this.innerLeft = new Int32Array(cells);
    this.splitRight = new Int32Array(cells);
    this.splitLeft = new Int32Array(cells);
  }

  at(s: number, t: number): number {
    return s * this.size + t;
  }
}

function fillSibling(chart: Chart, s: number, t: number): void {
  const { completeRight, completeLeft, size } = chart;
  let best = -Infinity, split = s;
  for (let r = s; r < t; r++) {
    const score = completeRight[s * size + r] + completeLeft[(r + 1) * size + t];
    if (score > best) {
      best = score;
      split = r;
    }
  }
  chart.sibling[s * size + t] = best;
  chart.splitSibling[s * size + t] = split;
}

function fillIncomplete(chart: Chart, s: number, t: number, scores: SiblingScores): void {
  const { sibling, incompleteRight, incompleteLeft, size } = chart;
  const pairs = scores.siblings, ofS = s * size * size + t, ofT = t * size * size + s;
  const cell = s * size + t;
  let right = chart.completeLeft[cell + size] + pairs[ofS + s * size], innerRight = s;
  let left = chart.completeRight[cell - 1] + pairs[ofT + t * size], innerLeft = t;
  for (let r = s + 1; r < t; r++) {
    const towardsT = incompleteRight[s * size + r] + sibling[r * size + t] + pairs[ofS + r * size];
    if (towardsT > right) {
      right = towardsT;
      innerRight = r;
    }
    const towardsS = sibling[s * size + r] + incompleteLeft[r * size + t] + pairs[ofT + r * size];
    if (towardsS > left) {
      left = towardsS;
      innerLeft = r;
    }
  }
  incompleteRight[cell] = right + scores.arcs.at(s, t);
  incompleteLeft[cell] = left + scores.arcs.at(t, s);
  chart.innerRight[cell] = innerRight;
  chart.innerLeft[cell] = innerLeft;
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
  const r = isRight ? chart.splitRight[cell] : chart.splitLeft[cell];
  readIncomplete(chart, isRight ? { s, t: r, isRight } : { s: r, t, isRight }, heads);
  readComplete(chart, isRight ? { s: r, t, isRight } : { s, t: r, isRight }, heads);
}

function readIncomplete(chart: Chart, { s, t, isRight }: Span, heads: number[]): void {
  const cell = chart.at(s, t);
  if (isRight) {
    heads[t - 1] = s;
    const r = chart.innerRight[cell];
    if (r === s) return readComplete(chart, { s: s + 1, t, isRight: false }, heads);
    readIncomplete(chart, { s, t: r, isRight }, heads);
    readSibling(chart, r, t, heads);
  } else {
    heads[s - 1] = t;
    const r = chart.innerLeft[cell];
    if (r === t) return readComplete(chart, { s, t: t - 1, isRight: true }, heads);
    readIncomplete(chart, { s: r, t, isRight }, heads);
    readSibling(chart, s, r, heads);
  }
}

function readSibling(chart: Chart, s: number, t: number, heads: number[]): void {
  const r = chart.splitSibling[chart.at(s, t)];
  readComplete(chart, { s, t: r, isRight: true }, heads);
  readComplete(chart, { s: r + 1, t, isRight: false }, heads);
}
