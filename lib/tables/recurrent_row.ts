import type { LanguageModelRun } from "./language_model_run.ts";
import type { LanguageModelText } from "./language_model_text.ts";

/** A row of the table `perplexity` that is trained by `deno task train-tables`. */
export interface RecurrentRow {
  /** Short name of the row, its files and its recorded run. */
  id: string;
  /** The system, under the lecture's name for it. */
  system: string;
  /** What others published, on their data. */
  published: Record<string, number | string>;
  /** What it learns from and is scored on. */
  text: LanguageModelText;
  /** The full-scale run. */
  run: LanguageModelRun;
}
