import process from "node:process";
import type { DataOptions } from "#lib/data/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import {
  loadRecurrentTagger,
  type RecurrentTagger,
  type RecurrentTaggerOptions,
  saveRecurrentTagger,
  type TaggerSizes,
  taggerTraining,
  type TaggerTrainingReport,
} from "#lib/rnn/mod.ts";
import { keepTraining, keptLog } from "./_kept_training.ts";
import { inDev } from "./_parser_scores.ts";
import { tagFigures, type TaggedCorpus } from "./_tagged_corpora.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import { type ScoredRun, sha256 } from "./score_run.ts";
import type { TrainingLog } from "./seeded_row.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";
import type { TrainRowOptions } from "./trained_row.ts";

/** How a tagger is trained: all that decides its figures. */
export type TaggerRun =
  & Required<Pick<RecurrentTaggerOptions, "epochs" | "rate" | "decaySteps" | "batchWords">>
  & { sizes: Partial<TaggerSizes>; seeds: number[] };

/** A row of the table `taggers` that is trained, once for each seed. */
export interface TaggerPlan extends Pick<RowPlan, "id" | "system" | "published"> {
  corpus: TaggedCorpus;
  run: TaggerRun;
}

/** The files of the taggers of all seeds. */
export function taggerFiles({ id, run }: TaggerPlan): string[] {
  return run.seeds.map((seed) => checkpointFile(nameOf(id, seed)));
}

function nameOf(id: string, seed: number): string {
  return `${id}-${seed}`;
}

/** Trains a tagger for each seed, and keeps them. */
export async function trainTaggers(
  plan: TaggerPlan,
  options: Pick<TrainRowOptions, "data" | "report">,
): Promise<void> {
  for (const seed of plan.run.seeds) await trainSeed(plan, { seed, ...options });
}

async function trainSeed(
  { id, run, corpus }: TaggerPlan,
  { seed, data, report }: Pick<TrainRowOptions, "data" | "report"> & { seed: number },
): Promise<void> {
  const { train, dev } = await corpus.read(data), { epochs } = run;
  const options = { ...run, seed, dev, criterion: corpus.criterion, reportEvery: 100 };
  await keepTraining<TaggerTrainingReport>({
    ...{ id: nameOf(id, seed), run: specOf(run, seed) },
    reports: (resume) => taggerTraining(train, { ...options, resume }),
    save: ({ tagger }, path, options) => saveRecurrentTagger(tagger, path, options),
    dispose: ({ tagger }) => tagger.dispose(),
    score: (validation) => 100 - 100 * validation,
    report: (at) => report?.({ ...at, epochs }),
  });
}

function specOf({ seeds: _, ...run }: TaggerRun, seed: number): JsonValue {
  return { ...run, seed };
}

/** Scores the taggers kept: means over seeds, of test scores the least and the most too. */
export async function scoreTaggers(
  { id, run, corpus }: TaggerPlan,
  data: DataOptions,
): Promise<ScoredRun> {
  const all: Record<string, number>[] = [], logs: TrainingLog[] = [], hashes: string[] = [];
  for (const seed of run.seeds) {
    const name = nameOf(id, seed), file = checkpointFile(name);
    const log = await keptLog(name, specOf(run, seed)), tagger = await loadRecurrentTagger(file);
    try {
      all.push({ ...await figures(tagger, { corpus, data }), ...timesOf(log) });
    } finally {
      tagger.dispose();
    }
    logs.push(log);
    hashes.push(await sha256(file));
  }
  return {
    metrics: { ...meansOf(all), seeds: run.seeds.length },
    validationCurve: logs[0].validations,
    checkpointSha256: hashes.join(" "),
  };
}

async function figures(
  tagger: RecurrentTagger,
  { corpus, data }: { corpus: TaggedCorpus; data: DataOptions },
): Promise<Record<string, number>> {
  const { dev, test } = await corpus.read(data), { parameters } = tagger.parts.network;
  return {
    ...await tagFigures(tagger, test, corpus),
    ...inDev(await tagFigures(tagger, dev, corpus)),
    parameters: Object.values(parameters).reduce((sum, { size }) => sum + size, 0),
  };
}

function timesOf({ seconds, cpuSeconds }: TrainingLog): Record<string, number> {
  return { trainSeconds: seconds, trainCpuSeconds: cpuSeconds };
}

function meansOf(all: readonly Record<string, number>[]): Record<string, number> {
  return Object.fromEntries(
    Object.keys(all[0]).flatMap((name) => {
      const values = all.map((each) => each[name]);
      const mean = [name, values.reduce((sum, v) => sum + v, 0) / values.length] as const;
      if (all.length === 1 || !["accuracy", "f1"].includes(name)) return [mean];
      return [
        mean,
        [`${name}Least`, Math.min(...values)] as const,
        [`${name}Most`, Math.max(...values)] as const,
      ];
    }),
  );
}

/** A quick row learns from the first sentences only, a few times. */
const QUICK = { sentences: 2000, epochs: 4 };

/** Trains and scores on little. */
export async function measureQuickly(
  { corpus, run: { sizes } }: TaggerPlan,
  { data, report }: MeasureOptions,
): Promise<Record<string, number>> {
  const { train } = await corpus.read(data), cpu = process.cpuUsage(), begun = performance.now();
  let tagger: RecurrentTagger | undefined;
  const sentences = train.slice(0, QUICK.sentences);
  for await (
    const at of taggerTraining(sentences, { sizes, epochs: QUICK.epochs, reportEvery: 50 })
  ) {
    tagger = at.tagger;
    report(`  epoch ${at.epoch} of ${QUICK.epochs}, loss ${at.loss.toFixed(3)}`);
  }
  try {
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - begun) / 1000;
    const log = { validations: [], seconds, cpuSeconds: (user + system) / 1e6 };
    return { ...await figures(tagger!, { corpus, data }), ...timesOf(log) };
  } finally {
    tagger!.dispose();
  }
}
