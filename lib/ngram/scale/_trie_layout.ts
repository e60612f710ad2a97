import { crc32 } from "node:zlib";
import type { Precision } from "./precision.ts";

/** What a model file begins with; bytes that text-mode transfers change are among them. */
export const MAGIC = Uint8Array.of(0x89, ...new TextEncoder().encode("ntrie"), 0x0d, 0x0a);

/** The version of the layout written and read here. */
export const VERSION = 2;

/**
 * Records are read in blocks of at most this many bytes, the last four of them the CRC-32 of the
 * others; none lies across two blocks.
 */
export const BLOCK = 1 << 14;

/** Bytes of a CRC-32. */
export const CHECKSUM = 4;

/** The code of log 0. */
const LOG_ZERO_CODE = 0xffff;

/** Even steps of a logarithm, from `low` on. */
export interface Scale {
  /** The least finite value. */
  low: number;
  /** The distance between two. */
  step: number;
}

/** Where the n-grams of an order lie, and how. */
export interface LevelLayout {
  /** Number of n-grams. */
  size: number;
  /** Number of records; below order N one more says where the last children end. */
  records: number;
  /** The first byte. */
  offset: number;
  /** Bytes of a record: word, p, and below order N backoff and the number of the first child. */
  record: number;
  /** Records in a block. */
  perBlock: number;
  /** Bytes of the last word; 0 at order 1, where the record's number is the word. */
  wordBytes: number;
  /** Bytes of log P and of the back-off weight, each. */
  valueBytes: number;
  /** Bytes of the first child's number; 0 at order N. */
  childBytes: number;
  /** The steps of log P, where it is quantized. */
  p: Scale;
  /** The steps of the back-off weight, where it is quantized. */
  backoff: Scale;
}

/** What the head of a model file says, as JSON. */
export interface TrieHead {
  /** See {@linkcode VERSION}. */
  version: number;
  /** How numbers are kept. */
  precision: Precision;
  /** Bytes of the words' JSON, which follows the head. */
  wordBytes: number;
  /** CRC-32 of these. */
  wordChecksum: number;
  /** The orders, from 1 at index 0. */
  levels: LevelLayout[];
  /** Bytes of the file. */
  bytes: number;
}

/** Of an order, the number of its n-grams and the ranges of its logarithms. */
export interface LevelFacts {
  /** Number of n-grams. */
  size: number;
  /** The least and the largest finite log P. */
  p: readonly [number, number];
  /** The least and the largest finite logarithm of a back-off weight. */
  backoff: readonly [number, number];
}

/** Room for the head and what comes before it. */
export const HEAD = 1 << 16;

/**
 * Lays a model file out.
 *
 * @param options.words the words' JSON
 */
export function trieLayout(
  facts: readonly LevelFacts[],
  options: { precision: Precision; words: Uint8Array },
): TrieHead {
  const { precision, words } = options, valueBytes = precision === "exact" ? 8 : 2;
  const wordBytes = words.length, wordChecksum = crc32(words);
  let bytes = HEAD + wordBytes;
  const levels = facts.map(({ size, p, backoff }, i) => {
    const isHighest = i === facts.length - 1;
    const ofWord = i === 0 ? 0 : bytesFor(facts[0].size);
    const ofChild = isHighest ? 0 : bytesFor(facts[i + 1].size + 1);
    const record = ofWord + valueBytes * (isHighest ? 1 : 2) + ofChild;
    const records = size + (isHighest ? 0 : 1), perBlock = Math.floor((BLOCK - CHECKSUM) / record);
    const level: LevelLayout = {
      ...{ size, records, offset: bytes, record, perBlock },
      ...{ wordBytes: ofWord, valueBytes, childBytes: ofChild },
      ...{ p: scaleOf(p), backoff: scaleOf(backoff) },
    };
    bytes += records * record + blocksOf(level) * CHECKSUM;
    return level;
  });
  return { version: VERSION, precision, wordBytes, wordChecksum, levels, bytes };
}

/** Number of blocks of an order. */
export function blocksOf({ records, perBlock }: LevelLayout): number {
  return Math.ceil(records / perBlock);
}

/** The fewest bytes that hold every number below `limit`. */
function bytesFor(limit: number): number {
  let bytes = 1;
  while (256 ** bytes < limit) bytes++;
  return bytes;
}

function scaleOf([low, high]: readonly [number, number]): Scale {
  return { low, step: high > low ? (high - low) / (LOG_ZERO_CODE - 1) : 1 };
}

/** The code of a logarithm: the nearest step. */
export function quantized(value: number, { low, step }: Scale): number {
  return value === -Infinity ? LOG_ZERO_CODE : Math.round((value - low) / step);
}

/** The logarithm of a code. */
export function restored(code: number, { low, step }: Scale): number {
  return code === LOG_ZERO_CODE ? -Infinity : low + code * step;
}
