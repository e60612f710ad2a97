import { NONE } from "./configuration.ts";

/**
 * Numbers features from 0 in the order of their coming. A feature is a pair of 32-bit integers, kept
 * as such: two features never share a number. Open addressing, at most half full.
 */
export class FeatureTable {
  #lows = new Int32Array(1 << 12);
  #highs = new Int32Array(1 << 12);
  #ids = new Int32Array(1 << 12).fill(NONE);
  #size = 0;

  /** Number of features. */
  get size(): number {
    return this.#size;
  }

  /** The feature's number, or NONE. */
  find(low: number, high: number): number {
    return this.#ids[this.#slot(low, high)];
  }

  /** The feature's number; a new feature gets the next one. */
  add(low: number, high: number): number {
    const slot = this.#slot(low, high);
    if (this.#ids[slot] !== NONE) return this.#ids[slot];
    this.#put(slot, low, high, this.#size);
    if (++this.#size * 2 > this.#ids.length) this.#grow();
    return this.#size - 1;
  }

  /** The features by their numbers: low and high halves one after the other, shape [size × 2]. */
  keys(): Int32Array {
    const keys = new Int32Array(this.#size * 2);
    for (const [slot, id] of this.#ids.entries()) {
      if (id === NONE) continue;
      keys[2 * id] = this.#lows[slot];
      keys[2 * id + 1] = this.#highs[slot];
    }
    return keys;
  }

  #slot(low: number, high: number): number {
    const mask = this.#ids.length - 1;
    let hash = Math.imul(low, 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35); // constants of MurmurHash3
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    while (this.#ids[slot] !== NONE && (this.#lows[slot] !== low || this.#highs[slot] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #put(slot: number, low: number, high: number, id: number): void {
    this.#lows[slot] = low;
    this.#highs[slot] = high;
    this.#ids[slot] = id;
  }

  #grow(): void {
    const [lows, highs, ids] = [this.#lows, this.#highs, this.#ids];
    this.#lows = new Int32Array(ids.length * 2);
    this.#highs = new Int32Array(ids.length * 2);
    this.#ids = new Int32Array(ids.length * 2).fill(NONE);
    for (const [old, id] of ids.entries()) {
      if (id !== NONE) this.#put(this.#slot(lows[old], highs[old]), lows[old], highs[old], id);
    }
  }
}
