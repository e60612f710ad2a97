import type { DataOptions } from "#lib/data/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import type { AttachmentScore } from "#lib/parser/mod.ts";

/** How large an experiment is: minutes on two cores, or as large as it was recorded. */
export type Scale = "quick" | "full";

/** What a row needs to be measured. */
export interface MeasureOptions {
  /** How large the experiment is. */
  scale: Scale;
  /** Where corpora are looked for. */
  data: DataOptions;
  /** Is told what is going on, for whoever waits. */
  report: (message: string) => void;
  /** Is given each text that the row's model wrote. @default {nobody looks} */
  wrote?: (sample: string) => void;
}

/** A row of a table before it is measured: a system, and how its figures come about. */
export interface RowPlan {
  /** Short name, unique in its table: the file of its recorded run in `results/<table>/`. */
  id: string;
  /** The system, under the lecture's name for it. */
  system: string;
  /** The text or treebank it is measured on. */
  data: string;
  /** What others published, on their data: never to be compared as if it were ours. */
  published: Record<string, number | string>;
  /** The seed behind the figures; absent where nothing is drawn. */
  seed?: number;
  /**
   * Whether it trains for long even at quick scale: where all tables are run it is shown as
   * recorded. @default {false}
   */
  takesMinutes?: boolean;
  /** What computes: `typescript` for models that count; the engine's name for networks. */
  engine: string;
  /**
   * Trains and measures.
   *
   * @returns the figures by their contract names
   * @throws {DataError} if the data is not there; the row is then skipped
   */
  measure(options: MeasureOptions): Promise<Record<string, number>>;
  /**
   * Of a parser: trains it if need be, and scores each sentence of the test set, for
   * {@linkcode compareParsers}.
   *
   * @throws {DataError} if the data is not there
   */
  testScores?(options: MeasureOptions): Promise<AttachmentScore[]>;
}

/** A table of the lecture. */
export interface Table {
  /** The name `--only` takes. */
  id: string;
  /** The slide's title. */
  title: string;
  /** Its rows, in the lecture's order. */
  rows: readonly RowPlan[];
}

/** A full-scale run kept in `results/<table>/<row>.json`. */
export interface RecordedRun {
  /** The figures by their contract names. */
  metrics: Record<string, number>;
  /** Day of the run, YYYY-MM-DD. */
  date: string;
  /** Processor, cores and memory. */
  machine: string;
  /** The command that gives the run again. */
  command: string;
  /** The seed, or null where nothing is drawn. */
  seed: number | null;
  /** The commit the code was at. */
  commit: string;
  /** What the model wrote. */
  samples?: string[];
  /** Validation perplexity after each epoch, where epochs were chosen by it. */
  validationCurve?: number[];
  /** SHA-256 of the trained model's file, for `deno task verify-results`. */
  checkpointSha256?: string;
  /** All that decided the run: sizes, schedule, seed. */
  spec?: JsonValue;
}

/** A row with its figures: what `reproduce-tables --format json` prints. */
export interface Row {
  /** Id of the table. */
  table: string;
  /** Id of the row in its table. */
  row: string;
  /** The system, under the lecture's name for it. */
  system: string;
  /** The text or treebank it was measured on. */
  data: string;
  /** How large the experiment was. */
  scale: Scale;
  /** The figures measured in this run; empty where the row was skipped. */
  metrics: Record<string, number>;
  /** What the model wrote in this run. */
  samples?: string[];
  /** What others published, on their data. */
  published: Record<string, number | string>;
  /** Wall time of the measurement; null where there was none. */
  seconds: number | null;
  /** What computed. */
  engine: string;
  /** The seed, or null where nothing is drawn. */
  seed: number | null;
  /** Why nothing was measured, and the command that helps. */
  skipped?: string;
  /** The full-scale run kept in results/, if there is one. */
  recorded?: RecordedRun;
}
