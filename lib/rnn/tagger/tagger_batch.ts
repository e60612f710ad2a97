import type { Epoch } from "#lib/nn/mod.ts";
import { shuffled } from "#lib/random/mod.ts";
import type { TaggedSentence } from "#lib/tagging/mod.ts";
import { byLength } from "../by_length.ts";
import { type EncodedWords, encodeWords, type TaggerLexicon } from "./tagger_lexicon.ts";

/** Sentences one after the other, nothing between them: N words. Plain data. */
export interface TaggerBatch extends EncodedWords {
  /** Words of each sentence; their sum is N. */
  readonly lengths: Int32Array;
  /** The right tag of each word, shape [N]; empty where they are not known. */
  readonly tags: Int32Array;
}

/** A sentence with its tags, as numbers. */
export interface TaggerExample extends EncodedWords {
  /** Shape [n]. */
  readonly tags: Int32Array;
}

/** Puts sentences one after the other. */
export function joinExamples(
  examples: readonly (EncodedWords & Partial<TaggerExample>)[],
): TaggerBatch {
  const join = (parts: readonly Int32Array[]) => {
    const joined = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
    parts.reduce((at, part) => (joined.set(part, at), at + part.length), 0);
    return joined;
  };
  return {
    lengths: Int32Array.from(examples, ({ words }) => words.length),
    words: join(examples.map(({ words }) => words)),
    affixes: join(examples.map(({ affixes }) => affixes)),
    tags: join(examples.map(({ tags }) => tags ?? new Int32Array(0))),
  };
}

/**
 * Batches of sentences of nearly equal length, of at most so many words: new ones, in a new order,
 * each epoch. Sentences without words are left out.
 *
 * @throws {RangeError} if a tag is not in the lexicon
 */
export function taggerBatches(
  sentences: readonly TaggedSentence[],
  lexicon: TaggerLexicon,
  { words }: { words: number },
): Epoch<TaggerBatch> {
  const ids = new Map(lexicon.tags.map((tag, id) => [tag, id]));
  const tagId = (tag: string) => {
    const id = ids.get(tag);
    if (id !== undefined) return id;
    throw new RangeError(`Cannot learn the tag "${tag}": it is not among the tagger's classes`);
  };
  const examples = sentences.filter(({ words }) => words.length > 0).map((sentence) => ({
    ...encodeWords(sentence.words, lexicon),
    tags: Int32Array.from(sentence.tags, tagId),
  }));
  return (random) =>
    shuffled(byLength(shuffled(examples, random), words).map(joinExamples), random);
}
