import { existsSync } from "node:fs";
import { DataError, type DataOptions, readPennTreebankPart } from "#lib/data/mod.ts";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { interpolate, interpolationWeights, type LanguageModel, perplexity } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey, unigramCache } from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { type ModelRow, modelRows } from "./_model_rows.ts";
import { scoredOnce, type ScoredRun, sha256 } from "./score_run.ts";
import type { RowPlan } from "./table.ts";
import type { TrainedRow } from "./trained_row.ts";

const ID = "ptb-mixture";

/** The models that are mixed with the Kneser–Ney 5-gram model. */
const PARTS: readonly ModelRow[] = [
  "ptb-window-8",
  "ptb-rnn-maxent-4",
  "ptb-lstm-small",
].map((id) => modelRows.find((row) => row.id === id)!);

/** Words a cache remembers, and its weight: chosen on validation text. */
const CACHES = [200, 500, 1000].flatMap((size) =>
  [0.02, 0.05, 0.1].map((weight) => ({ size, weight }))
);

/** The best that all models give together: nothing is trained but weights. */
export const mixtureRow: TrainedRow = {
  ...{ table: "perplexity", id: ID, seed: null },
  spec: { parts: PARTS.map(({ id }) => id) },
  files: () => PARTS.flatMap((row) => row.files()),
  train: () => Promise.try(checkTrained),
  score,
};

/** The same as a row of the table. */
export const mixturePlan: RowPlan = {
  id: ID,
  system: "Interpolation of KN-5, window, RNN + MaxEnt and LSTM",
  data: "Penn Treebank text, state across sentences",
  published: {},
  ...{ takesMinutes: true, engine: "native or wasm" },
  measure: async ({ data }) => {
    checkTrained();
    return (await score(await engine(), data)).metrics;
  },
};

/**
 * @throws {DataError} if a model is not there
 */
function checkTrained(): void {
  const missing = PARTS.filter((row) => !row.files().every((file) => existsSync(file)));
  if (missing.length === 0) return;
  const ids = missing.map(({ id }) => id).join(",");
  throw new DataError(
    `Cannot score ${ID}: expected trained models, found none of ${ids} ` +
      `(deno task train-tables --row ${ids})`,
    { code: "missing" },
  );
}

async function score(engine: Engine, data: DataOptions): Promise<ScoredRun> {
  const { vocabulary, ids } = indexSentences(await readPennTreebankPart("train", data));
  const [valid, test] = await Promise.all(
    (["valid", "test"] as const).map(async (part) =>
      vocabulary.encodeSentences(await readPennTreebankPart(part, data))
    ),
  );
  const models: LanguageModel[] = [kneserNey(countNgrams(ids, { order: 5, vocabulary }))];
  const hashes: string[] = [];
  for (const row of PARTS) {
    const model = await row.load(engine), once = scoredOnce(model);
    [valid, test].forEach((text) => once.score(text));
    models.push(once);
    model.dispose();
    for (const file of row.files()) hashes.push(await sha256(file));
  }
  const weights = interpolationWeights(models, valid);
  const mixed = scoredOnce(interpolate(models, weights));
  const cached = bestCache(mixed, valid);
  return {
    metrics: {
      ...{ perplexity: perplexity(mixed, test), validPerplexity: perplexity(mixed, valid) },
      perplexityWithCache: perplexity(unigramCache(mixed, cached), test),
      validPerplexityWithCache: cached.validPerplexity,
      ...{ cacheSize: cached.size, cacheWeight: cached.weight, weightOfKneserNey5: weights[0] },
      ...Object.fromEntries(PARTS.map(({ id }, k) => [`weightOf ${id}`, weights[k + 1]])),
    },
    ...{ validationCurve: [], checkpointSha256: hashes.join(" ") },
  };
}

function bestCache(model: LanguageModel, valid: Int32Array) {
  const tried = CACHES.map((options) => ({
    ...options,
    validPerplexity: perplexity(unigramCache(model, options), valid),
  }));
  return tried.reduce((best, each) => each.validPerplexity < best.validPerplexity ? each : best);
}
