import { NONE } from "../configuration.ts";
import type { WordVectors } from "#lib/nn/mod.ts";
import type { Treebank } from "../sentence.ts";
import { SymbolTable } from "../symbol_table.ts";

/** The first rows of every embedding matrix; labels have the first only. */
export const SPECIALS = ["-NULL-", "-ROOT-", "-UNKNOWN-"] as const;
/** Row of an empty place. */
export const NULL_ROW = 0;
/** Row of ROOT. */
export const ROOT_ROW = 1;
/** Row of whatever is not known. */
export const UNKNOWN_ROW = 2;

/** How {@linkcode neuralLexicon} chooses words. */
export interface NeuralLexiconOptions {
  /** Words seen less often in training are unknown, so that -UNKNOWN- is learned. @default {2} */
  cutoff?: number;
  /**
   * Words that have vectors: a word below the cutoff is known if it, or its lower case, is among them.
   * @default {none}
   */
  further?: Iterable<string>;
  /** Whether suffixes of up to three letters have embeddings too. @default {false} */
  suffixes?: boolean;
}

/** The rows of a network's embedding matrices. */
export interface NeuralLexicon {
  /** E^w: the specials, then the words of the training trees, the commonest first. */
  readonly words: SymbolTable;
  /** E^t: the specials, then the tags. */
  readonly tags: SymbolTable;
  /** E^l: -NULL-, then the labels. */
  readonly labels: SymbolTable;
  /** E^x: the specials, then endings of words; only if the network has them. */
  readonly suffixes?: SymbolTable;
}

/** The symbols of a treebank as rows of embedding matrices. */
export function neuralLexicon(
  treebank: Treebank,
  { cutoff = 2, further = [], suffixes = false }: NeuralLexiconOptions = {},
): NeuralLexicon {
  const all = treebank.flatMap(({ words }) => words), common = byFrequency(all, cutoff);
  const endings = () => byFrequency(treebank.flatMap(({ words }) => words.map(suffixOf)), 5);
  return {
    words: new SymbolTable([...SPECIALS, ...common, ...rareAmong(all, { common, further })]),
    tags: new SymbolTable([...SPECIALS, ...byFrequency(treebank.flatMap(({ tags }) => tags), 1)]),
    labels: new SymbolTable([SPECIALS[0], ...treebank.flatMap(({ tree }) => tree.labels)]),
    ...(suffixes ? { suffixes: new SymbolTable([...SPECIALS, ...endings()]) } : {}),
  };
}

function byFrequency(names: readonly string[], least: number): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= least);
  return kept.sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** What of `further` stands for words that are not common: themselves, or their lower case. */
function rareAmong(
  all: readonly string[],
  { common, further }: { common: readonly string[]; further: Iterable<string> },
): string[] {
  const known = new Set(common), given = new Set(further);
  return all.filter((word) => !known.has(word))
    .map((word) => given.has(word) ? word : word.toLowerCase())
    .filter((word) => given.has(word));
}

/** The last three letters of a word, in lower case, and whether it begins with a capital. */
export function suffixOf(word: string): string {
  const isCapital = word[0] !== word[0]?.toLowerCase();
  return `${isCapital ? "^" : ""}-${word.slice(-3).toLowerCase()}`;
}

/** Embeddings of words that have vectors; the others keep what they have. */
export function putVectors(
  embeddings: Float32Array,
  { words }: NeuralLexicon,
  given: WordVectors,
): void {
  const { width, vectors } = given, rowOf = new Map(given.words.map((word, i) => [word, i]));
  for (const [row, word] of words.names.entries()) {
    const at = rowOf.get(word) ?? rowOf.get(word.toLowerCase());
    if (at === undefined) continue;
    embeddings.set(vectors.subarray(at * width, (at + 1) * width), row * width);
  }
}

/** A word's row: its own, else that of its lower case, else -UNKNOWN-. */
export function wordRow({ words }: NeuralLexicon, word: string): number {
  const id = words.id(word);
  if (id !== NONE) return id;
  const lower = words.id(word.toLowerCase());
  return lower === NONE ? UNKNOWN_ROW : lower;
}
