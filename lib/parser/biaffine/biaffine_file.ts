import { loadModel, saveCheckpoint, type SaveModelOptions } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { SymbolTable } from "../symbol_table.ts";
import { BiaffineNetwork, type SymbolCounts } from "./biaffine_network.ts";
import { BiaffineParser } from "./biaffine_parser.ts";
import type { BiaffineSizes } from "./biaffine_sizes.ts";

const FORMAT = "biaffine-parser-1";

/** All of a parser but its weights. */
interface Config {
  sizes: BiaffineSizes;
  counts: SymbolCounts;
  rootLabel: string;
  words: readonly string[];
  tags: readonly string[];
  affixes: readonly string[];
  labels: readonly string[];
}

/** Writes a parser to a file (safetensors), which appears whole or not at all. */
export async function saveBiaffineParser(
  parser: BiaffineParser,
  path: string,
  { training, notes = null }: SaveModelOptions = {},
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
  const { model: network, config } = await loadModel(path, {
    ...{ format: FORMAT, what: "a parser" },
    build: (engine, { sizes, counts }: Config) =>
      new BiaffineNetwork(engine, { sizes, counts, random: seeded(0) }),
  });
  const { rootLabel, words, tags, affixes, labels } = config;
  const table = (names: readonly string[]) => new SymbolTable(names);
  const lexicon = {
    ...{ words: table(words), tags: table(tags), affixes: table(affixes), labels: table(labels) },
  };
  return new BiaffineParser({ network, lexicon, rootLabel });
}
