import { existsSync } from "node:fs";
import { DataError, type DataOptions, readPennTreebankPart } from "#lib/data/mod.ts";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { interpolate, interpolationWeights, type LanguageModel, perplexity } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import { continuousCache, RecurrentLanguageModel } from "#lib/rnn/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { type ModelRow, modelRows } from "./_model_rows.ts";
import { scoredOnce, type ScoredRun, sha256 } from "./score_run.ts";
import type { RowPlan } from "./table.ts";
import type { TrainedRow } from "./trained_row.ts";

const THREE = ["ptb-lstm-small-adaptive", "ptb-lstm-large-adaptive", "ptb-lstm-projection"];

type CacheSizes = { size: number; flatness: number };

/** Caches mixed in together: how much each of them counts is left to their weights. */
const CACHES: CacheSizes[] = [
  { size: 200, flatness: 0 }, // how often a word came lately
  { size: 2000, flatness: 0.1 },
  { size: 2000, flatness: 0.3 },
];

/** What all models give together, without caches and with them: nothing is trained but weights. */
const MIXTURES: readonly Mixture[] = [
  { id: "ptb-mixture", system: "Interpolation of KN-5 and three LSTMs", spec: { parts: THREE } },
  {
    id: "ptb-mixture-cache",
    system: "Interpolation of KN-5, three LSTMs and continuous caches of the large one",
    spec: { parts: THREE, cached: "ptb-lstm-large-adaptive", caches: CACHES },
  },
  {
    id: "ptb-lstm-dropout-cache",
    system: "Interpolation of KN-5, the LSTM with tied embeddings and its continuous caches",
    spec: { parts: ["ptb-lstm-dropout"], cached: "ptb-lstm-dropout", caches: CACHES },
  },
];

interface Mixture extends Pick<RowPlan, "id" | "system"> {
  spec: MixtureSpec;
}

type MixtureSpec = {
  /** Rows mixed with the Kneser–Ney 5-gram model. */
  parts: string[];
  /** The row whose network reads the states of caches. */
  cached?: string;
  caches?: CacheSizes[];
};

/** The mixtures, to be recorded by `deno task train-tables`. */
export const mixtureRows: readonly TrainedRow[] = MIXTURES.map(({ id, spec }) => ({
  ...{ table: "perplexity", id, seed: null, spec },
  files: () => partsOf(spec).flatMap((row) => row.files()),
  train: () => Promise.try(() => checkTrained(spec)),
  score: (engine, data) => score(engine, spec, data),
}));

/** The same as rows of the table. */
export const mixturePlans: readonly RowPlan[] = MIXTURES.map(({ id, system, spec }) => ({
  ...{ id, system, published: {}, takesMinutes: true, engine: "native or wasm" },
  data: "Penn Treebank text, state across sentences",
  measure: async ({ data }) => {
    checkTrained(spec);
    return (await score(await engine(), spec, data)).metrics;
  },
}));

function partsOf({ parts }: MixtureSpec): ModelRow[] {
  return parts.map((id) => modelRows.find((row) => row.id === id)!);
}

/**
 * @throws {DataError} if a model is not there
 */
function checkTrained(spec: MixtureSpec): void {
  const missing = partsOf(spec).filter((row) => !row.files().every((file) => existsSync(file)));
  if (missing.length === 0) return;
  const ids = missing.map(({ id }) => id).join(",");
  throw new DataError(
    `Cannot mix models: expected trained models, found none of ${ids} ` +
      `(deno task train-tables --row ${ids})`,
    { code: "missing" },
  );
}

async function score(
  engine: Engine,
  spec: MixtureSpec,
  data: DataOptions,
): Promise<ScoredRun> {
  const { vocabulary, ids } = indexSentences(await readPennTreebankPart("train", data));
  const [valid, test] = await Promise.all(
    (["valid", "test"] as const).map(async (part) =>
      vocabulary.encodeSentences(await readPennTreebankPart(part, data))
    ),
  );
  const models: LanguageModel[] = [], hashes: string[] = [], names: string[] = [];
  const add = (name: string, model: LanguageModel) => {
    const once = scoredOnce(model);
    [valid, test].forEach((text) => once.score(text));
    models.push(once);
    names.push(name);
  };
  add("kneser-ney-5", kneserNey(countNgrams(ids, { order: 5, vocabulary })));
  for (const row of partsOf(spec)) {
    const model = await row.load(engine);
    add(row.id, model);
    if (row.id === spec.cached && model instanceof RecurrentLanguageModel) {
      for (const options of spec.caches ?? []) {
        add(`cache ${options.size} ${options.flatness}`, continuousCache(model, options));
      }
    }
    model.dispose();
    for (const file of row.files()) hashes.push(await sha256(file));
  }
  const weights = interpolationWeights(models, valid), mixed = interpolate(models, weights);
  return {
    metrics: {
      ...{ perplexity: perplexity(mixed, test), validPerplexity: perplexity(mixed, valid) },
      ...Object.fromEntries(names.map((name, k) => [`weightOf ${name}`, weights[k]])),
    },
    ...{ validationCurve: [], checkpointSha256: hashes.join(" ") },
  };
}
