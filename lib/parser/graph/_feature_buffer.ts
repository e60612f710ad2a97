import { A, B, C, D, mixed } from "./_feature_hash.ts";

/** The features of one part of a tree, as hashed keys of 32 bits. */
export class FeatureBuffer {
  /** The keys; the first {@linkcode size} of them count. */
  keys: Int32Array = new Int32Array(1 << 10);
  /** How many there are. */
  size = 0;

  /** A feature: a template, numbered from 1, and up to four values. */
  add(template: number, a: number, b = 0, c = 0, d = 0): void {
    this.keys[this.size++] = mixed(
      Math.imul(template, 0x01000193) + Math.imul(a, A) + Math.imul(b, B) + Math.imul(c, C) +
        Math.imul(d, D),
    );
  }

  /** Makes room for as many features. */
  reserve(size: number): void {
    if (size > this.keys.length) {
      const keys = new Int32Array(size * 2);
      keys.set(this.keys);
      this.keys = keys;
    }
  }
}
