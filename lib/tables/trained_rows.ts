import type { DataOptions } from "#lib/data/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import { trainRun, type TrainRunOptions } from "./language_model_run.ts";
import { recurrentRows } from "./recurrent_rows.ts";
import { type ScoredRun, scoreRun } from "./score_run.ts";
import { scoreWindowRun, windowRuns } from "./_window_models.ts";
import { trainWindowRun } from "./_window_training.ts";

/** Where a row is trained, and who is told. */
export type TrainRowOptions = Omit<TrainRunOptions, "id">;

/** A row of the table `perplexity` that is trained at full scale by `deno task train-tables`. */
export interface TrainedRow {
  /** Short name of the row, its files and its recorded run. */
  id: string;
  /** Where all draws come from. */
  seed: number;
  /** All that decides the run. */
  spec: JsonValue;
  /** Trains to the end, going on where an earlier call was interrupted, and keeps the model. */
  train(options: TrainRowOptions): Promise<unknown>;
  /** Scores the model kept: alone and interpolated, on validation and test text. */
  score(engine: Engine, data: DataOptions): Promise<ScoredRun>;
}

/** All rows that are trained. */
export const trainedRows: readonly TrainedRow[] = [
  ...recurrentRows.map((row): TrainedRow => ({
    ...{ id: row.id, seed: row.run.seed, spec: row.run },
    train: (options) => trainRun(row.run, { id: row.id, ...options }),
    score: (engine, data) => scoreRun(engine, row, data),
  })),
  ...windowRuns.map((run): TrainedRow => ({
    ...{ id: run.id, seed: run.seed, spec: { ...run, config: { ...run.config } } },
    train: (options) => trainWindowRun(run, options),
    score: (engine, data) => scoreWindowRun(engine, run, data),
  })),
];
