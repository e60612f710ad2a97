import { readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { BLOCK, blocksOf, CHECKSUM, type LevelLayout } from "./_trie_layout.ts";
import { ScaleError } from "./scale_error.ts";

/**
 * Parts of a model file in memory: blocks of records, read where they are first asked for and kept
 * until their place is needed. What goes is found by the clock algorithm (Corbató 1968), which comes
 * close to "least recently used" with one bit a block. A block's checksum is checked when the block
 * is read for the first time.
 */
export class BlockCache {
  /** The blocks, side by side. */
  readonly view: DataView;
  /** Blocks read from the file so far. */
  reads = 0;
  readonly #bytes: Uint8Array;
  readonly #file: number;
  readonly #path: string;
  readonly #places: number;
  /** The place of each block that is here, by the offset of its first byte in the file. */
  readonly #placeOf = new Map<number, number>();
  readonly #offsetAt: Float64Array;
  readonly #isUsed: Uint8Array;
  readonly #isChecked: Map<LevelLayout, Uint8Array>;
  #hand = 0;

  /** Keeps at most so many bytes of an open file, which has these orders. */
  constructor(
    file: number,
    { path, levels, bytes }: { path: string; levels: readonly LevelLayout[]; bytes: number },
  ) {
    this.#file = file;
    this.#path = path;
    this.#isChecked = new Map(levels.map((level) => [level, new Uint8Array(blocksOf(level))]));
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
   * @throws {ScaleError} if the block is damaged
   */
  find(level: LevelLayout, block: number): number {
    const offset = level.offset + block * (level.perBlock * level.record + CHECKSUM);
    const place = this.#placeOf.get(offset) ?? this.#read(offset, level, block);
    this.#isUsed[place] = 1;
    return place * BLOCK;
  }

  #read(offset: number, level: LevelLayout, block: number): number {
    while (this.#isUsed[this.#hand] === 1) {
      this.#isUsed[this.#hand] = 0;
      this.#hand = (this.#hand + 1) % this.#places;
    }
    const place = this.#hand;
    this.#hand = (this.#hand + 1) % this.#places;
    if (this.#offsetAt[place] >= 0) this.#placeOf.delete(this.#offsetAt[place]);
    this.#offsetAt[place] = -1;
    readSync(this.#file, this.#bytes, place * BLOCK, BLOCK, offset);
    this.reads++;
    this.#check(place * BLOCK, level, block);
    this.#offsetAt[place] = offset;
    this.#placeOf.set(offset, place);
    return place;
  }

  #check(at: number, level: LevelLayout, block: number): void {
    const isChecked = this.#isChecked.get(level)!;
    if (isChecked[block] === 1) return;
    const { records, perBlock, record } = level;
    const end = at + record * Math.min(perBlock, records - block * perBlock);
    if (crc32(this.#bytes.subarray(at, end)) !== this.view.getUint32(end, true)) {
      throw new ScaleError(
        "damaged file",
        `Cannot read n-grams of the model ${this.#path}: expected the checksum of their block,` +
          " got another (the file is damaged: write it again)",
      );
    }
    isChecked[block] = 1;
  }
}
