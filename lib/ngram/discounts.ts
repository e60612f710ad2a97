import { adjustedCounts } from "./adjusted_counts.ts";
import type { NgramCounts } from "./ngram_counts.ts";

/** What is taken off an n-gram's count when the count is 1, 2, and 3 or more: D₁, D₂, D₃₊. */
export type Discounts = readonly [number, number, number];

/** How discounts are estimated. */
export interface DiscountOptions {
  /**
   * `modified`: three discounts an order (Chen and Goodman 1999); `original`: one for all counts
   * (Kneser and Ney 1995).
   *
   * @default {"modified"}
   */
  discounts?: "modified" | "original";
  /**
   * What to do where the counts of counts give no D_k between 0 and k, as in texts of a few
   * sentences: refuse, or take 0.5, 1 and 1.5.
   *
   * @default {"throw"}
   */
  onBadDiscount?: "throw" | "fallback";
}

const FALLBACK: Discounts = [0.5, 1, 1.5];

/**
 * Kneser–Ney's discounts of each order, from order 1 at index 0.
 *
 * @throws {RangeError} if the text is too small to estimate them and `onBadDiscount` is "throw"
 */
export function kneserNeyDiscounts(
  counts: NgramCounts,
  options: DiscountOptions = {},
): Discounts[] {
  return discountsOf(adjustedCounts(counts), counts, options);
}

/** As {@linkcode kneserNeyDiscounts}, from adjusted counts at hand. */
export function discountsOf(
  adjusted: Uint32Array,
  { trie }: NgramCounts,
  options: DiscountOptions,
): Discounts[] {
  const t = Array.from({ length: trie.order }, (_, i) => {
    return countsOfCounts(adjusted.subarray(trie.levels[i + 1], trie.levels[i + 2]));
  });
  return discountsFrom(t, options);
}

/**
 * Kneser–Ney's discounts of each order, from order 1 at index 0.
 *
 * @param countsOfCounts for each order, how many of its n-grams have adjusted count 0, 1, 2, 3 and 4
 * (the first number is not used)
 * @throws {RangeError} if they give no discounts and `onBadDiscount` is "throw"
 */
export function discountsFrom(
  countsOfCounts: readonly (readonly number[])[],
  options: DiscountOptions = {},
): Discounts[] {
  const { discounts = "modified", onBadDiscount = "throw" } = options;
  return countsOfCounts.map((t, i) => {
    const found = discounts === "modified" ? modified(t) : original(t);
    const bad = found.findIndex((d, k) => !(d >= 0 && d <= k + 1));
    if (bad < 0) return found;
    if (onBadDiscount === "fallback") return FALLBACK;
    throw new RangeError(
      `Cannot estimate the discounts of order ${i + 1}: expected D${bad + 1} from 0 to ${
        bad + 1
      },` +
        ` got ${found[bad]} from t1 to t4 = ${t.slice(1).join(", ")}` +
        ` (the text is too small: count more of it, or choose onBadDiscount: "fallback")`,
    );
  });
}

/** t_k, the number of n-grams with adjusted count k, for k = 1 to 4. */
function countsOfCounts(adjusted: Uint32Array): number[] {
  const t = [0, 0, 0, 0, 0];
  for (const count of adjusted) if (count <= 4) t[count]++;
  return t;
}

// Chen and Goodman 1999, eq. 26: Y = t₁ / (t₁ + 2 t₂), D_k = k − (k + 1) Y t_{k+1} / t_k
function modified(t: readonly number[]): Discounts {
  const y = t[1] / (t[1] + 2 * t[2]);
  const discount = (k: number) => k - (k + 1) * y * t[k + 1] / t[k];
  return [discount(1), discount(2), discount(3)];
}

// Ney, Essen and Kneser 1994: D = t₁ / (t₁ + 2 t₂)
function original(t: readonly number[]): Discounts {
  const d = t[1] / (t[1] + 2 * t[2]);
  return [d, d, d];
}
