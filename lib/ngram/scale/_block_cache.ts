import { readSync } from "node:fs";
import { BLOCK, type LevelLayout } from "./_trie_layout.ts";

/**
 * Parts of a model file in memory: blocks of records, read where they are first asked for and kept
 * until their place is needed. What goes is found by the clock algorithm (Corbató 1968), which comes
 * close to "least recently used" with one bit a block.
 */
export class BlockCache {
  /** The blocks, side by side. */
  readonly view: DataView;
  /** Blocks read from the file so far. */
  reads = 0;
  readonly #bytes: Uint8Array;
  readonly #file: number;
  readonly #places: number;
  /** The place of each block that is here, by the offset of its first byte in the file. */
  readonly #placeOf = new Map<number, number>();
  readonly #offsetAt: Float64Array;
  readonly #isUsed: Uint8Array;
  #hand = 0;

  /** Keeps at most so many bytes of the file. */
  constructor(file: number, bytes: number) {
    this.#file = file;
    this.#places = Math.max(16, Math.floor(bytes / BLOCK));
    this.#bytes = new Uint8Array(this.#places * BLOCK);
    this.view = new DataView(this.#bytes.buffer);
    this.#offsetAt = new Float64Array(this.#places).fill(-1);
    this.#isUsed = new Uint8Array(this.#places);
  }

  /**
   * Where in `view` a block of an order's records begins; good until the next call.
   *
   * @param block the number of the block in the order
   */
  find(level: LevelLayout, block: number): number {
    const offset = level.offset + block * level.perBlock * level.record;
    const place = this.#placeOf.get(offset) ?? this.#read(offset);
    this.#isUsed[place] = 1;
    return place * BLOCK;
  }

  #read(offset: number): number {
    while (this.#isUsed[this.#hand] === 1) {
      this.#isUsed[this.#hand] = 0;
      this.#hand = (this.#hand + 1) % this.#places;
    }
    const place = this.#hand;
    this.#hand = (this.#hand + 1) % this.#places;
    if (this.#offsetAt[place] >= 0) this.#placeOf.delete(this.#offsetAt[place]);
    readSync(this.#file, this.#bytes, place * BLOCK, BLOCK, offset);
    this.reads++;
    this.#offsetAt[place] = offset;
    this.#placeOf.set(offset, place);
    return place;
  }
}
