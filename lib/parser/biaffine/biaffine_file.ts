import { engine } from "#lib/engine/mod.ts";
import {
  type JsonValue,
  loadCheckpoint,
  putParameters,
  saveCheckpoint,
  type TrainingState,
} from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { SymbolTable } from "../symbol_table.ts";
import { BiaffineNetwork, type SymbolCounts } from "./biaffine_network.ts";
import { BiaffineParser } from "./biaffine_parser.ts";
import type { BiaffineSizes } from "./biaffine_sizes.ts";

const FORMAT = "biaffine-parser-1";

/** All of a parser but its weights. */
interface Config {
  format: typeof FORMAT;
  sizes: BiaffineSizes;
  counts: SymbolCounts;
  rootLabel: string;
  words: readonly string[];
  tags: readonly string[];
  affixes: readonly string[];
  labels: readonly string[];
}

/** What goes into a file besides the parser; `loadCheckpoint` gives it back. */
export interface SaveBiaffineParserOptions {
  /** Where its training stands, from a report. @default {nothing: it is done} */
  training?: TrainingState;
  /** Anything, as `config.notes`. @default {null} */
  notes?: JsonValue;
}

/** Writes a parser to a file (safetensors), which appears whole or not at all. */
export async function saveBiaffineParser(
  parser: BiaffineParser,
  path: string,
  { training, notes = null }: SaveBiaffineParserOptions = {},
): Promise<void> {
  const { network, lexicon, rootLabel } = parser.parts;
  const { sizes, counts } = network;
  const { words, tags, affixes, labels } = lexicon;
  const names = ({ names }: SymbolTable) => [...names];
  const config = {
    ...{ format: FORMAT, sizes: { ...sizes }, counts: { ...counts }, rootLabel, notes },
    ...{ words: names(words), tags: names(tags), affixes: names(affixes), labels: names(labels) },
  };
  await saveCheckpoint(path, { model: network, config, training });
}

/**
 * Reads a parser that {@linkcode saveBiaffineParser} wrote; the caller disposes it.
 *
 * @throws {SyntaxError} if the file is not such a parser, or damaged
 */
export async function loadBiaffineParser(path: string): Promise<BiaffineParser> {
  const checkpoint = await loadCheckpoint(path);
  const config = checkpoint.config as unknown as Config;
  if (config?.format !== FORMAT) {
    throw new SyntaxError(
      `Cannot read a parser from ${path}: expected the format "${FORMAT}", got` +
        ` ${JSON.stringify(config?.format)} (train it anew)`,
    );
  }
  const { sizes, counts, rootLabel, words, tags, affixes, labels } = config;
  const network = new BiaffineNetwork(await engine(), { sizes, counts, random: seeded(0) });
  putParameters(network, checkpoint.parameters);
  const table = (names: readonly string[]) => new SymbolTable(names);
  const lexicon = {
    ...{ words: table(words), tags: table(tags), affixes: table(affixes), labels: table(labels) },
  };
  return new BiaffineParser({ network, lexicon, rootLabel });
}
