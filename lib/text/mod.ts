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
export { indexSentences } from "./index_sentences.ts";
export type { IndexedText, IndexOptions } from "./index_sentences.ts";
export { END, START, UNKNOWN, Vocabulary } from "./vocabulary.ts";
export { wordPunct } from "./word_punct.ts";
