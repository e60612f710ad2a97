import { existsSync } from "node:fs";
import { DataError } from "#lib/data/mod.ts";
import { type Engine, engine } from "#lib/engine/mod.ts";
import {
  adam,
  heldRate,
  type JsonValue,
  loadCheckpoint,
  putParameters,
  saveCheckpoint,
  train,
} from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import {
  buildConditionalModel,
  type ConditionalLanguageModel,
  type ConditionalPair,
  type ConditionalSpec,
} from "#lib/rnn/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { keepTraining, keptLog } from "./_kept_training.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import { type ScoredRun, sha256 } from "./score_run.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";
import type { TrainedRow, TrainRowOptions } from "./trained_row.ts";

/** How a conditional language model is trained: all that decides its figures. */
export type ConditionalRun = {
  /** The model. */
  model: ConditionalSpec;
  /** Symbols an update, about. */
  symbols: number;
  /** η of Adam. */
  rate: number;
  /** Passes over the pairs. */
  epochs: number;
  /** When the rate falls. */
  schedule: { hold: number; decay: number };
  /** Where first weights, order and masks come from. */
  seed: number;
};

/** Pairs to learn from and to choose passes on, and the symbols in them. */
export interface ConditionalData {
  /** Pairs to learn from. */
  train: ConditionalPair[];
  /** Pairs to choose passes on. */
  dev: ConditionalPair[];
  /** The symbols of y. */
  vocabulary: Vocabulary;
  /** The symbols of x, where it is a sequence. */
  source?: Vocabulary;
}

/** A row of the table `generation` that writes y given x. */
export interface ConditionalPlan extends Pick<RowPlan, "id" | "system" | "data"> {
  run: ConditionalRun;
  /** What a quick run has instead. */
  quick: { units: number; pairs: number; scored: number };
  read(): Promise<ConditionalData>;
  /** Scores on dev and test, at most so many pairs of each, and what the model writes. */
  figures(model: ConditionalLanguageModel, most: number): Promise<ConditionalFigures>;
}

/** What is reported of a model. */
export interface ConditionalFigures {
  metrics: Record<string, number>;
  samples: string[];
}

/** The row as `deno task train-tables` trains it. */
export function trainedConditionalRow(plan: ConditionalPlan): TrainedRow {
  return {
    ...{ table: "generation", id: plan.id, seed: plan.run.seed, spec: plan.run as JsonValue },
    files: () => [checkpointFile(plan.id)],
    train: (options) => trainKept(plan, options),
    score: (engine) => scoreKept(engine, plan),
  };
}

/** The row as `deno task reproduce-tables` measures it. */
export function conditionalPlan(plan: ConditionalPlan): RowPlan {
  const { id, system, data, run } = plan;
  return {
    ...{ id, system, data, published: {}, seed: run.seed, takesMinutes: true },
    engine: "native or wasm",
    measure: async (options) => {
      if (options.scale === "quick") return await measureQuickly(plan, options);
      if (!existsSync(checkpointFile(id))) {
        const command = `deno task train-tables --row ${id}`;
        const problem = `Cannot score ${id}: its model is not trained (${command})`;
        throw new DataError(problem, { code: "missing" });
      }
      const { metrics, samples } = await scoreKept(await engine(), plan);
      samples.forEach((sample) => options.wrote?.(sample));
      return metrics;
    },
  };
}

function optionsOf({ rate, schedule, seed, epochs }: ConditionalRun) {
  const rule = { optimizer: adam({ rate }), schedule: heldRate(rate, schedule), clipNorm: 1 };
  return { ...rule, epochs, random: seeded(seed + 1), reportEvery: 100 };
}

/** Nats a symbol, `</s>` included. */
function crossEntropy(model: ConditionalLanguageModel, pairs: readonly ConditionalPair[]): number {
  const scores = model.score(pairs);
  const symbols = scores.reduce((sum, { length }) => sum + length, 0);
  return -scores.reduce((sum, each) => sum + each.reduce((a, b) => a + b, 0), 0) / symbols;
}

async function trainKept(
  { id, run, read }: ConditionalPlan,
  { engine, report }: TrainRowOptions,
): Promise<void> {
  const { train: pairs, dev, ...vocabularies } = await read();
  const model = buildConditionalModel(engine, run.model, {
    ...{ ...vocabularies, random: seeded(run.seed) },
  });
  try {
    await keepTraining({
      ...{ id, run: run as JsonValue },
      reports: (resume, onValidation) =>
        train(model, model.batches(pairs, run), {
          ...{ ...optionsOf(run), resume },
          evaluate: () => {
            onValidation();
            return crossEntropy(model, dev);
          },
        }),
      save: (_, path, { training, notes }) =>
        saveCheckpoint(path, { model, config: { notes }, training }),
      dispose: () => {},
      score: Math.exp,
      report: (at) => report?.({ ...at, epochs: run.epochs }),
    });
  } finally {
    model.dispose();
  }
}

async function scoreKept(
  engine: Engine,
  { id, run, read, figures }: ConditionalPlan,
): Promise<ScoredRun & { samples: string[] }> {
  const { validations, seconds, cpuSeconds } = await keptLog(id, run as JsonValue);
  const model = buildConditionalModel(engine, run.model, {
    ...{ ...await read(), random: seeded(run.seed) },
  });
  try {
    putParameters(model, (await loadCheckpoint(checkpointFile(id))).parameters);
    const { metrics, samples } = await figures(model, Infinity);
    const took = { trainSeconds: seconds, trainCpuSeconds: cpuSeconds };
    return {
      metrics: { ...metrics, parameters: sizeOf(model), epochs: validations.length, ...took },
      ...{ samples, validationCurve: validations },
      checkpointSha256: await sha256(checkpointFile(id)),
    };
  } finally {
    model.dispose();
  }
}

/** A small model after one pass over some pairs. */
async function measureQuickly(
  { run, quick, read, figures }: ConditionalPlan,
  { wrote }: MeasureOptions,
): Promise<Record<string, number>> {
  const { train: pairs, dev: _, ...vocabularies } = await read();
  const spec = { ...run.model, units: quick.units }, begun = performance.now();
  const model = buildConditionalModel(await engine(), spec, {
    ...{ ...vocabularies, random: seeded(run.seed) },
  });
  try {
    const part = model.batches(pairs.slice(0, quick.pairs), { symbols: 200 });
    for await (const _ of train(model, part, optionsOf({ ...run, epochs: 1, rate: 0.006 })));
    const trainSeconds = (performance.now() - begun) / 1000;
    const { metrics, samples } = await figures(model, quick.scored);
    samples.forEach((sample) => wrote?.(sample));
    return { ...metrics, parameters: sizeOf(model), epochs: 1, trainSeconds };
  } finally {
    model.dispose();
  }
}

function sizeOf({ parameters }: ConditionalLanguageModel): number {
  return Object.values(parameters).reduce((sum, { size }) => sum + size, 0);
}
