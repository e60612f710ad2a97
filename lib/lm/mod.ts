/**
 * What a language model is, and all that can be done with any of them: perplexity, generation,
 * suggestions. Logarithms are natural.
 *
 * ```ts
 * import { complete, generate, perplexity } from "#lib/lm/mod.ts";
 * import { countNgrams, maximumLikelihood } from "#lib/ngram/mod.ts";
 * import { seeded } from "#lib/random/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose"], ["a", "rose"], ["a", "thorn"]]);
 * const model = maximumLikelihood(countNgrams(ids, { order: 2, vocabulary }));
 * console.log(perplexity(model, ids)); // 1.24: only "rose" and "thorn" are uncertain
 * console.log(complete(model, ["a"])[0].words); // ["rose"]
 * console.log(generate(model, { random: seeded(1) }));
 * ```
 *
 * @module
 */
export { complete } from "./complete.ts";
export type { CompleteOptions, Completion } from "./complete.ts";
export { drawIndex, reshape } from "./draw.ts";
export type { DrawOptions } from "./draw.ts";
export { generate } from "./generate.ts";
export type { GenerateOptions } from "./generate.ts";
export { interpolate, InterpolatedModel, interpolationWeights } from "./interpolate.ts";
export type { LanguageModel } from "./language_model.ts";
export { fitWeights, mixture } from "./mixture_weights.ts";
export type { Components, FittedWeights, FitWeightsOptions } from "./mixture_weights.ts";
export { correctSpelling } from "./correct_spelling.ts";
export type { CorrectSpellingOptions } from "./correct_spelling.ts";
export { countEdits, edits, LETTERS } from "./edits.ts";
export { misspell } from "./misspell.ts";
export type { MisspellOptions } from "./misspell.ts";
export { spellingErrors } from "./spelling_errors.ts";
export type { SpellingErrors } from "./spelling_errors.ts";
export { LanguageModelClassifier } from "./language_model_classifier.ts";
export type { ClassLanguage } from "./language_model_classifier.ts";
export { Fit, fit, perplexity } from "./perplexity.ts";
