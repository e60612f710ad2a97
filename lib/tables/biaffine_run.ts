import type { JsonValue } from "#lib/nn/mod.ts";
import {
  type BiaffineParser,
  biaffineTraining,
  type BiaffineTrainingOptions,
  type BiaffineTrainingReport,
  loadBiaffineParser,
  saveBiaffineParser,
  type TreebankSplit,
} from "#lib/parser/mod.ts";
import { keepTraining, keptLog } from "./_kept_training.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import type { TrainingLog } from "./seeded_row.ts";

/** How a biaffine parser is trained: all that decides its figures. */
export type BiaffineRun =
  & Required<Pick<BiaffineTrainingOptions, "epochs" | "batchTokens" | "rate" | "decaySteps">>
  & Pick<BiaffineTrainingOptions, "sizes" | "affixes">
  & { seed: number };

/** A trained parser with what its training took. */
export interface TrainedBiaffineParser {
  /** To be disposed by the caller. */
  parser: BiaffineParser;
  /** What its training took. */
  log: TrainingLog;
}

/** Where a run is trained. */
export interface TrainBiaffineOptions {
  /** Name of the run: of its files. */
  id: string;
  /** What is learned from, and what passes are chosen on. */
  treebank: Pick<TreebankSplit, "train" | "dev">;
  /** Is told how far it is. */
  report: (message: string) => void;
}

/**
 * Trains a run and keeps the parser in {@linkcode checkpointFile}. Interrupted or killed, it goes on
 * where the last pass ended when it is called again; a parser that is there is not trained again.
 */
export async function trainBiaffineRun(
  run: BiaffineRun,
  { id, treebank: { train, dev }, report }: TrainBiaffineOptions,
): Promise<void> {
  await keepTraining<BiaffineTrainingReport>({
    ...{ id, run: run as JsonValue },
    reports: (resume) => biaffineTraining(train, { ...run, dev, resume, reportEvery: 50 }),
    save: ({ parser }, path, options) => saveBiaffineParser(parser, path, options),
    dispose: ({ parser }) => parser.dispose(),
    score: (validation) => 100 - validation,
    report: (at) => report(progress(run, id, at)),
  });
}

/**
 * Loads what {@linkcode trainBiaffineRun} kept.
 *
 * @throws {SyntaxError} if the file is damaged, or the parser of another run
 */
export async function loadBiaffineRun(
  run: BiaffineRun,
  id: string,
): Promise<TrainedBiaffineParser> {
  const log = await keptLog(id, run as JsonValue);
  return { parser: await loadBiaffineParser(checkpointFile(id)), log };
}

function progress(
  { epochs }: BiaffineRun,
  id: string,
  { epoch, step, loss, learningRate, tokensPerSecond, validation }: BiaffineTrainingReport,
): string {
  const dev = validation === undefined ? "" : `, LAS on dev ${(100 - validation).toFixed(2)}`;
  return `${id}: epoch ${epoch} of ${epochs}, step ${step}, rate ${learningRate.toPrecision(3)}, ` +
    `loss ${loss.toFixed(3)}, ${Math.round(tokensPerSecond)} words/s${dev}`;
}
