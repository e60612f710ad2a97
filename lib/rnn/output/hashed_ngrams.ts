/** How the direct weights of n-grams are hashed. */
export interface HashedNgramOptions {
  /** The longest n-grams: 4 looks at up to three words before the one predicted. */
  order: number;
  /** S, the number of weights; half of them for classes, half for words. */
  size: number;
  /** Consecutive weights a class feature and a word feature use at most. */
  widths: readonly [classes: number, words: number];
}

/**
 * Where the direct weights of n-gram features lie in one table without any handling of collisions
 * (Mikolov et al. 2011, "RNNME"): a feature is the last a words, a = 0 … order − 1, for the
 * classes, and the same with the class for the words of the class.
 */
export class HashedNgrams {
  /** The longest n-grams. */
  readonly order: number;
  /** Words of history a feature may look at. */
  readonly history: number;
  readonly #half: number;
  readonly #ranges: readonly [number, number];

  /**
   * Sets the sizes.
   *
   * @throws {RangeError} if the order is no whole number of 1 or more, or the table too small for a
   * feature
   */
  constructor({ order, size, widths }: HashedNgramOptions) {
    this.#half = Math.floor(size / 2);
    this.#ranges = [this.#half - widths[0] + 1, this.#half - widths[1] + 1];
    if (!Number.isInteger(order) || order < 1 || !this.#ranges.every((range) => range >= 1)) {
      throw new RangeError(
        `Cannot hash n-grams: expected a whole order of 1 or more and more than ` +
          `${2 * Math.max(...widths)} weights, got ${order} and ${size}`,
      );
    }
    this.order = order;
    this.history = order - 1;
  }

  /**
   * The places of the features of each row, int32 [N, order]; −1 where the history ends before.
   *
   * @param history shape [N, order − 1], the last word first, −1 before the sentence's start
   * @param classes the class of each row, for features of words; absent for those of classes
   */
  places(history: Int32Array, rows: number, classes?: ArrayLike<number>): Int32Array {
    const out = new Int32Array(rows * this.order).fill(-1);
    const base = classes ? this.#half : 0, range = this.#ranges[classes ? 1 : 0];
    for (let row = 0; row < rows; row++) {
      let hash = Math.imul((classes ? classes[row] : -1) + 2, 0x9e3779b1);
      for (let a = 0; a < this.order; a++) {
        out[row * this.order + a] = base + finalised(hash + a) % range;
        const word = a < this.history ? history[row * this.history + a] : -1;
        if (word < 0) break;
        hash = Math.imul(hash ^ (hash >>> 15) ^ (word + 1), 0x2c1b3c6d);
      }
    }
    return out;
  }
}

/** The finalizer of MurmurHash3: 32 bits that all depend on all. */
function finalised(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
