import type { ContextShape } from "./context_shape.ts";

/** The features active at a place of a text. */
export interface Active {
  /** How many there are. */
  length: number;
  /** Their numbers; −1 for one that the table does not know. */
  ids: Int32Array;
  /** Their shapes' numbers. */
  shapes: Uint8Array;
}

/**
 * Numbers the features of contexts. A feature is known by 64 bits of hash of its shape and words:
 * among 10⁷ features two are alike with a probability of 3 · 10⁻⁶.
 */
export class FeatureTable {
  /** The kinds of features. */
  readonly shapes: readonly ContextShape[];
  /** Number of features. */
  size = 0;
  #low = new Uint32Array(1 << 12);
  #high = new Uint32Array(1 << 12);
  #ids = new Int32Array(1 << 12).fill(-1);

  /** Starts with no features. */
  constructor(shapes: readonly ContextShape[]) {
    this.shapes = shapes;
  }

  /** Room for the features of one place; it grows. */
  static room(): Active {
    return { length: 0, ids: new Int32Array(256), shapes: new Uint8Array(256) };
  }

  /**
   * Finds the features of the context words[start … end − 1], which begins with `<s>`. A tied
   * feature that comes with several gaps is active once.
   *
   * @param add whether features not known yet get a number
   */
  find(
    words: ArrayLike<number>,
    { start, end, active, add }: { start: number; end: number; active: Active; add: boolean },
  ): void {
    active.length = 0;
    for (let shape = 0; shape < this.shapes.length; shape++) {
      const { remote, skipped: [least, most], adjacent } = this.shapes[shape];
      const first = active.length;
      for (let s = least; s <= most && remote + s + adjacent <= end - start; s++) {
        const id = this.#lookUp(words, { shape, from: end - adjacent - s - remote, end, add });
        let k = first;
        while (k < active.length && active.ids[k] !== id) k++;
        if (k < active.length) continue; // the same feature with another gap
        if (active.length === active.ids.length) growRoom(active);
        active.ids[active.length] = id;
        active.shapes[active.length++] = shape;
      }
    }
  }

  #lookUp(
    words: ArrayLike<number>,
    { shape, from, end, add }: { shape: number; from: number; end: number; add: boolean },
  ): number {
    const { remote, adjacent } = this.shapes[shape];
    let low = Math.imul(shape + 1, 0x9e3779b1), high = Math.imul(shape + 1, 0x85ebca77);
    for (let k = 0; k < remote + adjacent; k++) {
      const word = words[k < remote ? from + k : end - adjacent + k - remote] + 1;
      low = Math.imul(low ^ word, 0x2c1b3c6d);
      low ^= low >>> 15;
      high = Math.imul(high + word, 0x297a2d39);
      high ^= high >>> 13;
    }
    low = Math.imul(low ^ (low >>> 16), 0x85ebca6b); // the finalizer of MurmurHash3
    low = (low ^ (low >>> 13)) >>> 0;
    high = Math.imul(high ^ (high >>> 16), 0xc2b2ae35) >>> 0;
    return this.#place(low, high, add);
  }

  #place(low: number, high: number, add: boolean): number {
    const mask = this.#ids.length - 1;
    let at = (low ^ (high >>> 7)) & mask;
    while (this.#ids[at] >= 0) {
      if (this.#low[at] === low && this.#high[at] === high) return this.#ids[at];
      at = (at + 1) & mask;
    }
    if (!add) return -1;
    this.#low[at] = low;
    this.#high[at] = high;
    this.#ids[at] = this.size++;
    if (3 * this.size > 2 * this.#ids.length) this.#grow();
    return this.size - 1;
  }

  #grow(): void {
    const [low, high, ids] = [this.#low, this.#high, this.#ids];
    const length = 2 * ids.length, mask = length - 1;
    this.#low = new Uint32Array(length);
    this.#high = new Uint32Array(length);
    this.#ids = new Int32Array(length).fill(-1);
    for (let i = 0; i < ids.length; i++) {
      if (ids[i] < 0) continue;
      let at = (low[i] ^ (high[i] >>> 7)) & mask;
      while (this.#ids[at] >= 0) at = (at + 1) & mask;
      this.#low[at] = low[i];
      this.#high[at] = high[i];
      this.#ids[at] = ids[i];
    }
  }
}

function growRoom(active: Active): void {
  const ids = new Int32Array(2 * active.length), shapes = new Uint8Array(ids.length);
  ids.set(active.ids);
  shapes.set(active.shapes);
  Object.assign(active, { ids, shapes });
}
