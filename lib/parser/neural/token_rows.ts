import { type Configuration, NONE } from "../configuration.ts";
import { assertTagged } from "../_equal_columns.ts";
import type { Sentence } from "../sentence.ts";
import {
  type NeuralLexicon,
  NULL_ROW,
  ROOT_ROW,
  suffixOf,
  UNKNOWN_ROW,
  wordRow,
} from "./neural_lexicon.ts";
import type { TokenGroup } from "./token_groups.ts";
import { findTokens, LABELLED_PLACES, placeNames, type TokenDepths } from "./token_places.ts";

/**
 * How rows of embedding matrices are numbered: row r of group g at place p has the number
 * `bases[g][r] + p · step`.
 */
export interface RowNumbers {
  /** Of each group, the number of each row at its first place. */
  readonly bases: readonly Int32Array[];
  /** What is added from place to place. */
  readonly step: 0 | 1;
}

/** The numbers of the rows themselves. */
export function plainRows(groups: readonly TokenGroup[]): RowNumbers {
  return {
    bases: groups.map(({ rows }) => Int32Array.from({ length: rows }, (_, r) => r)),
    step: 0,
  };
}

/** The rows of a sentence's words in each group but the labels: NULL, ROOT, then the words. */
export type SentenceRows = readonly Int32Array[];

/**
 * Looks a sentence's words, tags and suffixes up.
 *
 * @throws {RangeError} if it has not as many tags as words
 */
export function sentenceRows(
  sentence: Pick<Sentence, "words" | "tags">,
  lexicon: NeuralLexicon,
): SentenceRows {
  assertTagged(sentence);
  const { words, tags } = sentence, { suffixes } = lexicon;
  const known = (id: number) => id === NONE ? UNKNOWN_ROW : id;
  const column = (rows: number[]) => Int32Array.of(NULL_ROW, ROOT_ROW, ...rows);
  return [
    column(words.map((word) => wordRow(lexicon, word))),
    column(tags.map((tag) => known(lexicon.tags.id(tag)))),
    ...(suffixes ? [column(words.map((word) => known(suffixes.id(suffixOf(word)))))] : []),
  ];
}

/** Numbers a sentence's rows as the reader of {@linkcode TokenRows} wants them. */
export function numbered(rows: SentenceRows, { bases }: RowNumbers): SentenceRows {
  return rows.map((column, g) => column.map((row) => bases[g][row]));
}

/** Reads the tokens of configurations, as numbers of embedding rows, without allocating. */
export class TokenRows {
  /** Numbers a configuration has: one for each group and place. */
  readonly size: number;
  readonly #depths: TokenDepths;
  readonly #tokens: Int32Array;
  readonly #labelBases: Int32Array;
  readonly #step: number;

  constructor(groups: readonly TokenGroup[], depths: TokenDepths, { bases, step }: RowNumbers) {
    this.size = groups.reduce((sum, { places }) => sum + places, 0);
    this.#depths = depths;
    this.#tokens = new Int32Array(placeNames(depths).length);
    this.#labelBases = bases.at(-1)!;
    this.#step = step;
  }

  /** Writes the numbers to `out`, from place `at` on. */
  read(c: Configuration, sentence: SentenceRows, out: Int32Array, at: number): void {
    const tokens = this.#tokens, step = this.#step, count = tokens.length;
    findTokens(c, this.#depths, tokens);
    for (let g = 0; g < sentence.length; g++) {
      const rows = sentence[g];
      for (let p = 0; p < count; p++) out[at++] = rows[tokens[p] + 1] + p * step;
    }
    const labels = c.labels, bases = this.#labelBases;
    for (let p = 0; p < LABELLED_PLACES; p++) {
      const word = tokens[count - LABELLED_PLACES + p];
      out[at++] = bases[word < 0 ? NULL_ROW : labels[word]] + p * step;
    }
  }
}
