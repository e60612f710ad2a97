import type { FactorConfiguration, ScoredFactor } from "./factor.ts";

/**
 * The factor of three consecutive siblings (Koo & Collins 2010; Martins, Almeida & Smith 2013): any
 * dependents of one head on one side; its score is that of each three that follow each other in START,
 * the dependents taken, STOP.
 */
export class TriSiblingAutomaton implements ScoredFactor {
  /** Arcs to the dependents, the nearest first. */
  readonly variables: Int32Array;
  readonly #scores: Float64Array;
  /** Best chains that end in two given dependents, and the one before these; [m + 1, m + 1]. */
  readonly #best: Float64Array;
  readonly #before: Int32Array;

  /**
   * Takes the scores over; the array is not copied.
   *
   * @param outgoing arcs from the head to dependents on one side, by number, the nearest first
   * @param scores shape [m + 1, m + 1, m + 2] for m arcs: 0 is START, i the i-th dependent, m + 1 STOP;
   * places whose three do not rise are unused, but for START's
   */
  constructor(outgoing: ArrayLike<number>, scores: Float64Array) {
    const m = outgoing.length;
    this.variables = Int32Array.from(outgoing);
    this.#scores = scores;
    this.#best = new Float64Array((m + 1) ** 2);
    this.#before = new Int32Array((m + 1) ** 2);
  }

  /** Viterbi over the last two dependents taken, in O(m³). */
  maximize(potentials: Float64Array, scale: number): FactorConfiguration {
    const m = this.variables.length, best = this.#best;
    let highest = 0, last = 0, lastBut = 0;
    for (let i = 1; i <= m; i++) {
      for (let j = 0; j < i; j++) {
        best[j * (m + 1) + i] = potentials[i - 1] + this.#bestBefore(j, i, scale);
        const whole = best[j * (m + 1) + i] + scale * this.#scores[this.#place(j, i, m + 1)];
        if (whole > highest) [highest, lastBut, last] = [whole, j, i];
      }
    }
    const on: number[] = [];
    while (last > 0) {
      on.push(last - 1);
      [lastBut, last] = [this.#before[lastBut * (m + 1) + last], lastBut];
    }
    const taken = Int32Array.from(on.reverse());
    return { on: taken, score: this.scoreOf(taken) };
  }

  /** The best chain that j and then i go on from, with the three they close. */
  #bestBefore(j: number, i: number, scale: number): number {
    if (j === 0) return 0;
    const m = this.variables.length;
    let highest = -Infinity;
    for (let l = 0; l < j; l++) {
      const sum = this.#best[l * (m + 1) + j] + scale * this.#scores[this.#place(l, j, i)];
      if (sum <= highest) continue;
      highest = sum;
      this.#before[j * (m + 1) + i] = l;
    }
    return highest;
  }

  #place(first: number, second: number, third: number): number {
    const m = this.variables.length;
    return (first * (m + 1) + second) * (m + 2) + third;
  }

  /** The threes of a configuration as places in the scores. */
  placesOf(on: Int32Array): number[] {
    const chain = [0, ...Array.from(on, (k) => k + 1), this.variables.length + 1];
    return chain.slice(2).map((third, i) => this.#place(chain[i], chain[i + 1], third));
  }

  /** The score of a configuration: its threes. */
  scoreOf(on: Int32Array): number {
    let sum = 0;
    for (const place of this.placesOf(on)) sum += this.#scores[place];
    return sum;
  }
}
