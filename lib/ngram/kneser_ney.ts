import { adjustedCounts } from "./adjusted_counts.ts";
import { logs } from "./_logs.ts";
import { keptNodes, withoutPruned } from "./_prune.ts";
import { checkThresholds } from "./check_thresholds.ts";
import { BackoffModel } from "./backoff_model.ts";
import { type DiscountOptions, discountsOf } from "./discounts.ts";
import type { NgramCounts } from "./ngram_counts.ts";

/** Settings of {@linkcode kneserNey}. */
export interface KneserNeyOptions extends DiscountOptions {
  /**
   * The largest count of n-grams that are left out, by order: `[0, 0, 1]` drops trigrams seen once.
   * Higher orders take the last number. The first must be 0 and none less than the one before it.
   *
   * @default {[0]}
   */
  prune?: readonly number[];
}

/**
 * Interpolated Kneser–Ney, by default modified: Chen and Goodman 1999, as KenLM estimates it
 * (Heafield et al. 2013). With adjusted counts a, discounts D and c′ the context c without its
 * oldest word:
 *
 *     u(w | c) = (a(c w) − D(a(c w))) / A(c),   A(c) = Σ_w a(c w)
 *     b(c)     = Σ_w D(a(c w)) / A(c)
 *     P(w | c) = u(w | c) + b(c) · P(w | c′)
 *
 * and for the empty context, P(w) = u(w) + b / |V|, where V has `<unk>` and `</s>` but not `<s>`.
 * The sums run over the words seen after c. A pruned n-gram leaves all its count to b.
 *
 * @throws {RangeError} if the text is too small to estimate discounts, or `prune` is no such list
 */
export function kneserNey(counts: NgramCounts, options: KneserNeyOptions = {}): BackoffModel {
  const { vocabulary, trie } = counts;
  const thresholds = checkThresholds(options.prune ?? [0], trie.order);
  const adjusted = adjustedCounts(counts);
  const discounts = discountsOf(adjusted, counts, options);
  const kept = thresholds.some((count) => count > 0) ? keptNodes(counts, thresholds) : undefined;

  const probability = new Float64Array(trie.nodes);
  const backoff = new Float64Array(trie.levels[trie.order]);
  for (let context = 0; context < backoff.length; context++) {
    const first = trie.firstChild[context], end = trie.firstChild[context + 1];
    if (first === end) {
      backoff[context] = 1; // after </s> there is nothing
      continue;
    }
    const [d1, d2, d3] = discounts[trie.orderOf(context)];
    let all = 0, taken = 0; // A(c), and what u leaves of it
    for (let node = first; node < end; node++) {
      const a = adjusted[node];
      all += a;
      taken += kept && kept[node] === 0 ? a : a >= 3 ? d3 : a === 2 ? d2 : a === 1 ? d1 : 0;
    }
    const b = backoff[context] = taken / all;
    for (let node = first; node < end; node++) {
      const a = adjusted[node];
      const u = (a - (a >= 3 ? d3 : a === 2 ? d2 : a === 1 ? d1 : 0)) / all;
      const shorter = context === 0 ? 1 / (vocabulary.size - 1) : probability[trie.suffix[node]];
      probability[node] = u + b * shorter;
    }
  }
  probability[trie.child(0, vocabulary.start)] = 0;

  const model = { vocabulary, trie, logProbability: logs(probability), logBackoff: logs(backoff) };
  return new BackoffModel(kept ? withoutPruned(model, kept) : model);
}
