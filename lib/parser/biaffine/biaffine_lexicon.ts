import { AFFIXES, affixesOf } from "#lib/rnn/mod.ts";
import { NONE } from "../configuration.ts";
import { assertTagged } from "../_equal_columns.ts";
import type { Sentence, Treebank } from "../sentence.ts";
import { SymbolTable } from "../symbol_table.ts";

/** The symbols a biaffine parser knows; those of words, tags and affixes begin with the two below. */
export interface BiaffineLexicon {
  /** Word forms in lower case. */
  readonly words: SymbolTable;
  /** Part-of-speech tags. */
  readonly tags: SymbolTable;
  /** Beginnings and ends of words; none in a parser that takes words as wholes. */
  readonly affixes: SymbolTable;
  /** Relations. */
  readonly labels: SymbolTable;
}

/** Id of whatever was not seen (often enough) in training. */
export const UNKNOWN = 0;
/** Id of ROOT, which stands before the words of each sentence. */
export const ROOT = 1;
const RESERVED = ["<unknown>", "<root>"];

/** What {@linkcode biaffineLexicon} keeps. */
export interface BiaffineLexiconOptions {
  /** Words and affixes seen less often are unknown ones. @default {2} */
  leastCount?: number;
  /** Whether affixes are kept. @default {false} */
  affixes?: boolean;
}

/** The symbols of a treebank. */
export function biaffineLexicon(
  treebank: Treebank,
  { leastCount = 2, affixes = false }: BiaffineLexiconOptions = {},
): BiaffineLexicon {
  const words = treebank.flatMap(({ words }) => words);
  const table = (names: readonly string[]) => new SymbolTable([...RESERVED, ...names]);
  return {
    words: table(frequent(words.map((word) => word.toLowerCase()), leastCount)),
    tags: table(treebank.flatMap(({ tags }) => tags)),
    affixes: table(affixes ? frequent(words.flatMap(affixesOf), leastCount) : []),
    labels: new SymbolTable(treebank.flatMap(({ tree }) => tree.labels)),
  };
}

function frequent(names: readonly string[], least: number): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.keys()].filter((name) => counts.get(name)! >= least);
}

/** A sentence as numbers, ROOT at place 0. */
export interface EncodedSentence {
  /** Shape [n + 1]. */
  readonly words: Int32Array;
  /** Shape [n + 1]. */
  readonly tags: Int32Array;
  /** Shape [n + 1, AFFIXES]; empty if the lexicon has none. */
  readonly affixes: Int32Array;
}

/**
 * Looks a sentence's symbols up.
 *
 * @throws {RangeError} if it has not as many tags as words
 */
export function encodeSentence(sentence: Sentence, lexicon: BiaffineLexicon): EncodedSentence {
  assertTagged(sentence);
  const ids = (names: readonly string[], table: SymbolTable) =>
    names.map((name) => {
      const id = table.id(name);
      return id === NONE ? UNKNOWN : id;
    });
  const { words, tags } = sentence;
  const hasAffixes = lexicon.affixes.size > RESERVED.length;
  return {
    words: Int32Array.of(ROOT, ...ids(words.map((word) => word.toLowerCase()), lexicon.words)),
    tags: Int32Array.of(ROOT, ...ids(tags, lexicon.tags)),
    affixes: hasAffixes
      ? Int32Array.of(
        ...new Array<number>(AFFIXES).fill(ROOT),
        ...ids(words.flatMap(affixesOf), lexicon.affixes),
      )
      : new Int32Array(0),
  };
}
