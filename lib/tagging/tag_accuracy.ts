import type { TaggedSentence } from "./tagger.ts";

/**
 * The share of words that got their tag, from 0 to 1.
 *
 * @param sentences with the right tags
 * @param found a list of tags for each
 * @throws {RangeError} if there are no words, or the lists do not fit
 */
export function tagAccuracy(
  sentences: readonly TaggedSentence[],
  found: readonly (readonly string[])[],
): number {
  checkTags(sentences, found);
  let right = 0, words = 0;
  sentences.forEach(({ tags }, s) => {
    words += tags.length;
    tags.forEach((tag, t) => right += Number(tag === found[s][t]));
  });
  if (words === 0) throw new RangeError("Cannot take the accuracy: expected words, got none");
  return right / words;
}

/** Throws unless there is one list of tags a sentence, with one tag a word. */
export function checkTags(
  sentences: readonly TaggedSentence[],
  found: readonly (readonly string[])[],
): void {
  if (found.length !== sentences.length) {
    throw new RangeError(
      `Cannot score tags: expected those of ${sentences.length} sentences, got ${found.length}`,
    );
  }
  const bad = sentences.findIndex(({ tags }, s) => tags.length !== found[s].length);
  if (bad < 0) return;
  throw new RangeError(
    `Cannot score sentence ${bad + 1}: expected ${sentences[bad].tags.length} tags, ` +
      `got ${found[bad].length}`,
  );
}
