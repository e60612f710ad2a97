/**
 * Splits text into words and runs of punctuation: the tokens are the matches of `\w+|[^\w\s]+`
 * (ASCII word characters), as in NLTK's `wordpunct_tokenize`.
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
  return text.match(/\w+|[^\w\s]+/g) ?? [];
}
