import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { FeatureTable } from "./feature_table.ts";
import type { MaltModel } from "./malt_model.ts";
import { MaltParser } from "./malt_parser.ts";
import { SymbolTable } from "./symbol_table.ts";
import { TransitionInventory } from "./transition_inventory.ts";
import type { Move } from "./transition_system.ts";

const FORMAT = "malt-parser-1";

/** First line of the file, JSON; after it come the arrays: keys, row lengths, columns, weights. */
interface Header {
  format: typeof FORMAT;
  algorithm: MaltModel["algorithm"];
  words: readonly string[];
  tags: readonly string[];
  labels: readonly string[];
  rootLabel: number;
  /** Move and label id of each transition. */
  transitions: [Move, number][];
  /** Number of features with a weight other than 0. */
  features: number;
  /** Number of weights other than 0. */
  weights: number;
}

/**
 * Writes a trained parser to a file: only weights other than 0, compressed. The file appears whole
 * or not at all.
 */
export function saveMaltParser(parser: MaltParser, path: string): void {
  const temporary = `${path}.part`;
  try {
    writeFileSync(temporary, gzipSync(serialize(parser.model)));
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Reads a parser that {@linkcode saveMaltParser} wrote; it parses exactly as that one did.
 *
 * @throws {SyntaxError} if the file is not such a parser, or damaged
 */
export function loadMaltParser(path: string): MaltParser {
  const fail = (found: string): never => {
    throw new SyntaxError(
      `Cannot read a parser from ${path}: expected a file of saveMaltParser(), got ${found}` +
        ` (train it anew)`,
    );
  };
  let bytes = new Uint8Array();
  const file = readFileSync(path);
  try {
    bytes = new Uint8Array(gunzipSync(file)); // verifies length and CRC-32
  } catch (error) {
    fail(`damaged or foreign data: ${(error as Error).message}`);
  }
  const end = bytes.indexOf(0x0a);
  let header: Header | undefined;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(0, Math.max(end, 0))));
  } catch {
    fail("no header");
  }
  if (header?.format !== FORMAT) return fail(`the format ${JSON.stringify(header?.format)}`);
  return new MaltParser(deserialize(header, bytes.slice(end + 1).buffer));
}

function serialize(model: MaltModel): Uint8Array {
  const { lexicon, transitions } = model;
  const { keys, lengths, columns, weights } = sparse(model);
  const header: Header = {
    format: FORMAT,
    algorithm: model.algorithm,
    words: lexicon.words.names,
    tags: lexicon.tags.names,
    labels: lexicon.labels.names,
    rootLabel: model.rootLabel,
    transitions: [...transitions.moves].map((move, i) => [move as Move, transitions.labels[i]]),
    features: lengths.length,
    weights: weights.length,
  };
  const parts = [
    new TextEncoder().encode(JSON.stringify(header) + "\n"),
    ...[keys, weights, lengths, columns].map((array) => new Uint8Array(array.buffer)),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Features with their weights other than 0, row by row. */
function sparse({ features, transitions, weights }: MaltModel): {
  keys: Int32Array;
  lengths: Uint16Array;
  columns: Uint16Array;
  weights: Float32Array;
} {
  const all = features.keys(), k = transitions.size;
  const keys: number[] = [], lengths: number[] = [], columns: number[] = [], kept: number[] = [];
  for (let feature = 0; feature < features.size; feature++) {
    const before = kept.length;
    for (let m = 0; m < k; m++) {
      const weight = weights[feature * k + m];
      if (weight === 0) continue;
      columns.push(m);
      kept.push(weight);
    }
    if (kept.length === before) continue;
    keys.push(all[2 * feature], all[2 * feature + 1]);
    lengths.push(kept.length - before);
  }
  return {
    keys: Int32Array.from(keys),
    lengths: Uint16Array.from(lengths),
    columns: Uint16Array.from(columns),
    weights: Float32Array.from(kept),
  };
}

function deserialize(header: Header, buffer: ArrayBuffer): MaltModel {
  const { features: rows, weights: count } = header;
  const keys = new Int32Array(buffer, 0, 2 * rows);
  const kept = new Float32Array(buffer, 8 * rows, count);
  const lengths = new Uint16Array(buffer, 8 * rows + 4 * count, rows);
  const columns = new Uint16Array(buffer, 10 * rows + 4 * count, count);
  const transitions = new TransitionInventory(
    header.transitions.map(([move, label]) => ({ move, label })),
  );
  const features = new FeatureTable();
  const weights = new Float32Array(rows * transitions.size);
  for (let feature = 0, at = 0; feature < rows; feature++) {
    features.add(keys[2 * feature], keys[2 * feature + 1]);
    for (const end = at + lengths[feature]; at < end; at++) {
      weights[feature * transitions.size + columns[at]] = kept[at];
    }
  }
  return {
    algorithm: header.algorithm,
    lexicon: {
      words: new SymbolTable(header.words),
      tags: new SymbolTable(header.tags),
      labels: new SymbolTable(header.labels),
    },
    rootLabel: header.rootLabel,
    transitions,
    features,
    weights,
  };
}
