import type { NgramCounts } from "./ngram_counts.ts";

/**
 * Whether a state, the longest suffix of the context that was seen, is the whole context: it has
 * N − 1 words, or begins with `<s>`.
 */
export function isWholeContext({ trie, order, vocabulary }: NgramCounts, state: number): boolean {
  let first = trie.child(0, vocabulary.start), end = first + 1; // what begins with <s>, by order
  for (let n = 1; n < order - 1; n++) {
    if (state >= first && state < end) return true;
    [first, end] = [trie.firstChild[first], trie.firstChild[end]];
  }
  return state >= trie.levels[order - 1];
}
