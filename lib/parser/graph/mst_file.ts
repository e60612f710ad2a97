import { readWeights, writeWeights } from "./_weights_file.ts";
import type { MstModel } from "./mst_model.ts";
import { MstParser } from "./mst_parser.ts";

const FORMAT = "mst-parser-1";

/** Writes a trained parser to a file, which appears whole or not at all. */
export function saveMstParser(parser: MstParser, path: string): void {
  const { weights, ...settings } = parser.model;
  writeWeights(path, { format: FORMAT, ...settings }, weights);
}

/**
 * Reads a parser that {@linkcode saveMstParser} wrote; it parses exactly as that one did.
 *
 * @throws {SyntaxError} if the file is not such a parser, or damaged
 */
export function loadMstParser(path: string): MstParser {
  const { header, weights } = readWeights<Omit<MstModel, "weights">>(path, FORMAT);
  const { order, labels, arcBits, labelBits } = header;
  return new MstParser({ order, labels, arcBits, labelBits, weights });
}
