import { readModelFile, writeModelFile } from "./_model_file.ts";
import { fromSparse, type SparseWeights, toSparse } from "./_sparse_weights.ts";
import type { MaltModel } from "./malt_model.ts";
import { MaltParser } from "./malt_parser.ts";
import { SymbolTable } from "./symbol_table.ts";
import { TransitionInventory } from "./transition_inventory.ts";
import type { Move } from "./transition_system.ts";

const FORMAT = "malt-parser-1";

interface Header {
  algorithm: MaltModel["algorithm"];
  words: readonly string[];
  tags: readonly string[];
  labels: readonly string[];
  rootLabel: number;
  /** Move and label id of each transition. */
  transitions: [Move, number][];
}

/**
 * Writes a trained parser to a file: only weights other than 0, compressed. The file appears whole
 * or not at all.
 */
export function saveMaltParser({ model }: MaltParser, path: string): void {
  const { algorithm, lexicon, rootLabel, transitions } = model;
  const header: Header = {
    ...{ algorithm, rootLabel },
    words: lexicon.words.names,
    tags: lexicon.tags.names,
    labels: lexicon.labels.names,
    transitions: [...transitions.moves].map((move, i) => [move as Move, transitions.labels[i]]),
  };
  writeModelFile(path, FORMAT, { header, arrays: toSparse(model, transitions.size) });
}

/**
 * Reads a parser that {@linkcode saveMaltParser} wrote; it parses exactly as that one did.
 *
 * @throws {SyntaxError} if the file is not such a parser, or damaged
 */
export function loadMaltParser(path: string): MaltParser {
  const { header, arrays } = readModelFile<Header, SparseWeights>(path, FORMAT);
  const transitions = new TransitionInventory(
    header.transitions.map(([move, label]) => ({ move, label })),
  );
  return new MaltParser({
    algorithm: header.algorithm,
    lexicon: {
      words: new SymbolTable(header.words),
      tags: new SymbolTable(header.tags),
      labels: new SymbolTable(header.labels),
    },
    rootLabel: header.rootLabel,
    transitions,
    ...fromSparse(arrays, transitions.size),
  });
}
