/** Few of many numbers: a place for each that is not 0. */
export class SparseVector {
  readonly #entries = new Map<number, number>();

  /** Adds to a number; what comes to 0 is dropped. */
  add(place: number, amount: number): void {
    const value = (this.#entries.get(place) ?? 0) + amount;
    if (value === 0) this.#entries.delete(place);
    else this.#entries.set(place, value);
  }

  /** Places and numbers. */
  entries(): Iterable<[number, number]> {
    return this.#entries;
  }

  /** The inner product of two vectors. */
  dot(other: SparseVector): number {
    let sum = 0;
    for (const [place, value] of this.#entries) sum += value * (other.#entries.get(place) ?? 0);
    return sum;
  }
}
