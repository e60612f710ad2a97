import { logRelativeFrequencies } from "./_relative_frequencies.ts";
import { BackoffModel } from "./backoff_model.ts";
import type { NgramCounts } from "./ngram_counts.ts";

/**
 * Back-off as the lecture describes it: where "students opened their" was never seen, condition on
 * "opened their" instead.
 *
 *     P(w | c) = count(c w) / count(c)   if the context c was seen,
 *                P(w | c′)               otherwise, c′ being c without its oldest word.
 *
 * It always gives a distribution, but still 0 to words not seen after a context that was.
 */
export function backoff(counts: NgramCounts): BackoffModel {
  return fromFrequencies(counts, -Infinity);
}

/**
 * Stupid back-off (Brants et al. 2007), for corpora so large that nothing better is needed:
 *
 *     S(w | c) = count(c w) / count(c)   if that is not 0,
 *                factor · S(w | c′)      otherwise.
 *
 * These are scores and not probabilities: over all words they sum to more than 1. Words are drawn in
 * proportion to them.
 *
 * @param factor weight of the shorter context
 * @throws {RangeError} if the factor is not above 0 and at most 1
 */
export function stupidBackoff(counts: NgramCounts, factor = 0.4): BackoffModel {
  if (!(factor > 0 && factor <= 1)) {
    throw new RangeError(
      `Cannot build a stupid back-off model: expected a factor above 0 and at most 1, got ${factor}`,
    );
  }
  return fromFrequencies(counts, Math.log(factor));
}

function fromFrequencies(counts: NgramCounts, logFactor: number): BackoffModel {
  const { vocabulary, trie } = counts;
  const logBackoff = new Float64Array(trie.levels[trie.order]);
  for (let context = 0; context < logBackoff.length; context++) {
    const isContext = trie.firstChild[context] < trie.firstChild[context + 1];
    logBackoff[context] = isContext ? logFactor : 0;
  }
  return new BackoffModel({
    vocabulary,
    trie,
    logProbability: logRelativeFrequencies(counts),
    logBackoff,
    isNormalized: logFactor === -Infinity,
  });
}
