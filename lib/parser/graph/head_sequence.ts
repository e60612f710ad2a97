import type { FactorConfiguration, ScoredFactor } from "./factor.ts";

/**
 * The factor of head bigrams (Martins, Almeida & Smith 2013): one head for each word, scored by the
 * heads of each two words side by side.
 */
export class HeadSequence implements ScoredFactor {
  /** The arcs: those into the first word, then those into the second, and so on. */
  readonly variables: Int32Array;
  /** Place of the first arc into each word, and the number of all; shape [n + 1]. */
  readonly starts: Int32Array;
  /** Place of the first score of each word with the one before it; shape [n + 1], 0 for the first word. */
  readonly firstScores: Int32Array;
  readonly #scores: Float64Array;

  /**
   * Takes the scores over; the array is not copied.
   *
   * @param incoming for each word the arcs into it, by number, one at least
   * @param scores for each word from the second, by the arc into the word before and its own:
   * shape [incoming before, incoming], one word after the other
   */
  constructor(incoming: readonly ArrayLike<number>[], scores: Float64Array) {
    this.variables = Int32Array.from(incoming.flatMap((arcs) => Array.from(arcs)));
    this.starts = new Int32Array(incoming.length + 1);
    this.firstScores = new Int32Array(incoming.length + 1);
    for (const [i, arcs] of incoming.entries()) {
      this.starts[i + 1] = this.starts[i] + arcs.length;
      const size = i === 0 ? 0 : incoming[i - 1].length * arcs.length;
      this.firstScores[i + 1] = this.firstScores[i] + size;
    }
    this.#scores = scores;
  }

  /** Viterbi over the words. */
  maximize(potentials: Float64Array, scale: number): FactorConfiguration {
    const { starts } = this, n = starts.length - 1;
    const best = potentials.slice(), before = new Int32Array(best.length);
    for (let word = 1; word < n; word++) {
      for (let k = starts[word]; k < starts[word + 1]; k++) {
        let highest = -Infinity;
        for (let previous = starts[word - 1]; previous < starts[word]; previous++) {
          const sum = best[previous] + scale * this.#scores[this.#place(word, previous, k)];
          if (sum > highest) [highest, before[k]] = [sum, previous];
        }
        best[k] += highest;
      }
    }
    const on = new Int32Array(n);
    on[n - 1] = starts[n - 1];
    for (let k = starts[n - 1]; k < starts[n]; k++) if (best[k] > best[on[n - 1]]) on[n - 1] = k;
    for (let word = n - 1; word > 0; word--) on[word - 1] = before[on[word]];
    return { on, score: this.scoreOf(on) };
  }

  #place(word: number, previous: number, k: number): number {
    const { starts } = this, width = starts[word + 1] - starts[word];
    return this.firstScores[word] + (previous - starts[word - 1]) * width + k - starts[word];
  }

  /** The bigrams of a configuration as places in the scores. */
  placesOf(on: Int32Array): number[] {
    return Array.from(on.subarray(1), (k, i) => this.#place(i + 1, on[i], k));
  }

  /** The score of a configuration: its bigrams. */
  scoreOf(on: Int32Array): number {
    let sum = 0;
    for (const place of this.placesOf(on)) sum += this.#scores[place];
    return sum;
  }
}
