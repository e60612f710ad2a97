import type { BackoffModel } from "./backoff_model.ts";

/** How far rounding may lift the logarithm of a probability of 1. */
const ROUNDING = 1e-9;

/**
 * What is wrong with a model's arrays, or undefined: every walk through a sound trie ends, and no
 * sum of a sound model's numbers is NaN.
 */
export function findFault(model: BackoffModel): string | undefined {
  return findFaultInTrie(model) ?? findFaultInNumbers(model);
}

function findFaultInTrie({ trie }: BackoffModel): string | undefined {
  const { levels, firstChild, lastWord, suffix, order, vocabularySize } = trie;
  for (let n = 0; n <= order; n++) {
    if (firstChild[levels[n]] !== levels[n + 1]) return `children of order ${n + 1} out of place`;
  }
  for (let parent = 0; parent < levels[order]; parent++) {
    const first = firstChild[parent], end = firstChild[parent + 1];
    if (first > end) return `children of node ${parent} out of place`;
    let before = -1;
    for (let node = first; node < end; node++) {
      if (lastWord[node] <= before) return `words after node ${parent} out of order`;
      before = lastWord[node];
    }
    if (before >= vocabularySize) return `a word that is not in the vocabulary`;
  }
  for (let n = 1; n <= order; n++) {
    for (let node = levels[n]; node < levels[n + 1]; node++) {
      if (suffix[node] >= levels[n]) return `a suffix of node ${node} that is not shorter`;
    }
  }
  return undefined;
}

function findFaultInNumbers(model: BackoffModel): string | undefined {
  const { logProbability, logBackoff } = model;
  for (let node = 1; node < logProbability.length; node++) {
    if (!(logProbability[node] <= ROUNDING)) return `a log probability of ${logProbability[node]}`;
  }
  for (let node = 1; node < logBackoff.length; node++) {
    if (!(logBackoff[node] < 228)) return `a log back-off weight of ${logBackoff[node]}`; // 10⁹⁹
  }
  return undefined;
}
