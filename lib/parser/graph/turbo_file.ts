import { readWeights, writeWeights } from "./_weights_file.ts";
import type { TurboModel } from "./turbo_model.ts";
import { TurboParser } from "./turbo_parser.ts";

const FORMAT = "turbo-parser-1";

/** All of a model but its weights, which stand after it: first the pruner's. */
interface Header extends Pick<TurboModel, "kind" | "projective" | "labels" | "mostHeads"> {
  format: typeof FORMAT;
  labelsOfArcs: [number, readonly number[]][];
  /** Number of the pruner's weights. */
  prunerSize: number;
}

/** Writes a trained parser to a file, which appears whole or not at all. */
export function saveTurboParser(parser: TurboParser, path: string): void {
  const { kind, projective, labels, mostHeads, labelsOfArcs, prunerWeights, weights } =
    parser.model;
  const both = new Float32Array(prunerWeights.length + weights.length);
  both.set(prunerWeights);
  both.set(weights, prunerWeights.length);
  const header: Header = {
    ...{ format: FORMAT, kind, projective, labels, mostHeads, prunerSize: prunerWeights.length },
    labelsOfArcs: [...labelsOfArcs],
  };
  writeWeights(path, header, both);
}

/**
 * Reads a parser that {@linkcode saveTurboParser} wrote; it parses exactly as that one did.
 *
 * @throws {SyntaxError} if the file is not such a parser, or damaged
 */
export function loadTurboParser(path: string): TurboParser {
  const { header, weights } = readWeights<Header>(path, FORMAT);
  const { kind, projective, labels, mostHeads, labelsOfArcs, prunerSize } = header;
  return new TurboParser({
    ...{ kind, projective, labels, mostHeads, labelsOfArcs: new Map(labelsOfArcs) },
    prunerWeights: weights.slice(0, prunerSize),
    weights: weights.slice(prunerSize),
  });
}
