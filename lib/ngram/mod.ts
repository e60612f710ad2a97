/**
 * Language models that count: n-grams, smoothing, back-off. All probabilities are natural
 * logarithms; nothing here loads a tensor library.
 *
 * ```ts
 * import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose"], ["a", "rose"], ["a", "thorn"]]);
 * const model = kneserNey(countNgrams(ids, { order: 2, vocabulary }), { onBadDiscount: "fallback" });
 * console.log(model.score(ids));
 * ```
 *
 * @module
 */
export { adjustedCounts } from "./adjusted_counts.ts";
export { addDelta, AddDeltaModel } from "./add_delta.ts";
export { backoff, stupidBackoff } from "./backoff.ts";
export { BackoffModel } from "./backoff_model.ts";
export type { BackoffParameters } from "./backoff_model.ts";
export { discountsFrom, kneserNeyDiscounts } from "./discounts.ts";
export type { DiscountOptions, Discounts } from "./discounts.ts";
export { CountingModel } from "./counting_model.ts";
export { goodTuringDiscounts } from "./good_turing.ts";
export type { GoodTuringOptions } from "./good_turing.ts";
export { jelinekMercer, JelinekMercerModel } from "./jelinek_mercer.ts";
export type { JelinekMercerOptions } from "./jelinek_mercer.ts";
export { katz } from "./katz.ts";
export { checkThresholds } from "./check_thresholds.ts";
export { kneserNey } from "./kneser_ney.ts";
export type { KneserNeyOptions } from "./kneser_ney.ts";
export { maximumLikelihood, MaximumLikelihoodModel } from "./maximum_likelihood.ts";
export { countNgrams, NgramCounter } from "./ngram_counts.ts";
export type { CountOptions, NgramCounts } from "./ngram_counts.ts";
export { unigramCache, UnigramCacheModel } from "./unigram_cache.ts";
export type { CacheState, UnigramCacheOptions } from "./unigram_cache.ts";
export { NgramTrie } from "./ngram_trie.ts";
export type { NgramTrieArrays } from "./ngram_trie.ts";
export { arpaNumber, formatArpa, parseArpa, readArpa, writeArpa } from "./arpa.ts";
export { formatBinary, parseBinary, readBinary, writeBinary } from "./binary.ts";
export { Adjustment } from "./snm/adjustment.ts";
export type { FeatureFacts } from "./snm/adjustment.ts";
export { ngramShapes, reach, skipGramShapes } from "./snm/context_shape.ts";
export type { ContextShape, SkipGramOptions } from "./snm/context_shape.ts";
export { countFeatures, findPair, placesOf } from "./snm/feature_counts.ts";
export type { CountFeaturesOptions, FeatureCounts, Place } from "./snm/feature_counts.ts";
export { FeatureTable } from "./snm/feature_table.ts";
export type { Active } from "./snm/feature_table.ts";
export { HeldOutBatch } from "./snm/held_out_batch.ts";
export { SparseNonnegativeModel } from "./snm/sparse_nonnegative.ts";
export { trainHeldOut } from "./snm/train_held_out.ts";
export type { TrainAdjustmentOptions } from "./snm/train_held_out.ts";
export { poissonLoss, trainLeaveOneOut } from "./snm/train_leave_one_out.ts";
