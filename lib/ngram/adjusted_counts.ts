import type { NgramCounts } from "./ngram_counts.ts";

/**
 * Kneser–Ney's adjusted counts, shape [nodes]: for n-grams of the highest order and those that begin
 * with `<s>` the count itself, for all others N₁₊(• g), the number of distinct words seen before g.
 * `<s>` alone, never predicted, has 0.
 */
export function adjustedCounts({ trie, counts, vocabulary }: NgramCounts): Uint32Array {
  const { levels, suffix, firstChild, order } = trie;
  const adjusted = new Uint32Array(trie.nodes);
  for (let node = levels[2]; node < levels[order + 1]; node++) adjusted[suffix[node]]++;
  adjusted.set(counts.subarray(levels[order]), levels[order]);

  // the n-grams that begin with <s> lie side by side in every order
  let first = trie.child(0, vocabulary.start), end = first + 1;
  adjusted[first] = 0;
  for (let n = 2; n <= order; n++) {
    [first, end] = [firstChild[first], firstChild[end]];
    adjusted.set(counts.subarray(first, end), first);
  }
  return adjusted;
}
