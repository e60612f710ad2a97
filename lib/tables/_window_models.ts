import { existsSync } from "node:fs";
import { DataError, type DataOptions, readPennTreebankPart } from "#lib/data/mod.ts";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { windowBatches, WindowLanguageModel } from "#lib/feedforward/mod.ts";
import { adagrad, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";
import { Stopwatch } from "./_stopwatch.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import { PENN_TREEBANK } from "./language_model_text.ts";
import { perplexities, type ScoredRun, sha256 } from "./score_run.ts";
import { loadWindowRun, type TrainedWindowModel, type WindowRun } from "./_window_training.ts";

/** The runs behind the rows: alike but for window, passes and direct connections. */
export const windowRuns: readonly WindowRun[] = [
  windowRun("ptb-window-5", { window: 5, epochs: 8 }), // it alone is trained further
  ...[2, 3, 8].map((window) => windowRun(`ptb-window-${window}`, { window })),
  windowRun("ptb-window-5-direct", { window: 5, direct: true }),
];

function windowRun(
  id: string,
  { window, epochs = 3, direct }: { window: number; epochs?: number; direct?: boolean },
): WindowRun {
  const config = {
    ...{ window, width: 100, hidden: 300, rank: 100, activation: "tanh", dropout: 0.1 } as const,
    ...(direct ? { direct } : {}),
  };
  return { id, config, rate: 0.05, improvement: 0.01, batchSize: 150, epochs, seed: 1 };
}

/** Fixed-window neural language models on the Penn Treebank text. */
export const windowRows: readonly RowPlan[] = windowRuns.map((run) => ({
  id: run.id,
  system: `Fixed-window neural LM, ${run.config.window} words${
    run.config.direct ? ", direct connections" : ""
  }`,
  data: "Penn Treebank text, windows end at </s>",
  published: { perplexity: 140.2 }, // Mikolov 2012, table 4.1: feedforward NNLM
  seed: run.seed,
  engine: "native or wasm",
  measure: (options) => measure(run, options),
}));

async function measure(run: WindowRun, options: MeasureOptions): Promise<Record<string, number>> {
  const { scale, data } = options;
  const found = await engine();
  if (scale === "full") {
    if (existsSync(checkpointFile(run.id))) return (await scoreWindowRun(found, run, data)).metrics;
    throw new DataError(
      `Cannot score ${run.id}: its model is not in the cache (models/${run.id}.safetensors); train ` +
        `it with: deno task train-tables --row ${run.id}`,
      { code: "missing" },
    );
  }
  const trained = await trainedNow(found, run, data);
  try {
    return await figures(trained, run, data);
  } finally {
    trained.model.dispose();
  }
}

interface WindowModelToScore extends TrainedWindowModel {
  /** Words trained on, in all passes. */
  tokens: number;
}

/** A small model on a twentieth of the text, for the quick scale. */
async function trainedNow(
  found: Engine,
  run: WindowRun,
  data: DataOptions,
): Promise<WindowModelToScore> {
  const { vocabulary, ids, counts } = indexSentences(await readPennTreebankPart("train", data));
  const { window, activation } = run.config;
  const sizes = { window, activation, width: 24, hidden: 48, rank: 24 };
  const model = new WindowLanguageModel(found, {
    ...{ ...sizes, vocabulary, counts, random: seeded(run.seed) },
  });
  const examples = model.examples(ids.subarray(0, Math.floor(ids.length / 20)));
  const log = { validations: [], seconds: 0, cpuSeconds: 0 }, stopwatch = new Stopwatch();
  stopwatch.start();
  const options = { optimizer: adagrad({ rate: 0.1 }), random: seeded(run.seed), sparse: ["E"] };
  for await (const _ of train(model, windowBatches(examples, { size: 100 }), options));
  stopwatch.stop(log);
  return { model, log, tokens: examples.targets.length };
}

/** Scores the model kept by training, see {@linkcode perplexities}. */
export async function scoreWindowRun(
  engine: Engine,
  run: WindowRun,
  data: DataOptions,
): Promise<ScoredRun> {
  const { model, log } = await loadWindowRun(engine, run);
  try {
    const { ids } = indexSentences(await readPennTreebankPart("train", data));
    const tokens = log.validations.length * ids.length;
    return {
      metrics: await figures({ model, log, tokens }, run, data),
      validationCurve: log.validations,
      checkpointSha256: await sha256(checkpointFile(run.id)),
    };
  } finally {
    model.dispose();
  }
}

async function figures(
  { model, log: { validations, seconds }, tokens }: WindowModelToScore,
  run: WindowRun,
  data: DataOptions,
): Promise<Record<string, number>> {
  return {
    ...await perplexities(model, { text: PENN_TREEBANK, data }),
    window: run.config.window,
    ...{ epochs: validations.length, trainSeconds: seconds, tokensPerSecond: tokens / seconds },
  };
}
