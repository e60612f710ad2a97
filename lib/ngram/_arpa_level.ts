/** The n-grams of one order, sorted by their words; `parent` and node numbers count from 0 in it. */
export interface ArpaLevel {
  /** The last word of each n-gram, shape [n-grams]. */
  lastWord: Int32Array;
  /** Where the children of each n-gram of the order below begin, shape [n-grams below + 1]. */
  firstOf: Uint32Array;
  /** log P(last word | words before it), natural logarithm. */
  logProbability: Float64Array;
  /** log of the back-off weight, natural logarithm; 0 where the file has none. */
  logBackoff: Float64Array;
}

/**
 * Collects the n-grams of one order as they come and sorts them. The arrays grow with what is read,
 * not with what a file announces.
 */
export class ArpaLevelBuilder {
  /** Number of n-grams so far. */
  length = 0;
  #parent = new Uint32Array(1024);
  #lastWord = new Int32Array(1024);
  #logProbability = new Float64Array(1024);
  #logBackoff = new Float64Array(1024);
  #isSorted = true;

  /** Takes one more n-gram. */
  add(parent: number, lastWord: number, logProbability: number, logBackoff: number): void {
    const i = this.length++;
    if (i === this.#parent.length) this.#grow();
    this.#isSorted &&= i === 0 || parent > this.#parent[i - 1] ||
      (parent === this.#parent[i - 1] && lastWord > this.#lastWord[i - 1]);
    this.#parent[i] = parent;
    this.#lastWord[i] = lastWord;
    this.#logProbability[i] = logProbability;
    this.#logBackoff[i] = logBackoff;
  }

  /**
   * Sorts what was taken by parent, then by last word (radix sort).
   *
   * @param parents number of n-grams of the order below
   * @param words number of words
   * @returns the level, or the place (in the order taken) of an n-gram that came before
   */
  build(parents: number, words: number): ArpaLevel | number {
    const { length } = this;
    const parent = this.#parent.subarray(0, length), word = this.#lastWord.subarray(0, length);
    let order: Uint32Array = Uint32Array.from({ length: this.#isSorted ? 0 : length }, (_, i) => i);
    if (!this.#isSorted) {
      order = stableSort(stableSort(order, word, words), parent, parents);
      for (let i = 1; i < length; i++) {
        const [a, b] = [order[i - 1], order[i]];
        if (parent[a] === parent[b] && word[a] === word[b]) return b;
      }
    }
    const firstOf = new Uint32Array(parents + 1);
    for (let i = 0; i < length; i++) firstOf[parent[i] + 1]++;
    for (let i = 0; i < parents; i++) firstOf[i + 1] += firstOf[i];
    return {
      firstOf,
      lastWord: permuted(word, order),
      logProbability: permuted(this.#logProbability.subarray(0, length), order),
      logBackoff: permuted(this.#logBackoff.subarray(0, length), order),
    };
  }

  #grow(): void {
    const size = 2 * this.#parent.length;
    const larger = <A extends { set(array: A): void }>(array: A, grown: A): A => {
      grown.set(array);
      return grown;
    };
    this.#parent = larger(this.#parent, new Uint32Array(size));
    this.#lastWord = larger(this.#lastWord, new Int32Array(size));
    this.#logProbability = larger(this.#logProbability, new Float64Array(size));
    this.#logBackoff = larger(this.#logBackoff, new Float64Array(size));
  }
}

/** The indices in the order of their keys (each below `limit`); equal keys stay as they are. */
function stableSort(indices: Uint32Array, keys: ArrayLike<number>, limit: number): Uint32Array {
  const next = new Uint32Array(limit + 1);
  for (let i = 0; i < indices.length; i++) next[keys[i] + 1]++;
  for (let key = 0; key < limit; key++) next[key + 1] += next[key];
  const out = new Uint32Array(indices.length);
  for (const i of indices) out[next[keys[i]]++] = i;
  return out;
}

/** The values in this order; a copy of them as they are if the order is empty. */
function permuted<A extends Int32Array | Float64Array>(values: A, order: Uint32Array): A {
  const out = values.slice() as A;
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]];
  return out;
}
