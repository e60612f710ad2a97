/**
 * From characters to numbers: tokens, vocabularies, streams of word ids.
 *
 * ```ts
 * import { indexSentences, wordPunct } from "#lib/text/mod.ts";
 *
 * const sentences = ["the cat sat .", "the dog sat ."].map(wordPunct);
 * const { vocabulary, ids } = indexSentences(sentences);
 * console.log(vocabulary.size, vocabulary.decode(ids).join(" "));
 * ```
 *
 * @module
 */
export { characters } from "./characters.ts";
export { contiguousBatches } from "./contiguous_batches.ts";
export type { BatchOptions, TokenBatch } from "./contiguous_batches.ts";
export { indexSentences } from "./index_sentences.ts";
export type { IndexedText, IndexOptions } from "./index_sentences.ts";
export { OpenVocabulary } from "./open_vocabulary.ts";
export { splitSentences } from "./split_sentences.ts";
export type { SplitSentencesOptions } from "./split_sentences.ts";
export { treebankTokenize } from "./treebank_tokenize.ts";
export { END, START, UNKNOWN, Vocabulary } from "./vocabulary.ts";
export { wordPunct } from "./word_punct.ts";
