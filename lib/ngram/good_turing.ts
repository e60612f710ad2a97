import type { NgramCounts } from "./ngram_counts.ts";

/** How Good–Turing discounts are estimated. */
export interface GoodTuringOptions {
  /**
   * k: counts above it are trusted and not discounted.
   *
   * @default {5}
   */
  largest?: number;
  /**
   * What to do where the counts of counts give no discount above 0 and at most 1, as in texts of a
   * few sentences: refuse, or take half a count off each, d_r = (r − 1/2) / r.
   *
   * @default {"throw"}
   */
  onBadDiscount?: "throw" | "fallback";
}

/**
 * The factors d_r by which Katz 1987 lowers counts r of 1 to k, from r = 0 (unused) at index 0, for
 * each order, from order 1 at index 0. With n_r the number of n-grams seen r times and Good's 1953
 * estimate r* = (r + 1) n_{r+1} / n_r:
 *
 *     d_r = (r* / r − A) / (1 − A),   A = (k + 1) n_{k+1} / n_1
 *
 * Words are not discounted (d_r = 1) where every word of the vocabulary was seen.
 *
 * @throws {RangeError} if k is not 1 or more, or the text is too small to estimate discounts
 */
export function goodTuringDiscounts(
  counts: NgramCounts,
  options: GoodTuringOptions = {},
): Float64Array[] {
  const { largest = 5, onBadDiscount = "throw" } = options;
  if (!Number.isInteger(largest) || largest < 1) {
    throw new RangeError(
      `Cannot estimate discounts: expected a largest count of 1 or more, got ${largest}`,
    );
  }
  const { levels, order } = counts.trie;
  return Array.from({ length: order }, (_, i) => {
    const n = countsOfCounts(counts, [levels[i + 1], levels[i + 2]], largest + 1);
    if (i === 0 && n[0] === 0) return new Float64Array(largest + 1).fill(1);
    const a = (largest + 1) * n[largest + 1] / n[1];
    const discounts = new Float64Array(largest + 1).map((_, r) =>
      ((r + 1) * n[r + 1] / n[r] / r - a) / (1 - a)
    );
    discounts[0] = 1;
    const bad = discounts.findIndex((d) => !(d > 0 && d <= 1));
    if (bad < 0) return discounts;
    if (onBadDiscount === "fallback") return discounts.map((_, r) => r === 0 ? 1 : (r - 0.5) / r);
    throw new RangeError(
      `Cannot estimate the discounts of order ${i + 1}: expected d${bad} above 0 and at most 1,` +
        ` got ${discounts[bad]} (the text is too small: count more of it, or choose` +
        ` onBadDiscount: "fallback")`,
    );
  });
}

/** n_r for r = 0 to `largest`, over the nodes of one order; `<s>`, never predicted, is left out. */
function countsOfCounts(
  { trie, counts, vocabulary }: NgramCounts,
  [first, end]: readonly [number, number],
  largest: number,
): Float64Array {
  const n = new Float64Array(largest + 1);
  const start = trie.child(0, vocabulary.start);
  for (let node = first; node < end; node++) {
    if (node !== start && counts[node] <= largest) n[counts[node]]++;
  }
  return n;
}
