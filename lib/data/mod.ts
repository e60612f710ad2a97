/**
 * Where text comes from. Corpora that are npm packages ({@linkcode readBrown},
 * {@linkcode readStateOfTheUnion}, {@linkcode readMobyDick}, {@linkcode readColorNames}, {@linkcode readPronouncingDictionary}) are always
 * there; the others ({@linkcode readReuters}, {@linkcode readPennTreebankText},
 * {@linkcode readEnglishWebTreebank}, {@linkcode readNltk}, {@linkcode readSentencePolarity},
 * {@linkcode readQuestions}) are looked for in the cache and on a
 * mirror, and a {@linkcode DataError} names the command that brings what is missing. No package is
 * loaded before the first use.
 *
 * ```ts
 * import { DataError, readReuters } from "#lib/data/mod.ts";
 *
 * try {
 *   console.log((await readReuters()).length);
 * } catch (error) {
 *   if (!(error instanceof DataError)) throw error;
 *   console.log(error.command);
 * }
 * ```
 *
 * @module
 */
export { parseBrown, readBrown } from "./brown.ts";
export type { BrownSentence } from "./brown.ts";
export { readColorNames } from "./color_names.ts";
export type { NamedColor } from "./color_names.ts";
export { DataError, explained, fetchCommand } from "./data_error.ts";
export type { DataErrorCode, DataErrorOptions } from "./data_error.ts";
export type { DataOptions, DataProgress, ObtainOptions, TransferOptions } from "./data_options.ts";
export { readEnglishWebTreebank } from "./english_web_treebank.ts";
export type { TreebankTexts } from "./english_web_treebank.ts";
export { generateRecipes } from "./generated_recipes.ts";
export type { GeneratedRecipe } from "./generated_recipes.ts";
export { parseEntities, readEntities } from "./entities.ts";
export type { Entities, EntityLanguage, EntitySentence } from "./entities.ts";
export { holdOutEveryTenth } from "./hold_out.ts";
export type { HeldOut } from "./hold_out.ts";
export { inspectDataset } from "./inspect_dataset.ts";
export type { FileReport, InspectOptions } from "./inspect_dataset.ts";
export { readMobyDick } from "./moby_dick.ts";
export type { Chapter } from "./moby_dick.ts";
export { readNltk } from "./nltk.ts";
export type { NltkCorpus } from "./nltk.ts";
export { cacheFolder, obtainFiles } from "./obtain_files.ts";
export { readPennTreebankPart, readPennTreebankText } from "./penn_treebank.ts";
export type { SplitText } from "./penn_treebank.ts";
export { progressLine } from "./progress_line.ts";
export type { ProgressStream } from "./progress_line.ts";
export { parseQuestions, readQuestions } from "./questions.ts";
export type { Question, Questions } from "./questions.ts";
export { readPronouncingDictionary } from "./pronouncing_dictionary.ts";
export type { PronouncedWord, PronouncingDictionary } from "./pronouncing_dictionary.ts";
export { datasets, findDataset } from "./registry.ts";
export type { Dataset, DatasetFile } from "./registry.ts";
export { parseReuters, readReuters, selectSharedTopics } from "./reuters.ts";
export type { ReutersDocument } from "./reuters.ts";
export { parseReviewSentences, readSentencePolarity } from "./sentence_polarity.ts";
export type { Polarity, ReviewSentence, SentencePolarity } from "./sentence_polarity.ts";
export { readStateOfTheUnion } from "./state_of_the_union.ts";
export type { Speech } from "./state_of_the_union.ts";
