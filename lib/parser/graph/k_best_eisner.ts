import type { ArcScores } from "../arc_scores.ts";

/** A tree and its score. */
export interface ScoredTree {
  /** The head of each word, word i + 1 at place i. */
  heads: number[];
  /** The sum of its arcs' scores. */
  score: number;
}

/** A way to build a span, by the spans it is made of. */
interface Derivation {
  score: number;
  head?: number;
  dependent?: number;
  left?: Derivation;
  right?: Derivation;
}

/**
 * The k projective trees with one root whose arcs have the highest total scores, the best first: the
 * recurrences of {@linkcode eisner} with lists of k in the place of the maximum, in O(n³ k log k)
 * (Huang & Chiang 2005, algorithm 1). Where there are fewer trees, all of them.
 *
 * @throws {RangeError} if k is not a whole number of 1 or more
 */
export function kBestEisner(scores: ArcScores, k: number): ScoredTree[] {
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(`Cannot find the k best trees: expected k of 1 or more, got ${k}`);
  }
  const n = scores.words;
  if (n === 0) return [{ heads: [], score: 0 }];
  const [completeRight, completeLeft, incompleteRight, incompleteLeft] = [0, 1, 2, 3].map(() =>
    Array.from({ length: n + 1 }, () => Array.from({ length: n + 1 }, (): Derivation[] => []))
  );
  for (let word = 1; word <= n; word++) {
    completeRight[word][word] = completeLeft[word][word] = [{ score: 0 }];
  }
  for (let width = 1; width < n; width++) {
    for (let s = 1; s + width <= n; s++) {
      const t = s + width;
      const between = best(s, t - 1, k, (r) => [completeRight[s][r], completeLeft[r + 1][t]]);
      incompleteRight[s][t] = withArc(between, s, t, scores);
      incompleteLeft[s][t] = withArc(between, t, s, scores);
      completeRight[s][t] = best(s + 1, t, k, (r) => [incompleteRight[s][r], completeRight[r][t]]);
      completeLeft[s][t] = best(s, t - 1, k, (r) => [completeLeft[s][r], incompleteLeft[r][t]]);
    }
  }
  const whole = best(
    1,
    n,
    k,
    (root) => [withArc(completeLeft[1][root], 0, root, scores), completeRight[root][n]],
  );
  return whole.map((derivation) => ({
    heads: readHeads(derivation, new Array<number>(n).fill(0)),
    score: derivation.score,
  }));
}

/** The best ways to make a span of two, split at any place from first to last. */
function best(
  first: number,
  last: number,
  k: number,
  parts: (split: number) => [Derivation[], Derivation[]],
): Derivation[] {
  const found: Derivation[] = [];
  for (let split = first; split <= last; split++) {
    const [lefts, rights] = parts(split);
    for (const [i, left] of lefts.entries()) {
      // what has k better combinations of this very split cannot be among the k best
      for (let j = 0; j < rights.length && (i + 1) * (j + 1) <= k; j++) {
        found.push({ score: left.score + rights[j].score, left, right: rights[j] });
      }
    }
  }
  return found.sort((a, b) => b.score - a.score).slice(0, k);
}

function withArc(
  spans: readonly Derivation[],
  head: number,
  dependent: number,
  scores: ArcScores,
): Derivation[] {
  return spans.map(({ score, left, right }) => ({
    ...{ score: score + scores.at(head, dependent), head, dependent, left, right },
  }));
}

function readHeads({ head, dependent, left, right }: Derivation, heads: number[]): number[] {
  if (dependent !== undefined) heads[dependent - 1] = head!;
  if (left) readHeads(left, heads);
  if (right) readHeads(right, heads);
  return heads;
}
