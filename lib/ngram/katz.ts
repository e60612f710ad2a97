import { logs } from "./_logs.ts";
import { BackoffModel } from "./backoff_model.ts";
import { goodTuringDiscounts, type GoodTuringOptions } from "./good_turing.ts";
import type { NgramCounts } from "./ngram_counts.ts";

/**
 * Katz back-off (Katz 1987) with Good–Turing discounts d_r of counts r ≤ k:
 *
 *     P(w | c) = d_{count(c w)} · count(c w) / count(c)   if the n-gram c w was seen,
 *                α(c) · P(w | c′)                          otherwise,
 *     α(c) = (1 − Σ P(w | c)) / (1 − Σ P(w | c′)), sums over the words seen after c,
 *
 * c′ being c without its oldest word. Words never seen share what the discounts leave of the unigrams.
 * A context whose counts all exceed k would leave nothing: its denominator is count(c) + 1.
 *
 * @throws {RangeError} if the text is too small to estimate discounts
 */
export function katz(counts: NgramCounts, options: GoodTuringOptions = {}): BackoffModel {
  const { trie, vocabulary } = counts;
  const discounts = goodTuringDiscounts(counts, options);
  const probability = new Float64Array(trie.nodes);
  const backoff = new Float64Array(trie.levels[trie.order]).fill(1);
  fillUnigrams(counts, discounts[0], probability);
  for (let context = 1; context < backoff.length; context++) {
    const first = trie.firstChild[context], end = trie.firstChild[context + 1];
    if (first === end) continue; // no context: nothing follows </s>
    const d = discounts[trie.orderOf(context)];
    let seen = 0, shorter = 0; // Σ P(w | c) and Σ P(w | c′)
    for (let node = first; node < end; node++) {
      const r = counts.counts[node];
      seen += probability[node] = (d[r] ?? 1) * r / counts.counts[context];
      shorter += probability[trie.suffix[node]];
    }
    const isFull = seen > 1 - 1e-9, isAll = shorter > 1 - 1e-9;
    if (isFull || isAll) {
      const all = counts.counts[context], factor = isAll ? 1 / seen : all / (all + 1);
      for (let node = first; node < end; node++) probability[node] *= factor;
      seen *= factor;
    }
    backoff[context] = isAll ? 0 : (1 - seen) / (1 - shorter);
  }
  return new BackoffModel({
    vocabulary,
    trie,
    logProbability: logs(probability),
    logBackoff: logs(backoff),
  });
}

/** P(w) = d_r r / count of all words; what is left goes to the words never seen, in equal parts. */
function fillUnigrams(
  { trie, counts, vocabulary }: NgramCounts,
  discounts: Float64Array,
  probability: Float64Array,
): void {
  const start = trie.child(0, vocabulary.start);
  let seen = 0, unseen = 0;
  for (let node = trie.levels[1]; node < trie.levels[2]; node++) {
    if (node === start) continue;
    if (counts[node] === 0) unseen++;
    else seen += probability[node] = (discounts[counts[node]] ?? 1) * counts[node] / counts[0];
  }
  // what is not discounted leaves nothing: then as in every context, one is added to the denominator
  const all = unseen > 0 && seen > 1 - 1e-9 ? (counts[0] + 1) / counts[0] : 1;
  for (let node = trie.levels[1]; node < trie.levels[2]; node++) {
    if (node === start) continue;
    if (counts[node] === 0) probability[node] = (1 - seen / all) / unseen;
    else probability[node] /= unseen === 0 ? seen : all;
  }
}
