import { existsSync } from "node:fs";
import { DataError, readPennTreebankText, type SplitText } from "#lib/data/mod.ts";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { windowBatches, WindowLanguageModel } from "#lib/feedforward/mod.ts";
import { interpolate, interpolationWeights, perplexity as perplexityOf } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import { adagrad, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { once } from "./_once.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";
import {
  loadWindowRun,
  type TrainedWindowModel,
  windowCheckpoint,
  type WindowRun,
} from "./_window_training.ts";

/** Window size n and passes over the text: all sizes have three, one of them is trained further. */
const EPOCHS = { 5: 8, 2: 3, 3: 3, 8: 3 };

/** The runs behind the rows: alike but for window and passes. */
export const windowRuns: readonly WindowRun[] = Object.entries(EPOCHS).map(([window, epochs]) => ({
  id: `ptb-window-${window}`,
  config: {
    ...{ window: Number(window), width: 100, hidden: 300, rank: 100 },
    ...{ activation: "tanh", dropout: 0.1 },
  },
  ...{ rate: 0.05, improvement: 0.01, batchSize: 150, epochs, seed: 1 },
}));

const readPtb = once(readPennTreebankText);

/** Fixed-window neural language models on the Penn Treebank text. */
export const windowRows: readonly RowPlan[] = windowRuns.map((run) => ({
  id: run.id,
  system: `Fixed-window neural LM, ${run.config.window} words`,
  data: "Penn Treebank text, windows end at </s>",
  published: { perplexity: 140.2 }, // Mikolov 2012, table 4.1: feedforward NNLM
  seed: run.seed,
  engine: "native or wasm",
  measure: (options) => measure(run, options),
}));

async function measure(run: WindowRun, options: MeasureOptions): Promise<Record<string, number>> {
  const text = await readPtb(options.data);
  const found = await engine();
  const trained = options.scale === "full"
    ? await trainedBefore(found, run)
    : await trainedNow(found, run, text);
  try {
    return figures(trained, run, text);
  } finally {
    trained.model.dispose();
  }
}

async function trainedBefore(found: Engine, run: WindowRun): Promise<TrainedWindowModel> {
  if (existsSync(windowCheckpoint(run))) return await loadWindowRun(found, run);
  throw new DataError(
    `Cannot score ${run.id}: expected its model in ${windowCheckpoint(run)}, found none; ` +
      `train it with: deno task train-window --row ${run.id}`,
    { code: "missing" },
  );
}

/** A small model on a twentieth of the text, for the quick scale. */
async function trainedNow(
  found: Engine,
  run: WindowRun,
  text: SplitText,
): Promise<TrainedWindowModel> {
  const { vocabulary, ids, counts } = indexSentences(text.train);
  const { window, activation } = run.config;
  const sizes = { window, activation, width: 24, hidden: 48, rank: 24 };
  const model = new WindowLanguageModel(found, {
    ...{ ...sizes, vocabulary, counts, random: seeded(run.seed) },
  });
  const examples = model.examples(ids.subarray(0, Math.floor(ids.length / 20)));
  const begun = performance.now();
  const options = { optimizer: adagrad({ rate: 0.1 }), random: seeded(run.seed), sparse: ["E"] };
  for await (const _ of train(model, windowBatches(examples, { size: 100 }), options));
  const seconds = (performance.now() - begun) / 1000;
  const tokensPerSecond = examples.targets.length / seconds;
  return { model, training: { validations: [], seconds, tokensPerSecond } };
}

/** Validation and test perplexity, alone and with a 5-gram model, whose weight validation decides. */
function figures(
  { model, training }: TrainedWindowModel,
  run: WindowRun,
  text: SplitText,
): Record<string, number> {
  const { vocabulary, ids } = indexSentences(text.train);
  const [valid, test] = [text.valid, text.test].map((part) => vocabulary.encodeSentences(part));
  const models = [model, kneserNey(countNgrams(ids, { order: 5, vocabulary }))];
  const weights = interpolationWeights(models, valid);
  const mixed = interpolate(models, weights);
  return {
    perplexity: perplexityOf(model, test),
    validPerplexity: perplexityOf(model, valid),
    perplexityWithKneserNey5: perplexityOf(mixed, test),
    validPerplexityWithKneserNey5: perplexityOf(mixed, valid),
    kneserNeyWeight: weights[1],
    window: run.config.window,
    parameters: model.size,
    epochs: training.validations.length,
    trainSeconds: training.seconds,
    tokensPerSecond: training.tokensPerSecond,
  };
}
