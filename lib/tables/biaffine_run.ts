import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { type JsonValue, loadCheckpoint } from "#lib/nn/mod.ts";
import {
  type BiaffineParser,
  biaffineTraining,
  type BiaffineTrainingOptions,
  type BiaffineTrainingReport,
  loadBiaffineParser,
  saveBiaffineParser,
  type TreebankSplit,
} from "#lib/parser/mod.ts";
import { checkpointFile } from "./language_model_run.ts";
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
  const file = checkpointFile(id), unfinished = `${file}.training`;
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const saved = existsSync(unfinished) ? await loadCheckpoint(unfinished) : undefined;
  const log = saved
    ? logOf(unfinished, run, saved.config)
    : { validations: [], seconds: 0, cpuSeconds: 0 };
  const stopwatch = new Stopwatch();
  let parser: BiaffineParser | undefined;
  try {
    for await (
      const at of biaffineTraining(train, {
        ...{ ...run, dev, resume: saved?.training, reportEvery: 50 },
      })
    ) {
      parser = at.parser;
      report(progress(run, id, at));
      if (at.validation === undefined) continue;
      log.validations.push(100 - at.validation);
      stopwatch.addTo(log);
      const notes = { run, log };
      await saveBiaffineParser(parser, unfinished, { training: at.state(), notes });
    }
    await saveBiaffineParser(parser!, file, { notes: { run, log } });
    rmSync(unfinished, { force: true });
  } finally {
    parser?.dispose();
  }
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
  const file = checkpointFile(id);
  const { config } = await loadCheckpoint(file);
  const log = logOf(file, run, config);
  return { parser: await loadBiaffineParser(file), log };
}

/** What a checkpoint says its run took, if it is one of this run. */
function logOf(file: string, run: BiaffineRun, config: JsonValue): TrainingLog {
  const { notes } = config as unknown as { notes?: { run: BiaffineRun; log: TrainingLog } };
  const [expected, found] = [run, notes?.run].map((value) => JSON.stringify(value));
  if (expected === found) return notes!.log;
  throw new SyntaxError(
    `Cannot load ${file}: expected the run ${expected}, found ${found} (move the file away)`,
  );
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

/** Wall and processor time. */
class Stopwatch {
  #wall = performance.now();
  #cpu = process.cpuUsage();

  /** Adds what went by since the last time. */
  addTo(log: TrainingLog): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    log.seconds += (performance.now() - this.#wall) / 1000;
    log.cpuSeconds += (user + system) / 1e6;
    this.#wall = performance.now();
    this.#cpu = process.cpuUsage();
  }
}
