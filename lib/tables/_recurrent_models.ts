import { existsSync } from "node:fs";
import { DataError } from "#lib/data/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import { perplexity as perplexityOf } from "#lib/lm/mod.ts";
import { adam, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { buildLanguageModel, type LanguageModelSpec } from "#lib/rnn/mod.ts";
import { indexTrainingText } from "./_index_training_text.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import { readParts } from "./language_model_text.ts";
import type { RecurrentRow } from "./recurrent_row.ts";
import { recurrentRows } from "./recurrent_rows.ts";
import { scoreRun } from "./score_run.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";

const QUICK_SHARE = 1 / 20; // of the text
const TRAINED_LIVE = "ptb-lstm-small"; // the row that a run of all tables trains

/** Recurrent language models on the Penn Treebank text. */
export const recurrentPlans: readonly RowPlan[] = recurrentRows.map((row) => ({
  id: row.id,
  system: row.system,
  data: `${row.text.label}, ${
    row.run.model.crossesSentences === false ? "each sentence anew" : "state across sentences"
  }`,
  published: row.published,
  seed: row.run.seed,
  engine: "native or wasm",
  takesMinutes: row.id !== TRAINED_LIVE, // together
  measure: (options) => options.scale === "full" ? scored(row, options) : quick(row, options),
}));

/** The trained model of `deno task train-tables`, scored anew. */
async function scored(row: RecurrentRow, options: MeasureOptions): Promise<Record<string, number>> {
  if (existsSync(checkpointFile(row.id))) {
    return (await scoreRun(await engine(), row, options.data)).metrics;
  }
  throw new DataError(
    `Cannot score ${row.id}: its model is not trained (deno task train-tables --row ${row.id})`,
    { code: "missing" },
  );
}

/** The same kind of model with a few units, after one pass over a twentieth of the text. */
async function quick(
  { run, text }: RecurrentRow,
  options: MeasureOptions,
): Promise<Record<string, number>> {
  const { train: sentences, valid, test } = await readParts(text, options.data);
  const indexing = { leastCount: text.leastCount, valid, test };
  const { vocabulary, ids, counts } = indexTrainingText(sentences, indexing);
  const part = ids.subarray(0, Math.floor(ids.length * QUICK_SHARE));
  const random = seeded(run.seed);
  const model = buildLanguageModel(await engine(), small(run.model), {
    vocabulary,
    counts,
    random,
  });
  try {
    const begun = performance.now();
    const training = { optimizer: adam({ rate: 0.005 }), clipNorm: 1, random };
    for await (
      const _ of train(model, model.batches(part, { batchSize: 10, steps: 20 }), training)
    );
    const trainSeconds = (performance.now() - begun) / 1000;
    return {
      perplexity: perplexityOf(model, vocabulary.encodeSentences(test)),
      validPerplexity: perplexityOf(model, vocabulary.encodeSentences(valid)),
      parameters: Object.values(model.parameters).reduce((sum, { size }) => sum + size, 0),
      ...{ epochs: 1, trainSeconds, tokensPerSecond: part.length / trainSeconds },
    };
  } finally {
    model.dispose();
  }
}

/** A spec with the same parts and few units. */
function small(spec: LanguageModelSpec): LanguageModelSpec {
  const units = spec.projection ? 48 : 32; // projected to 32
  return { ...spec, width: 32, units, range: 0.1, ...(spec.projection && { projection: 32 }) };
}
