import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { type JsonValue, loadCheckpoint } from "#lib/nn/mod.ts";
import type { TrainingReport, TrainingState } from "#lib/nn/mod.ts";
import { Stopwatch } from "./_stopwatch.ts";
import { checkpointFile } from "./language_model_run.ts";
import type { TrainingLog } from "./seeded_row.ts";

/** A training whose model is kept in {@linkcode checkpointFile}. */
export interface KeptTraining<Report extends TrainingReport> {
  /** Name of the run: of its files. */
  id: string;
  /** All that decides the run. */
  run: JsonValue;
  /** The training, from the beginning or from where it stood. */
  reports(resume?: TrainingState): AsyncIterable<Report>;
  /** Stores a report's model. */
  save(
    at: Report,
    path: string,
    options: { training?: TrainingState; notes: JsonValue },
  ): Promise<void>;
  /** Frees a report's model. */
  dispose(at: Report): void;
  /** The score on dev, in %, that a validation stands for. */
  score(validation: number): number;
  /** Is told how far it is. */
  report?: (at: Report) => void;
}

/**
 * Trains and keeps the model. Interrupted or killed, it goes on where the last pass ended when it is
 * called again; a model that is there is not trained again.
 */
export async function keepTraining<Report extends TrainingReport>(
  training: KeptTraining<Report>,
): Promise<void> {
  const { id, run } = training;
  const file = checkpointFile(id), unfinished = `${file}.training`;
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const saved = existsSync(unfinished) ? await loadCheckpoint(unfinished) : undefined;
  const log = saved
    ? logOf(saved.config, { file: unfinished, run })
    : { validations: [], seconds: 0, cpuSeconds: 0 };
  const stopwatch = new Stopwatch();
  let last: Report | undefined;
  try {
    for await (const at of training.reports(saved?.training)) {
      last = at;
      training.report?.(at);
      if (at.validation === undefined) continue;
      log.validations.push(training.score(at.validation));
      stopwatch.addTo(log);
      await training.save(at, unfinished, { training: at.state(), notes: { run, log } });
    }
    if (!last) throw new RangeError(`Cannot keep ${id}: nothing is left to train (${unfinished})`);
    await training.save(last, file, { notes: { run, log } });
    rmSync(unfinished, { force: true });
  } finally {
    if (last) training.dispose(last);
  }
}

/**
 * What a run that was kept took.
 *
 * @throws {SyntaxError} if the file is damaged, or of another run
 */
export async function keptLog(id: string, run: JsonValue): Promise<TrainingLog> {
  const file = checkpointFile(id);
  return logOf((await loadCheckpoint(file)).config, { file, run });
}

/** What a checkpoint says its run took, if it is one of this run. */
function logOf(config: JsonValue, { file, run }: { file: string; run: JsonValue }): TrainingLog {
  const { notes } = config as unknown as { notes?: { run: JsonValue; log: TrainingLog } };
  const [expected, found] = [run, notes?.run].map((value) => JSON.stringify(value));
  if (expected === found) return notes!.log;
  throw new SyntaxError(
    `Cannot load ${file}: expected the run ${expected}, found ${found} (move the file away)`,
  );
}
