/**
 * The characters of a text (Unicode code points, composed: é is one), so that a language model of
 * words becomes one of characters: {@linkcode indexSentences} gives their vocabulary, and `</s>`
 * ends each text. `join("")` puts them together again.
 *
 * @example
 * ```ts
 * import { characters, indexSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { vocabulary, ids } = indexSentences(["Sea", "Été"].map(characters));
 * assertEquals(vocabulary.decode(ids).join(" "), "S e a </s> É t é </s>");
 * ```
 */
export function characters(text: string): string[] {
  return Array.from(text.normalize("NFC"));
}
