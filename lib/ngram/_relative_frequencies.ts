import type { NgramCounts } from "./ngram_counts.ts";

/** log(count(c w) / count(c)) of each node's n-gram, shape [nodes]; −Infinity for `<s>`. */
export function logRelativeFrequencies({ trie, counts, vocabulary }: NgramCounts): Float64Array {
  const out = new Float64Array(trie.nodes);
  for (let context = 0; context < trie.levels[trie.order]; context++) {
    for (let n = trie.firstChild[context]; n < trie.firstChild[context + 1]; n++) {
      out[n] = Math.log(counts[n] / counts[context]);
    }
  }
  out[trie.child(0, vocabulary.start)] = -Infinity;
  return out;
}
