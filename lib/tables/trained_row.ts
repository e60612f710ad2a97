import type { DataOptions } from "#lib/data/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import type { RunProgress } from "./language_model_run.ts";
import type { ScoredRun } from "./score_run.ts";

/** Where a row is trained, and who is told. */
export interface TrainRowOptions {
  /** What computes. */
  engine: Engine;
  /** Where corpora are looked for. */
  data: DataOptions;
  /** Is told how far it is. */
  report?: (progress: RunProgress) => void;
  /** Is told of what has to be made before training. */
  tell?: (message: string) => void;
}

/** A row of a table that is trained at full scale by `deno task train-tables`. */
export interface TrainedRow {
  /** The table it stands in: the folder of its recorded run in `results/`. */
  table: string;
  /** Short name of the row, its files and its recorded run. */
  id: string;
  /** Where all draws come from; null where nothing is drawn. */
  seed: number | null;
  /** All that decides the run. */
  spec: JsonValue;
  /** The files that training leaves and scoring reads. */
  files(): string[];
  /** Trains to the end, going on where an earlier call was interrupted, and keeps the model. */
  train(options: TrainRowOptions): Promise<unknown>;
  /** What a validation of its training says, for whoever waits. @default {a perplexity} */
  describe?(validation: number): string;
  /** Scores the model kept, on validation and test data. */
  score(engine: Engine, data: DataOptions): Promise<ScoredRun>;
}
