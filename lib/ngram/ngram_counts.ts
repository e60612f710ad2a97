import type { Vocabulary } from "#lib/text/mod.ts";
import { countBlock } from "./_count_block.ts";
import type { CountedLevels } from "./_level_arrays.ts";
import { mergeLevels } from "./_merge_levels.ts";
import { NgramTrie } from "./ngram_trie.ts";

/** How n-grams are counted. */
export interface CountOptions {
  /** The longest n-grams counted, N: 3 for trigrams; 1 to 255. */
  order: number;
  /** The words behind the ids. */
  vocabulary: Vocabulary;
  /**
   * How many words are sorted at once. The text read so far is kept only as counts.
   *
   * @default {4_194_304}
   */
  blockSize?: number;
}

/** How often each n-gram of a text occurs, for all orders up to N. */
export interface NgramCounts {
  /** The highest order, N. */
  readonly order: number;
  /** The words behind the ids. */
  readonly vocabulary: Vocabulary;
  /** The n-grams. */
  readonly trie: NgramTrie;
  /** How often each of them occurs, shape [nodes]; at node 0 the number of words predicted. */
  readonly counts: Uint32Array;
}

/**
 * Counts the n-grams of a text.
 *
 * @param ids sentences end to end, `</s>` after each, as `score` takes them; `<s>` is put before
 * each sentence here, so that n-grams at its start begin with it
 * @throws {RangeError} if the text is empty, the order is not from 1 to 255, an id belongs to no
 * word, or the last sentence lacks its `</s>`
 *
 * @example
 * ```ts
 * import { countNgrams } from "#lib/ngram/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose"], ["a", "rose"], ["a", "thorn"]]);
 * const { trie, counts } = countNgrams(ids, { order: 2, vocabulary });
 * assertEquals(counts[trie.find(vocabulary.encode(["a", "rose"]))], 2);
 * ```
 */
export function countNgrams(ids: Int32Array, options: CountOptions): NgramCounts {
  const counter = new NgramCounter(options);
  counter.add(ids);
  return counter.counts();
}

/**
 * Counts the n-grams of a text that comes in pieces. Memory grows with the number of distinct
 * n-grams, not with the text.
 *
 * @example
 * ```ts
 * import { NgramCounter } from "#lib/ngram/mod.ts";
 * import { Vocabulary } from "#lib/text/mod.ts";
 *
 * const vocabulary = new Vocabulary(["a", "rose"]);
 * const counter = new NgramCounter({ order: 2, vocabulary });
 * for (const line of ["a rose", "a a rose"]) {
 *   counter.add(vocabulary.encodeSentences([line.split(" ")]));
 * }
 * console.assert(counter.counts().counts[0] === 7);
 * ```
 */
export class NgramCounter {
  readonly #order: number;
  readonly #vocabulary: Vocabulary;
  readonly #blockSize: number;
  #block = new Int32Array(1 << 12);
  #length = 0;
  /** Counted blocks, each at least twice as large as the next. */
  #runs: CountedLevels[] = [];

  /**
   * Starts with no counts.
   *
   * @throws {RangeError} if the order is not a whole number from 1 to 255, or the blocks are empty
   */
  constructor(options: CountOptions) {
    const { order, vocabulary, blockSize = 1 << 22 } = options;
    if (!Number.isInteger(order) || order < 1 || order > 255) {
      throw new RangeError(`Cannot count n-grams: expected an order from 1 to 255, got ${order}`);
    }
    if (!(blockSize >= 1)) {
      throw new RangeError(
        `Cannot count n-grams: expected a blockSize of 1 or more, got ${blockSize}`,
      );
    }
    this.#order = order;
    this.#vocabulary = vocabulary;
    this.#blockSize = blockSize;
  }

  /**
   * Counts one more piece of text.
   *
   * @param ids whole sentences end to end, `</s>` after each
   * @throws {RangeError} if an id belongs to no word or is `<s>`, or the last sentence lacks its
   * `</s>`; nothing of the piece is counted then
   */
  add(ids: Int32Array): void {
    const { start, end } = this.#vocabulary;
    this.#check(ids);
    for (let from = 0; from < ids.length;) {
      const to = ids.indexOf(end, from) + 1;
      this.#reserve(1 + to - from);
      this.#block[this.#length] = start;
      this.#block.set(ids.subarray(from, to), this.#length + 1);
      this.#length += 1 + to - from;
      if (this.#length >= this.#blockSize) this.#countBlock();
      from = to;
    }
  }

  /**
   * The counts of all that was added.
   *
   * @throws {RangeError} if nothing was added
   */
  counts(): NgramCounts {
    const vocabulary = this.#vocabulary;
    this.#countBlock();
    if (this.#runs.length === 0) {
      throw new RangeError("Cannot count n-grams: expected at least one sentence, got none");
    }
    while (this.#runs.length > 1) this.#mergeLastTwo();
    const { lastWord, firstChild, levels, counts } = this.#runs[0];
    const trie = new NgramTrie({ lastWord, firstChild, levels });
    counts[0] = 0;
    for (let node = levels[1]; node < levels[2]; node++) counts[0] += counts[node];
    counts[0] -= counts[trie.child(0, vocabulary.start)];
    return { order: this.#order, vocabulary, trie, counts };
  }

  #check(ids: Int32Array): void {
    const { start, end, size } = this.#vocabulary;
    for (let i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= size || ids[i] === start) {
        throw new RangeError(
          `Cannot count n-grams: expected word ids below ${size} without <s> (${start}),` +
            ` got ${ids[i]} at position ${i}`,
        );
      }
    }
    if (ids.length > 0 && ids[ids.length - 1] !== end) {
      throw new RangeError(
        `Cannot count n-grams: expected </s> (${end}) after the last sentence,` +
          ` got ${ids[ids.length - 1]}`,
      );
    }
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#block.length) return;
    const larger = new Int32Array(Math.max(this.#length + length, 2 * this.#block.length));
    larger.set(this.#block.subarray(0, this.#length));
    this.#block = larger;
  }

  #countBlock(): void {
    if (this.#length === 0) return;
    const { size, end } = this.#vocabulary;
    const words = this.#block.subarray(0, this.#length);
    this.#runs.push(countBlock(words, this.#order, size, end));
    this.#length = 0;
    const nodes = (run: CountedLevels) => run.counts.length;
    while (this.#runs.length > 1 && nodes(this.#runs.at(-2)!) < 2 * nodes(this.#runs.at(-1)!)) {
      this.#mergeLastTwo();
    }
  }

  #mergeLastTwo(): void {
    const [a, b] = this.#runs.splice(-2);
    this.#runs.push(mergeLevels(a, b, this.#vocabulary.size));
  }
}
