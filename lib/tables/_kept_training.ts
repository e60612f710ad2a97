import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { type JsonValue, loadCheckpoint } from "#lib/nn/mod.ts";
import type { TrainingReport, TrainingState } from "#lib/nn/mod.ts";
import { checkRun, type ExpectedRun } from "./_kept_file.ts";
import { Stopwatch } from "./_stopwatch.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import type { TrainingLog } from "./seeded_row.ts";

/** A training whose model is kept in {@linkcode checkpointFile}. */
export interface KeptTraining<Report extends TrainingReport> {
  /** Name of the run: of its files. */
  id: string;
  /** All that decides the run. */
  run: JsonValue;
  /**
   * The training, from the beginning or from where it stood. From a call of `onValidation` to the next
   * report, time does not count as training.
   */
  reports(
    resume: TrainingState | undefined,
    onValidation: () => void,
  ): AsyncIterable<Report>;
  /** Stores a report's model. */
  save(
    at: Report,
    path: string,
    options: { training?: TrainingState; notes: { run: JsonValue; log: TrainingLog } },
  ): Promise<void>;
  /** Frees a report's model. */
  dispose(at: Report): void;
  /** What is kept of a validation, such as a score on dev in %. */
  score(validation: number): number;
  /** Is told how far it is. */
  report?: (at: Report) => void;
}

/**
 * Trains and keeps the model. Interrupted or killed, it goes on where the last pass ended when it is
 * called again, with more epochs too; a model that is there is not trained again.
 *
 * @throws {SyntaxError} if what was begun is damaged, or another run
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
    ? logOf(saved.config, { file: unfinished, run, mayGoOn: true })
    : { validations: [], seconds: 0, cpuSeconds: 0 };
  const stopwatch = new Stopwatch(), pause = () => stopwatch.stop(log);
  let last: Report | undefined;
  try {
    stopwatch.start();
    for await (const at of training.reports(saved?.training, pause)) {
      last = at;
      if (at.step !== saved?.training?.step) training.report?.(at);
      if (at.validation === undefined) continue;
      stopwatch.stop(log);
      log.validations.push(training.score(at.validation));
      await training.save(at, unfinished, { training: at.state(), notes: { run, log } });
      stopwatch.start();
    }
    if (!last) throw new RangeError(`Cannot keep ${id}: expected a training, got no report of one`);
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

/**
 * What a checkpoint says its run took.
 *
 * @param config of the checkpoint
 * @throws {SyntaxError} if it is of another run
 */
export function logOf<Log extends TrainingLog>(config: JsonValue, expected: ExpectedRun): Log {
  const kept = notesOf<Log>(config);
  checkRun(kept.run, expected);
  return kept.log;
}

/** The run and its log, which recurrent and fixed-window language models keep beside their sizes. */
function notesOf<Log>(config: JsonValue): { run?: JsonValue; log: Log } {
  type Notes = { run: JsonValue; log: Log };
  const { notes, run, log, training } = config as unknown as
    & Partial<Notes>
    & { notes?: Notes; training?: Log };
  return notes ?? { run, log: (log ?? training)! };
}
