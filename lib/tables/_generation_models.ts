import { existsSync } from "node:fs";
import { DataError, generateRecipes, holdOutEveryTenth } from "#lib/data/mod.ts";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { fit, generate, type LanguageModel } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import { adam, type HasParameters, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { buildLanguageModel } from "#lib/rnn/mod.ts";
import { END, indexSentences } from "#lib/text/mod.ts";
import { type GenerationRow, generationRows } from "./generation_rows.ts";
import {
  type GenerationText,
  generationTexts,
  RECIPE_SEED,
  type SplitSequences,
} from "./generation_texts.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import { loadTrainedRun, trainRun } from "./language_model_run.ts";
import { type ScoredRun, sha256, speeds } from "./score_run.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";
import type { TrainedRow } from "./trained_row.ts";

const ORDER = { characters: 5, words: 3 };
const SAMPLES = 3, TEMPERATURE = 0.8, LONGEST = { characters: 700, words: 120 };
/** A quick network: units, tokens it learns from and is scored on, lanes and steps of a batch. */
const QUICK = { units: 64, tokens: { characters: 150_000, words: 20_000 }, scored: 10_000 };
const QUICK_BATCH = { batchSize: 6, steps: 30 };
const TRAINED_LIVE = "colour-names-lstm"; // the row that a run of all tables trains

/** The rows of the table, text by text: n-grams, then the recurrent network. */
export const generationPlans: readonly RowPlan[] = generationTexts.flatMap((text, i) => [
  ...(text.id === "recipes" ? [grammarPlan(text)] : []),
  ngramPlan(text),
  recurrentPlan(generationRows[i]),
]);

/** The recurrent rows as `deno task train-tables` trains them. */
export const trainedGenerationRows: readonly TrainedRow[] = generationRows.map((row) => ({
  ...{ table: "generation", id: row.id, seed: row.run.seed, spec: row.run },
  files: () => [checkpointFile(row.id)],
  train: async ({ data: _, ...options }) =>
    await trainRun(row.run, { ...options, id: row.id, text: await row.text.read() }),
  score: (engine) => scoreTrained(engine, row),
}));

function describe({ title, tokens }: GenerationText): string {
  return `${title}; ${tokens}; samples at temperature ${TEMPERATURE}`;
}

function ngramPlan(text: GenerationText): RowPlan {
  const order = ORDER[text.tokens];
  return {
    id: `${text.id}-kneser-ney-${order}`,
    system: `Interpolated Kneser-Ney ${order}-gram`,
    ...{ data: describe(text), published: {}, seed: 1, engine: "typescript" },
    measure: async ({ wrote }) => {
      const parts = await text.read();
      const { vocabulary, ids } = indexSentences(parts.train);
      const counts = countNgrams(ids, { order, vocabulary });
      const model = kneserNey(counts, { onBadDiscount: "fallback" });
      samplesOf(model, text).forEach((sample) => wrote?.(sample));
      const parameters = model.logProbability.length + model.logBackoff.length;
      return { ...figures(model, text, parts), parameters };
    },
  };
}

/** The grammar itself: no model can do better, but by chance. */
function grammarPlan(text: GenerationText): RowPlan {
  return {
    id: `${text.id}-grammar`,
    system: "The grammar itself",
    ...{ data: describe(text), published: {}, seed: RECIPE_SEED, engine: "typescript" },
    measure: async ({ wrote }) => {
      const { train, valid, test } = await text.read();
      const recipes = generateRecipes(
        train.length + valid.length + test.length,
        seeded(RECIPE_SEED),
      );
      const held = holdOutEveryTenth(recipes).test;
      held.slice(0, SAMPLES).forEach((recipe) => wrote?.(recipe.text));
      const nats = held.reduce((sum, { logProbability }) => sum - logProbability, 0);
      const tokens = test.reduce((sum, recipe) => sum + recipe.length + 1, 0); // with </s>
      return { bitsPerCharacter: nats / Math.LN2 / tokens, tokens };
    },
  };
}

function recurrentPlan(row: GenerationRow): RowPlan {
  const { model } = row.run;
  return {
    id: row.id,
    system: `LSTM, ${model.units} units`,
    ...{ data: describe(row.text), published: {}, seed: row.run.seed, engine: "native or wasm" },
    takesMinutes: row.id !== TRAINED_LIVE, // together
    measure: async (options) => {
      if (options.scale === "quick") return await quick(row, options);
      if (!existsSync(checkpointFile(row.id))) {
        const command = `deno task train-tables --row ${row.id}`;
        const problem = `Cannot score ${row.id}: its model is not trained (${command})`;
        throw new DataError(problem, { code: "missing" });
      }
      const { metrics, samples } = await scoreTrained(await engine(), row);
      samples.forEach((sample) => options.wrote?.(sample));
      return metrics;
    },
  };
}

/** A small network after one pass over the beginning of the text. */
async function quick(
  { text, run }: GenerationRow,
  { wrote }: MeasureOptions,
): Promise<Record<string, number>> {
  const parts = await text.read();
  const { vocabulary, ids } = indexSentences(parts.train);
  const random = seeded(run.seed), { units, tokens, scored } = QUICK;
  const spec = { ...run.model, width: text.tokens === "words" ? units : run.model.width, units };
  const model = buildLanguageModel(await engine(), spec, { vocabulary, random });
  try {
    const part = ids.subarray(0, tokens[text.tokens]), begun = performance.now();
    const training = { optimizer: adam({ rate: 0.006 }), clipNorm: 1, random };
    const batches = model.batches(part, QUICK_BATCH);
    for await (const _ of train(model, batches, training));
    const trainSeconds = (performance.now() - begun) / 1000;
    samplesOf(model, text).forEach((sample) => wrote?.(sample));
    const parameters = sizeOf(model);
    return { ...figures(model, text, parts, scored), ...{ parameters, epochs: 1, trainSeconds } };
  } finally {
    model.dispose();
  }
}

async function scoreTrained(
  engine: Engine,
  { id, text, run }: GenerationRow,
): Promise<ScoredRun & { samples: string[] }> {
  const { model, log } = await loadTrainedRun(engine, { id, run });
  try {
    const metrics = {
      ...figures(model, text, await text.read()),
      ...{ parameters: sizeOf(model), ...speeds(log) },
    };
    const checkpointSha256 = await sha256(checkpointFile(id));
    const validationCurve = log.validations.map(Math.exp);
    return { metrics, samples: samplesOf(model, text), validationCurve, checkpointSha256 };
  } finally {
    model.dispose();
  }
}

function sizeOf({ parameters }: Pick<HasParameters, "parameters">): number {
  return Object.values(parameters).reduce((sum, { size }) => sum + size, 0);
}

/** Bits per character or perplexity, of at most so many tokens. */
function figures(
  model: LanguageModel,
  { tokens }: GenerationText,
  { valid, test }: SplitSequences,
  most = Infinity,
): Record<string, number> {
  const [onValid, onTest] = [valid, test].map((part) =>
    fit(model, model.vocabulary.encodeSentences(part).subarray(0, most))
  );
  return tokens === "characters"
    ? {
      ...{ bitsPerCharacter: onTest.bits, validBitsPerCharacter: onValid.bits },
      tokens: onTest.tokens,
    }
    : {
      ...{ perplexity: onTest.perplexity, validPerplexity: onValid.perplexity },
      tokens: onTest.tokens,
    };
}

/** What a model writes; a stream goes on after `</s>`, as if there had been a sentence before. */
function samplesOf(model: LanguageModel, text: GenerationText): string[] {
  return Array.from({ length: SAMPLES }, (_, seed) => {
    const written = generate(model, {
      ...{ random: seeded(seed), temperature: TEMPERATURE, maxWords: LONGEST[text.tokens] },
      ...{ sentences: text.sampleLength, prefix: text.isStream ? [END] : [] },
    });
    return text.tokens === "words"
      ? written.filter((word) => word !== END).join(" ")
      : written.map((word) => word === END ? " " : word).join("").trim();
  });
}
