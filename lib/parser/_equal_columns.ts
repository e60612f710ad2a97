import { assertHeads } from "./dependency_tree.ts";
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
 * Checks that a sentence has a tag, a head and a label for each word, and that the heads make a tree.
 *
 * @throws {RangeError} if it has not, or they do not
 */
export function assertAnnotated({ words, tags, tree }: AnnotatedSentence): void {
  assertForEach(words, "tag", tags);
  assertForEach(words, "head", tree.heads);
  assertForEach(words, "label", tree.labels);
  if (words.length === 0) return;
  assertHeads(tree.heads, { doing: `read the sentence ${beginning(words)}`, severalRoots: true });
}

function beginning(words: readonly string[]): string {
  return `"${words.slice(0, 8).join(" ")}"`;
}

function assertForEach(words: readonly string[], what: string, { length }: ArrayLike<unknown>) {
  if (length === words.length) return;
  throw new RangeError(
    `Cannot read the sentence ${beginning(words)}: expected a ${what} for each of` +
      ` ${words.length} words, got ${length}`,
  );
}
