/**
 * Weights and their mean over all steps of training. With δ added in step s of S, the mean of the
 * weights after each step is w − (1/S)·Σ (s − 1)·δ: only what changes is touched.
 */
export class AveragedWeights {
  /** The weights as they stand. */
  readonly values: Float32Array;
  readonly #late: Float64Array;
  #steps: number;

  /**
   * @param start the weights to begin with, copied; or how many, all 0
   * @param past how many steps were made before, and the mean over them
   */
  constructor(start: number | Float32Array, past?: { steps: number; mean: Float32Array }) {
    this.values = typeof start === "number" ? new Float32Array(start) : start.slice();
    this.#late = new Float64Array(this.values.length);
    this.#steps = past?.steps ?? 0;
    if (past) this.#settle(past.mean);
  }

  /** Steps so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Begins the next step; what {@linkcode add} adds counts from it on. */
  nextStep(): void {
    this.#steps++;
  }

  /** Changes a weight. */
  add(place: number, amount: number): void {
    this.values[place] += amount;
    this.#late[place] += (this.#steps - 1) * amount;
  }

  /** The mean over the steps so far; it goes on from it as rounded, as training resumed does. */
  average(): Float32Array {
    const steps = Math.max(1, this.#steps);
    const mean = this.values.map((value, place) => value - this.#late[place] / steps);
    this.#settle(mean);
    return mean;
  }

  /** Makes a mean that of the steps so far. */
  #settle(mean: Float32Array): void {
    for (let i = 0; i < mean.length; i++) this.#late[i] = this.#steps * (this.values[i] - mean[i]);
  }
}
