import type { Precision } from "./precision.ts";

/** What a model file begins with; bytes that text-mode transfers change are among them. */
export const MAGIC = Uint8Array.of(0x89, ...new TextEncoder().encode("ntrie"), 0x0d, 0x0a);

/** The version of the layout written and read here. */
export const VERSION = 1;

/** Records are read in blocks of at most this many bytes; none lies across two blocks. */
export const BLOCK = 1 << 14;

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

/** Lays a model file out. */
export function trieLayout(
  facts: readonly LevelFacts[],
  options: { precision: Precision; wordBytes: number },
): TrieHead {
  const { precision, wordBytes } = options, valueBytes = precision === "exact" ? 8 : 2;
  let bytes = HEAD + wordBytes;
  const levels = facts.map(({ size, p, backoff }, i) => {
    const isHighest = i === facts.length - 1;
    const ofWord = i === 0 ? 0 : bytesFor(facts[0].size);
    const ofChild = isHighest ? 0 : bytesFor(facts[i + 1].size + 1);
    const record = ofWord + valueBytes * (isHighest ? 1 : 2) + ofChild;
    const level: LevelLayout = {
      ...{ size, offset: bytes, record, perBlock: Math.floor(BLOCK / record) },
      ...{ wordBytes: ofWord, valueBytes, childBytes: ofChild },
      ...{ p: scaleOf(p), backoff: scaleOf(backoff) },
    };
    bytes += record * (size + (isHighest ? 0 : 1)); // one more says where the last children end
    return level;
  });
  return { version: VERSION, precision, wordBytes, levels, bytes };
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
