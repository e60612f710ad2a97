import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { Vocabulary } from "#lib/text/mod.ts";
import { BlockCache } from "./_block_cache.ts";
import { HEAD, type LevelLayout, MAGIC, restored, type TrieHead, VERSION } from "./_trie_layout.ts";
import { ScaleError } from "./scale_error.ts";

/** The n-grams of a model file, read as they are asked for. Numbers of n-grams count by order. */
export class TrieFile {
  /** What the file says of itself. */
  readonly head: TrieHead;
  /** The words behind the ids. */
  readonly vocabulary: Vocabulary;
  /** The blocks in memory. */
  readonly cache: BlockCache;
  readonly #file: number;

  /**
   * Opens a file.
   *
   * @throws {ScaleError} if it is no model file or cut off, or its head or words are damaged
   */
  constructor(path: string, cacheBytes: number) {
    this.#file = openFile(path);
    try {
      this.head = readHead(this.#file, path);
      this.vocabulary = readWords(this.#file, path, this.head);
      const { levels } = this.head;
      this.cache = new BlockCache(this.#file, { path, levels, bytes: cacheBytes });
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#file);
  }

  /** The last word of an n-gram of order 2 or more. */
  word(n: number, index: number): number {
    const level = this.head.levels[n - 1];
    return this.#integer(this.#record(level, index), level.wordBytes);
  }

  /** log P of an n-gram's last word after the others. */
  logProbability(n: number, index: number): number {
    const level = this.head.levels[n - 1];
    return this.#value(this.#record(level, index) + level.wordBytes, level, level.p);
  }

  /** log of the back-off weight of an n-gram of order below N. */
  logBackoff(n: number, index: number): number {
    const level = this.head.levels[n - 1];
    const at = this.#record(level, index) + level.wordBytes + level.valueBytes;
    return this.#value(at, level, level.backoff);
  }

  /** The first of the n-grams of order n + 1 that begin with this one, or with the next. */
  firstChild(n: number, index: number): number {
    const level = this.head.levels[n - 1];
    const at = this.#record(level, index) + level.wordBytes + 2 * level.valueBytes;
    return this.#integer(at, level.childBytes);
  }

  /** The n-gram of order n + 1 that goes on from this one with the word, or −1. */
  child(n: number, index: number, word: number): number {
    let low = this.firstChild(n, index), high = this.firstChild(n, index + 1);
    const end = high;
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      if (this.word(n + 1, middle) < word) low = middle + 1;
      else high = middle;
    }
    return low < end && this.word(n + 1, low) === word ? low : -1;
  }

  /** Where a record begins in the cache's view. */
  #record(level: LevelLayout, index: number): number {
    const block = Math.floor(index / level.perBlock);
    return this.cache.find(level, block) + (index - block * level.perBlock) * level.record;
  }

  #integer(at: number, bytes: number): number {
    const { view } = this.cache;
    let value = 0;
    for (let i = bytes - 1; i >= 0; i--) value = value * 256 + view.getUint8(at + i);
    return value;
  }

  #value(at: number, { valueBytes }: LevelLayout, scale: LevelLayout["p"]): number {
    const { view } = this.cache;
    return valueBytes === 8 ? view.getFloat64(at, true) : restored(view.getUint16(at, true), scale);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    const message = `Cannot open the model ${path}: expected a file, got none`;
    throw new ScaleError("missing file", message, { cause });
  }
}

function readBytes(file: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const more = readSync(file, bytes, read, length - read, offset + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}

function readHead(file: number, path: string): TrieHead {
  const refusal = (expected: string, found: string) => damaged(path, expected, found);
  const bytes = readBytes(file, 0, HEAD);
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    throw refusal("the mark of a model file", "another (deno task count --model makes them)");
  }
  const view = new DataView(bytes.buffer), length = view.getUint32(8, true);
  const json = bytes.subarray(16, 16 + length);
  if (json.length < length || crc32(json) !== view.getUint32(12, true)) {
    throw refusal("the checksum of its head", "another (the file is damaged: write it again)");
  }
  const head = JSON.parse(new TextDecoder().decode(json)) as TrieHead;
  if (head.version !== VERSION) {
    throw refusal(`version ${VERSION}`, `${head.version} (write it again)`);
  }
  const { size } = fstatSync(file);
  if (size !== head.bytes) throw refusal(`${head.bytes} bytes`, `${size} (is the file cut off?)`);
  return head;
}

function readWords(file: number, path: string, head: TrieHead): Vocabulary {
  const json = readBytes(file, HEAD, head.wordBytes);
  if (crc32(json) !== head.wordChecksum) {
    throw damaged(
      path,
      "the checksum of its words",
      "another (the file is damaged: write it again)",
    );
  }
  return new Vocabulary((JSON.parse(new TextDecoder().decode(json)) as string[]).slice(3));
}

function damaged(path: string, expected: string, found: string): ScaleError {
  const message = `Cannot open the model ${path}: expected ${expected}, got ${found}`;
  return new ScaleError("damaged file", message);
}
