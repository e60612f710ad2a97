import { readWeights, writeWeights } from "./_weights_file.ts";
import type { TurboModel } from "./turbo_model.ts";
import { TurboParser } from "./turbo_parser.ts";
import type { TurboTrainingState } from "./turbo_training.ts";

const FORMAT = "turbo-parser-1", TRAINING_FORMAT = "turbo-training-1";

/** All of a model but its weights, which stand after it: first the pruner's. */
interface Header extends Pick<TurboModel, "kind" | "projective" | "labels" | "mostHeads"> {
  labelsOfArcs: [number, readonly number[]][];
  /** Number of the pruner's weights. */
  prunerSize: number;
}

/** Writes a trained parser to a file, which appears whole or not at all. */
export function saveTurboParser(parser: TurboParser, path: string): void {
  const { prunerWeights, weights } = parser.model;
  writeWeights(path, { format: FORMAT, ...headerOf(parser) }, joined([prunerWeights, weights]));
}

/**
 * Reads a parser that {@linkcode saveTurboParser} wrote; it parses exactly as that one did.
 *
 * @throws {SyntaxError} if the file is not such a parser, or damaged
 */
export function loadTurboParser(path: string): TurboParser {
  const { header, weights } = readWeights<Header>(path, FORMAT);
  return parserOf(header, weights);
}

/** Writes where training stands to a file, which appears whole or not at all. */
export function saveTurboTraining(state: TurboTrainingState, path: string): void {
  const { parser, epoch, steps, weights } = state;
  const header = { format: TRAINING_FORMAT, ...headerOf(parser), epoch, steps };
  const { prunerWeights, weights: mean } = parser.model;
  writeWeights(path, header, joined([prunerWeights, mean, weights]));
}

/**
 * Reads what {@linkcode saveTurboTraining} wrote; training goes on from it as it would have.
 *
 * @throws {SyntaxError} if the file is not such a state, or damaged
 */
export function loadTurboTraining(path: string): TurboTrainingState {
  const { header, weights } = readWeights<Header & Pick<TurboTrainingState, "epoch" | "steps">>(
    path,
    TRAINING_FORMAT,
  );
  const middle = (weights.length + header.prunerSize) / 2;
  return {
    ...{ epoch: header.epoch, steps: header.steps, weights: weights.slice(middle) },
    parser: parserOf(header, weights.subarray(0, middle)),
  };
}

function headerOf({ model }: TurboParser): Header {
  const { kind, projective, labels, mostHeads, labelsOfArcs, prunerWeights } = model;
  return {
    ...{ kind, projective, labels, mostHeads, prunerSize: prunerWeights.length },
    labelsOfArcs: [...labelsOfArcs],
  };
}

function parserOf(
  { kind, projective, labels, mostHeads, labelsOfArcs, prunerSize }: Header,
  weights: Float32Array,
): TurboParser {
  return new TurboParser({
    ...{ kind, projective, labels, mostHeads, labelsOfArcs: new Map(labelsOfArcs) },
    prunerWeights: weights.slice(0, prunerSize),
    weights: weights.slice(prunerSize),
  });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}
