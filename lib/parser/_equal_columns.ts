import type { AnnotatedSentence, Sentence } from "./sentence.ts";

/**
 * Checks that a sentence has a tag for each word.
 *
 * @throws {RangeError} if it has not
 */
export function assertTagged({ words, tags }: Pick<Sentence, "words" | "tags">): void {
  assertForEach(words, "tag", tags);
}

/**
 * Checks that a sentence has a tag, a head and a label for each word.
 *
 * @throws {RangeError} if it has not
 */
export function assertAnnotated({ words, tags, tree }: AnnotatedSentence): void {
  assertForEach(words, "tag", tags);
  assertForEach(words, "head", tree.heads);
  assertForEach(words, "label", tree.labels);
}

function assertForEach(words: readonly string[], what: string, { length }: ArrayLike<unknown>) {
  if (length === words.length) return;
  throw new RangeError(
    `Cannot read the sentence "${words.slice(0, 8).join(" ")}": expected a ${what} for each of` +
      ` ${words.length} words, got ${length}`,
  );
}
