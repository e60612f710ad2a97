import type { Treebank } from "./sentence.ts";
import { SymbolTable } from "./symbol_table.ts";

/** The symbols a parser knows from its training. */
export interface Lexicon {
  /** Word forms. */
  readonly words: SymbolTable;
  /** Part-of-speech tags. */
  readonly tags: SymbolTable;
  /** Relations. */
  readonly labels: SymbolTable;
}

/** The symbols of a treebank. */
export function lexiconOf(treebank: Treebank): Lexicon {
  return {
    words: new SymbolTable(treebank.flatMap(({ words }) => words)),
    tags: new SymbolTable(treebank.flatMap(({ tags }) => tags)),
    labels: new SymbolTable(treebank.flatMap(({ tree }) => tree.labels)),
  };
}
