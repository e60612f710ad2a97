import type { Engine } from "#lib/engine/mod.ts";
import type { LanguageModel } from "#lib/lm/mod.ts";
import type { HasParameters } from "#lib/nn/mod.ts";
import { scoreWindowRun, windowRuns } from "./_window_models.ts";
import { loadWindowRun, trainWindowRun } from "./_window_training.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import { loadTrainedRun, trainRun } from "./language_model_run.ts";
import { type LanguageModelText, PENN_TREEBANK } from "./language_model_text.ts";
import { recurrentRows } from "./recurrent_rows.ts";
import { scoreRun } from "./score_run.ts";
import type { TrainedRow, TrainRowOptions } from "./trained_row.ts";

/** A trained language model. */
export type LoadedModel = LanguageModel & Pick<HasParameters, "parameters"> & { dispose(): void };

/** A row whose model can be loaded, to be a part of another. */
export interface ModelRow extends TrainedRow {
  /** Loads what training kept; to be disposed by the caller. */
  load(engine: Engine): Promise<LoadedModel>;
}

/** The language models that are trained. */
export const modelRows: readonly ModelRow[] = [
  ...recurrentRows.map((row): ModelRow => ({
    ...{ table: "perplexity", id: row.id, seed: row.run.seed, spec: row.run },
    files: () => [checkpointFile(row.id)],
    train: async (options) =>
      await trainRun(row.run, { id: row.id, ...await withText(row.text, options) }),
    score: (engine, data) => scoreRun(engine, row, data),
    load: async (engine) => (await loadTrainedRun(engine, row)).model,
  })),
  ...windowRuns.map((run): ModelRow => ({
    ...{ table: "perplexity", id: run.id, seed: run.seed },
    spec: { ...run, config: { ...run.config } },
    files: () => [checkpointFile(run.id)],
    train: async (options) => await trainWindowRun(run, await withText(PENN_TREEBANK, options)),
    score: (engine, data) => scoreWindowRun(engine, run, data),
    load: async (engine) => (await loadWindowRun(engine, run)).model,
  })),
];

async function withText(text: LanguageModelText, { data, ...options }: TrainRowOptions) {
  const [train, valid] = await Promise.all(
    (["train", "valid"] as const).map((part) => text.readPart(part, data)),
  );
  return { ...options, text: { train, valid, leastCount: text.leastCount } };
}
