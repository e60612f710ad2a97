import { assertTagged } from "../_equal_columns.ts";
import type { Sentence } from "../sentence.ts";
import { hashText } from "./_feature_hash.ts";

/** A sentence as numbers, shape [n + 3]: place 0 is ROOT, n + 1 and n + 2 stand after the end. */
export interface EncodedTokens {
  /** n. */
  readonly length: number;
  readonly words: Int32Array;
  /** First five characters; the word itself if it has no more. */
  readonly prefixes: Int32Array;
  readonly tags: Int32Array;
  /** First character of the tag, as MSTParser has it for want of coarser tags. */
  readonly coarse: Int32Array;
}

export function encodeTokens(sentence: Sentence): EncodedTokens {
  assertTagged(sentence);
  const { words, tags } = sentence;
  return {
    length: words.length,
    words: encoded(words),
    prefixes: encoded(words.map((word) => word.slice(0, 5))),
    tags: encoded(tags),
    coarse: encoded(tags.map((tag) => tag.slice(0, 1))),
  };
}

const ROOT = hashText("<root>"), END = hashText("<end>");
/** The place before ROOT, and the neighbour of a word that is the other end of the arc. */
export const START = hashText("<start>"), MID = hashText("<mid>");

function encoded(texts: readonly string[]): Int32Array {
  return Int32Array.of(ROOT, ...texts.map(hashText), END, END);
}
