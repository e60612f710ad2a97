/** What a binary model begins with; bytes that text-mode transfers change are among them. */
export const MAGIC = Uint8Array.of(0x89, ...new TextEncoder().encode("ngram"), 0x0d, 0x0a);

/** The version of the layout written and read here. */
export const VERSION = 2;

/** Where the parts of a binary model of these sizes lie, in bytes from its beginning. */
export interface BinaryLayout {
  /** Number of nodes of the trie. */
  nodes: number;
  /** Number of nodes of order below N. */
  contexts: number;
  /** The first node of each order, then the number of nodes. */
  levels: number[];
  /** Float64, shape [nodes]. */
  logProbability: number;
  /** Float64, shape [contexts]. */
  logBackoff: number;
  /** Int32, shape [nodes]. */
  lastWord: number;
  /** Uint32, shape [contexts + 1]. */
  firstChild: number;
  /** Uint32, shape [nodes]. */
  suffix: number;
  /** UTF-8: the words as a JSON array. */
  words: number;
  /** Uint32: CRC-32 of all bytes before it. */
  checksum: number;
  /** Bytes of the whole. */
  length: number;
}

/**
 * Bytes before the sizes: magic, version, order, bytes of the words, 1 if probabilities sum to 1, else
 * 0; each number a Uint32.
 */
export const FIXED_HEAD = 24;

/**
 * Lays a binary model out; all numbers are little-endian.
 *
 * @param sizes number of n-grams of each order, from order 1 at index 0
 * @param wordBytes bytes of the words' JSON
 */
export function binaryLayout(sizes: readonly number[], wordBytes: number): BinaryLayout {
  const levels = [0, 1];
  for (const size of sizes) levels.push(levels[levels.length - 1] + size);
  const nodes = levels[sizes.length + 1], contexts = levels[sizes.length];
  const logProbability = 8 * Math.ceil((FIXED_HEAD + 4 * sizes.length) / 8);
  const logBackoff = logProbability + 8 * nodes;
  const lastWord = logBackoff + 8 * contexts;
  const firstChild = lastWord + 4 * nodes;
  const suffix = firstChild + 4 * (contexts + 1);
  const words = suffix + 4 * nodes;
  const checksum = words + wordBytes;
  return {
    ...{ nodes, contexts, levels, logProbability, logBackoff, lastWord, firstChild, suffix },
    ...{ words, checksum, length: checksum + 4 },
  };
}
