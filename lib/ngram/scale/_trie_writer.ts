import { closeSync, openSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import {
  BLOCK,
  CHECKSUM,
  HEAD,
  type LevelLayout,
  MAGIC,
  quantized,
  type TrieHead,
} from "./_trie_layout.ts";

/** Bytes collected before they are written. */
const PIECE = 1 << 20;

/** Writes a model file from beginning to end: the head, the words, the n-grams of each order. */
export class TrieWriter {
  readonly #file: number;
  readonly #bytes = new Uint8Array(PIECE);
  readonly #view = new DataView(this.#bytes.buffer);
  #used = 0;
  /** Where the block at hand begins. */
  #block = 0;
  #level?: LevelLayout;

  /** Writes all that comes before the n-grams. */
  constructor(path: string, head: TrieHead, words: Uint8Array) {
    this.#file = openSync(path, "wx");
    const json = new TextEncoder().encode(JSON.stringify(head));
    const bytes = new Uint8Array(HEAD), view = new DataView(bytes.buffer);
    if (json.length > HEAD - 16) throw new RangeError("Cannot write a model: its head is too long");
    bytes.set(MAGIC);
    view.setUint32(8, json.length, true);
    view.setUint32(12, crc32(json), true);
    bytes.set(json, 16);
    this.#write(bytes);
    this.#write(words);
  }

  /** Begins the next order. */
  begin(level: LevelLayout): void {
    this.#endBlock();
    this.#level = level;
  }

  /** Writes an n-gram; the numbers are natural logarithms. */
  add(word: number, logP: number, logBackoff: number, firstChild: number): void {
    const { record, perBlock, wordBytes, childBytes, p, backoff } = this.#level!;
    if (this.#used - this.#block === record * perBlock) this.#endBlock();
    this.#integer(word, wordBytes);
    this.#value(logP, p);
    if (childBytes === 0) return;
    this.#value(logBackoff, backoff);
    this.#integer(firstChild, childBytes);
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.#endBlock();
    this.#flush();
    closeSync(this.#file);
  }

  /** Writes the checksum of the block, where it has records, and makes room for the next. */
  #endBlock(): void {
    if (this.#used > this.#block) {
      this.#integer(crc32(this.#bytes.subarray(this.#block, this.#used)), CHECKSUM);
    }
    if (this.#used + BLOCK > PIECE) this.#flush();
    this.#block = this.#used;
  }

  #integer(value: number, bytes: number): void {
    let rest = value;
    for (let i = 0; i < bytes; i++) {
      this.#bytes[this.#used++] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }

  #value(logarithm: number, scale: LevelLayout["p"]): void {
    const { valueBytes } = this.#level!;
    if (valueBytes === 8) this.#view.setFloat64(this.#used, logarithm, true);
    else this.#view.setUint16(this.#used, quantized(logarithm, scale), true);
    this.#used += valueBytes;
  }

  #flush(): void {
    this.#write(this.#bytes.subarray(0, this.#used));
    this.#used = 0;
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }
}
