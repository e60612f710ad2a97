/**
 * Splits text into words and runs of punctuation: the tokens are the matches of `\w+|[^\w\s]+`,
 * where `\w` is a letter or digit of any script or `_`, as in NLTK's `wordpunct_tokenize`.
 *
 * @example
 * ```ts
 * import { wordPunct } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wordPunct("U.S. shares rose 1.5 pct."), [
 *   "U", ".", "S", ".", "shares", "rose", "1", ".", "5", "pct", ".",
 * ]);
 * ```
 */
export function wordPunct(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]+/gu) ?? [];
}
