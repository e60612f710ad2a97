/**
 * A score for every possible arc of a sentence, in one flat array: row = head (0 for ROOT), column =
 * dependent.
 */
export class ArcScores {
  /** Number of words, n. */
  readonly words: number;
  /** `values[head · (n + 1) + dependent]`, shape [n + 1, n + 1]; column 0 and the diagonal unused. */
  readonly values: Float64Array;

  /**
   * Holds the scores.
   *
   * @param values all 0 if left out
   * @throws {RangeError} if their number is not (n + 1)²
   */
  constructor(words: number, values: Float64Array = new Float64Array((words + 1) ** 2)) {
    if (values.length !== (words + 1) ** 2) {
      throw new RangeError(
        `Cannot score arcs: expected ${(words + 1) ** 2} scores for ${words} words,` +
          ` got ${values.length}`,
      );
    }
    this.words = words;
    this.values = values;
  }

  /** The score of an arc. */
  at(head: number, dependent: number): number {
    return this.values[head * (this.words + 1) + dependent];
  }

  /** Sets the score of an arc. */
  set(head: number, dependent: number, score: number): void {
    this.values[head * (this.words + 1) + dependent] = score;
  }

  /**
   * The score of a tree: the sum of its arcs' scores.
   *
   * @param heads `heads[i]` is the head of word i + 1
   */
  of(heads: ArrayLike<number>): number {
    let sum = 0;
    for (let word = 1; word <= this.words; word++) sum += this.at(heads[word - 1], word);
    return sum;
  }
}
