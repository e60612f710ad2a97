/**
 * What a tagger is, and all that can be done with any of them: accuracy, phrases and their F₁, and
 * the baseline to beat. It loads no tensor library.
 *
 * ```ts
 * import { MajorityTagger, tagAccuracy } from "#lib/tagging/mod.ts";
 *
 * const sentences = [{ words: ["time", "flies"], tags: ["NOUN", "VERB"] }];
 * const tagger = new MajorityTagger(sentences);
 * console.log(tagAccuracy(sentences, await tagger.tag([["time", "flies"]]))); // 1
 * ```
 *
 * @module
 */
export { MajorityTagger } from "./majority_tagger.ts";
export { PhraseScore, phrasesOf, scorePhrases, type TaggedPhrase } from "./phrases.ts";
export { tagAccuracy } from "./tag_accuracy.ts";
export type { TaggedSentence, Tagger } from "./tagger.ts";
