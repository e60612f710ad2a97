/** A trie of n-grams with their counts, before its suffix links are found. */
export interface CountedLevels {
  /** As in `NgramTrie`. */
  lastWord: Int32Array;
  /** As in `NgramTrie`. */
  firstChild: Uint32Array;
  /** As in `NgramTrie`. */
  levels: number[];
  /** How often each node's n-gram occurs, shape [nodes]; unused for node 0. */
  counts: Uint32Array;
}

/**
 * Empty arrays for n-grams in level order, and the first node of each order.
 *
 * @param sizes number of n-grams of each order, from order 1 at index 1 to N at index N
 */
export function levelArrays(sizes: readonly number[]): CountedLevels {
  const order = sizes.length - 1;
  const levels = [0, 1];
  for (let n = 1; n <= order; n++) levels.push(levels[n] + sizes[n]);
  return {
    lastWord: new Int32Array(levels[order + 1]),
    firstChild: new Uint32Array(levels[order] + 1),
    levels,
    counts: new Uint32Array(levels[order + 1]),
  };
}
