import type { TaggedSentence } from "#lib/tagging/mod.ts";
import { END, indexSentences, START, type Vocabulary } from "#lib/text/mod.ts";
import { affixesOf } from "../input/affixes.ts";

/** The symbols a {@linkcode RecurrentTagger} knows. */
export interface TaggerLexicon {
  /** Word forms in lower case; those not seen (often enough) are `<unk>`. */
  readonly words: Vocabulary;
  /** Beginnings and ends of words as they stand in the text. */
  readonly affixes: Vocabulary;
  /** The tags: the classes, in the order of their ids. */
  readonly tags: readonly string[];
}

/** A sentence as numbers. */
export interface EncodedWords {
  /** Shape [n]. */
  readonly words: Int32Array;
  /** Shape [n, AFFIXES]. */
  readonly affixes: Int32Array;
}

/** The words, affixes and tags of sentences; words and affixes seen less often are `<unk>`. */
export function taggerLexicon(
  sentences: readonly TaggedSentence[],
  { leastCount }: { leastCount: number },
): TaggerLexicon {
  const symbols = (of: (words: readonly string[]) => string[]) =>
    indexSentences(sentences.map(({ words }) => of(words)), { minCount: leastCount }).vocabulary;
  return {
    words: symbols(formsOf),
    affixes: symbols((words) => words.flatMap(affixesOf)),
    tags: [...new Set(sentences.flatMap(({ tags }) => tags))],
  };
}

/** Looks a sentence's words and their affixes up. */
export function encodeWords(
  words: readonly string[],
  lexicon: Pick<TaggerLexicon, "words" | "affixes">,
): EncodedWords {
  return {
    words: lexicon.words.encode(formsOf(words)),
    affixes: lexicon.affixes.encode(words.flatMap(affixesOf)),
  };
}

/** Words in lower case; one that looks like a mark is written another way. */
function formsOf(words: readonly string[]): string[] {
  return words.map((word) => word.toLowerCase())
    .map((form) => form === START || form === END ? `\\${form}` : form);
}
