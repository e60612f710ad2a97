import { engine } from "#lib/engine/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import { CHEN_MANNING_RECIPE, CHEN_MANNING_SHAPE, NeuralParser } from "#lib/parser/mod.ts";
import { accuracy, type Corpus, EWT, inDev, NLTK, speed } from "./_parser_scores.ts";
import { checkpointFile } from "./language_model_run.ts";
import { sha256 } from "./score_run.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";
import { specOf, trainedNetwork, type TransitionRun } from "./transition_run.ts";

/** A scored row of the table `parsers-neural`. */
export interface ScoredTransitionRow {
  /** The figures by their contract names: means over seeds, and the range of test scores. */
  metrics: Record<string, number>;
  /** UAS on dev after each pass of the first seed. */
  validationCurve: number[];
  /** SHA-256 of each seed's checkpoint, one after the other; empty at quick scale. */
  checkpointSha256: string;
  /** What decided the run. */
  spec: JsonValue;
}

/** A row whose parser is trained by `deno task train-parsers`, once for each seed. */
export interface TransitionRow extends RowPlan {
  /** The first of its seeds. */
  seed: number;
  /** Trains what is not trained yet, and scores it on dev and test. */
  score(options: MeasureOptions): Promise<ScoredTransitionRow>;
}

/** Seeds of a full row. */
const SEEDS = [1, 2, 3];

const CHEN_MANNING = { shape: CHEN_MANNING_SHAPE, recipe: CHEN_MANNING_RECIPE };

/** Chen & Manning 2014, table 5: test sections of the Penn Treebank; UDPipe as measured on EWT. */
const PUBLISHED = {
  chenManning: {
    ...{ uas: 91.8, las: 89.6, sentencesPerSecond: 654 },
    ...{ udpipeGreedyUas: 85.18, udpipeGreedyLasNoSubtypes: 83.0 },
  },
  vectors: { udpipe12Uas: 88.1, udpipe12LasNoSubtypes: 86.2 },
};

/** The lecture's neural transition-based parsers. */
export const transitionRows: readonly TransitionRow[] = [
  greedyRow(EWT, "chen-manning", {
    ...{ system: "Chen & Manning 2014", published: PUBLISHED.chenManning },
    run: { ...CHEN_MANNING, hasVectors: false },
  }),
  greedyRow(EWT, "chen-manning-vectors", {
    ...{ system: "Chen & Manning 2014 with word vectors", published: PUBLISHED.vectors },
    run: { ...CHEN_MANNING, hasVectors: true },
  }),
  greedyRow(NLTK, "chen-manning", {
    ...{ system: "Chen & Manning 2014", published: {} },
    run: { ...CHEN_MANNING, hasVectors: false },
  }),
];

function greedyRow(
  corpus: Corpus,
  name: string,
  { system, published, run }: Pick<RowPlan, "system" | "published"> & { run: TransitionRun },
): TransitionRow {
  const id = `${corpus.name}-${name}`;
  const score = async (options: MeasureOptions): Promise<ScoredTransitionRow> => {
    const seeds = options.scale === "quick" ? SEEDS.slice(0, 1) : SEEDS, found = await engine();
    const curves: number[][] = [], hashes: string[] = [], all: Record<string, number>[] = [];
    options.report(`  ${found.description}`);
    const treebank = await corpus.read(options.data), { test, dev } = treebank;
    for (const seed of seeds) {
      const trained = await trainedNetwork(run, { ...options, id, treebank, seed, engine: found });
      const parser = new NeuralParser(trained.network), { log } = trained;
      all.push({
        ...await accuracy(parser, test, corpus),
        ...inDev(await accuracy(parser, dev, corpus)),
        ...{ trainSeconds: log.seconds, trainCpuSeconds: log.cpuSeconds },
        ...await speed(parser, test),
      });
      curves.push(log.validations);
      if (options.scale === "full") hashes.push(await sha256(checkpointFile(`${id}-${seed}`)));
      parser.dispose();
      trained.network.dispose();
    }
    const metrics = { ...summary(all), seeds: seeds.length };
    return {
      metrics,
      validationCurve: curves[0],
      checkpointSha256: hashes.join(" "),
      spec: specOf(run),
    };
  };
  return {
    ...{ id, system, data: corpus.data, published, seed: SEEDS[0], engine: "tensorflow.js" },
    ...{ score, measure: async (options) => (await score(options)).metrics },
  };
}

/** Means over seeds; of test scores the least and the most too. */
function summary(all: readonly Record<string, number>[]): Record<string, number> {
  const valuesOf = (name: string) => all.map((each) => each[name]);
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const figures: Record<string, number> = {};
  for (const name of Object.keys(all[0])) {
    figures[name] = mean(valuesOf(name));
    if (all.length === 1 || !["uas", "lasNoSubtypes"].includes(name)) continue;
    figures[`${name}Least`] = Math.min(...valuesOf(name));
    figures[`${name}Most`] = Math.max(...valuesOf(name));
  }
  return figures;
}
