/**
 * What a language model is, and all that can be done with any of them: perplexity, generation,
 * suggestions. Logarithms are natural.
 *
 * @module
 */
export type { LanguageModel } from "./language_model.ts";
