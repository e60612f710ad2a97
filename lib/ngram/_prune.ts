import { levelArrays } from "./_level_arrays.ts";
import type { BackoffParameters } from "./backoff_model.ts";
import type { NgramCounts } from "./ngram_counts.ts";
import { NgramTrie } from "./ngram_trie.ts";

/** 1 for each node whose count exceeds its order's threshold, and for all words; shape [nodes]. */
export function keptNodes(
  { trie, counts }: NgramCounts,
  thresholds: readonly number[],
): Uint8Array {
  const kept = new Uint8Array(trie.nodes).fill(1, 0, trie.levels[2]);
  for (let n = 2; n <= trie.order; n++) {
    for (let node = trie.levels[n]; node < trie.levels[n + 1]; node++) {
      kept[node] = counts[node] > thresholds[n - 1] ? 1 : 0;
    }
  }
  return kept;
}

/** The model without the nodes that are not kept: a kept node's parent and suffix are kept too. */
export function withoutPruned(model: BackoffParameters, kept: Uint8Array): BackoffParameters {
  const { trie, logProbability, logBackoff } = model;
  const sizes = [0];
  for (let n = 1; n <= trie.order; n++) {
    sizes.push(kept.subarray(trie.levels[n], trie.levels[n + 1]).reduce((sum, k) => sum + k, 0));
  }
  const { lastWord, firstChild, levels } = levelArrays(sizes);
  const probability = new Float64Array(lastWord.length);
  const backoff = new Float64Array(levels[trie.order]);
  let next = 0, nextChild = 1;
  for (let node = 0; node < trie.nodes; node++) {
    if (kept[node] === 0) continue;
    lastWord[next] = trie.lastWord[node];
    probability[next] = logProbability[node];
    if (node < logBackoff.length) {
      backoff[next] = logBackoff[node];
      firstChild[next] = nextChild;
      for (let child = trie.firstChild[node]; child < trie.firstChild[node + 1]; child++) {
        nextChild += kept[child];
      }
    }
    next++;
  }
  firstChild[levels[trie.order]] = nextChild;
  return {
    vocabulary: model.vocabulary,
    trie: new NgramTrie({ lastWord, firstChild, levels }),
    logProbability: probability,
    logBackoff: backoff,
  };
}
