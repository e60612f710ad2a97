import type { ArcScores } from "../arc_scores.ts";

/**
 * Scores of arcs and of pairs of adjacent siblings: two dependents of one head on the same side of it
 * with no dependent between them (McDonald & Pereira 2006). The first dependent of a side pairs with
 * START, written as the head itself.
 */
export class SiblingScores {
  /** The arcs' scores. */
  readonly arcs: ArcScores;
  /**
   * `siblings[(head · (n + 1) + inner) · (n + 1) + dependent]`, shape [n + 1, n + 1, n + 1]: the inner
   * sibling is the one nearer to the head, or the head for START. Other places are unused.
   */
  readonly siblings: Float64Array;

  /**
   * Holds the scores.
   *
   * @param siblings all 0 if left out
   * @throws {RangeError} if their number is not (n + 1)³
   */
  constructor(
    arcs: ArcScores,
    siblings: Float64Array = new Float64Array((arcs.words + 1) ** 3),
  ) {
    if (siblings.length !== (arcs.words + 1) ** 3) {
      throw new RangeError(
        `Cannot score siblings: expected ${(arcs.words + 1) ** 3} scores for ${arcs.words} words,` +
          ` got ${siblings.length}`,
      );
    }
    this.arcs = arcs;
    this.siblings = siblings;
  }

  /** Number of words, n. */
  get words(): number {
    return this.arcs.words;
  }

  /** The score of a pair of siblings; the inner one is the head itself for START. */
  at(head: number, inner: number, dependent: number): number {
    const size = this.arcs.words + 1;
    return this.siblings[(head * size + inner) * size + dependent];
  }

  /** Sets the score of a pair of siblings. */
  set(head: number, inner: number, dependent: number, score: number): void {
    const size = this.arcs.words + 1;
    this.siblings[(head * size + inner) * size + dependent] = score;
  }

  /**
   * The score of a tree: the sum of the scores of its arcs and adjacent siblings.
   *
   * @param heads `heads[i]` is the head of word i + 1
   */
  of(heads: ArrayLike<number>): number {
    const inner = innerSiblings(heads);
    let sum = this.arcs.of(heads);
    for (let word = 1; word <= this.words; word++) {
      sum += this.at(heads[word - 1], inner[word - 1], word);
    }
    return sum;
  }
}

/**
 * For each word of a tree the sibling next to it towards its head, or the head if there is none;
 * word i + 1 at place i.
 *
 * @param heads `heads[i]` is the head of word i + 1
 */
export function innerSiblings(heads: ArrayLike<number>): Int32Array {
  const n = heads.length, inner = new Int32Array(n);
  const last = Int32Array.from({ length: n + 1 }, (_, head) => head);
  for (let word = 1; word <= n; word++) {
    const head = heads[word - 1];
    if (head < word) [inner[word - 1], last[head]] = [last[head], word];
  }
  for (let head = 0; head <= n; head++) last[head] = head;
  for (let word = n; word >= 1; word--) {
    const head = heads[word - 1];
    if (head > word) [inner[word - 1], last[head]] = [last[head], word];
  }
  return inner;
}
