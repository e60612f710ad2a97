import { engine } from "#lib/engine/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import {
  CHEN_MANNING_RECIPE,
  CHEN_MANNING_SHAPE,
  type DependencyParser,
  NeuralParser,
  pairedBootstrap,
  scoreSentences,
  type TreebankSplit,
  WEISS_RECIPE,
  WEISS_SHAPE,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { accuracy, type Corpus, EWT, inDev, NLTK, speed } from "./_parser_scores.ts";
import { checkpointFile } from "./language_model_run.ts";
import { sha256 } from "./score_run.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";
import {
  specOf,
  STRUCTURED,
  structuredParser,
  trainedNetwork,
  type TransitionLog,
  type TransitionRun,
  type TransitionRunOptions,
} from "./transition_run.ts";

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
  /** Trains what is not trained yet, and scores it on dev and test; with so many seeds at most. */
  score(options: MeasureOptions, seeds?: number): Promise<ScoredTransitionRow>;
}

/** Seeds of a full row. */
const SEEDS = [1, 2, 3];

const CHEN_MANNING = { shape: CHEN_MANNING_SHAPE, recipe: CHEN_MANNING_RECIPE };
/** The network of Weiss et al. 2015, from which Andor et al. 2016 go on. */
const WEISS: TransitionRun = { shape: WEISS_SHAPE, recipe: WEISS_RECIPE, hasVectors: true };

/** The papers' own figures, on test sections of the Penn Treebank; UDPipe's as measured on EWT. */
const PUBLISHED = {
  chenManning: {
    ...{ uas: 91.8, las: 89.6, sentencesPerSecond: 654 },
    ...{ udpipeGreedyUas: 85.18, udpipeGreedyLasNoSubtypes: 83.0 },
  },
  vectors: { udpipe12Uas: 88.1, udpipe12LasNoSubtypes: 86.2 },
  weissGreedy: { uas: 93.19, las: 91.18 },
  weiss: { uas: 93.99, las: 92.05 },
  andor: { uas: 94.61, las: 92.79 },
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
  greedyRow(EWT, "weiss-greedy", {
    ...{
      system: "Weiss et al. 2015, greedy network",
      published: PUBLISHED.weissGreedy,
      run: WEISS,
    },
  }),
  structuredRow("weiss", "perceptron", {
    ...{ system: "Weiss et al. 2015, perceptron with beam 8", published: PUBLISHED.weiss },
  }),
  structuredRow("andor", "global", {
    ...{ system: "Andor et al. 2016, global with beam 8", published: PUBLISHED.andor },
  }),
];

type Names = Pick<RowPlan, "system" | "published">;

/** A network that parses greedily. */
function greedyRow(
  corpus: Corpus,
  name: string,
  { run, ...names }: Names & { run: TransitionRun },
): TransitionRow {
  const id = `${corpus.name}-${name}`;
  return transitionRow(corpus, { id, names, spec: specOf(run) }, async (options) => {
    const { network, log } = await trainedNetwork(run, options), { test } = options.treebank;
    const parser = new NeuralParser(network);
    try {
      return {
        log,
        metrics: { ...await scores(parser, { ...options, corpus }), ...await speed(parser, test) },
      };
    } finally {
      parser.dispose();
      network.dispose();
    }
  });
}

/** What structured training makes of the network of row `ewt-weiss-greedy`, beside that network. */
function structuredRow(name: string, kind: "perceptron" | "global", names: Names): TransitionRow {
  const id = `ewt-${name}`, spec = { start: specOf(WEISS), structured: { ...STRUCTURED[kind] } };
  return transitionRow(EWT, { id, names, spec }, async (options) => {
    const { network } = await trainedNetwork(WEISS, { ...options, id: "ewt-weiss-greedy" });
    const { test } = options.treebank, greedy = new NeuralParser(network);
    const greedyTrees = await greedy.parse(test);
    greedy.dispose();
    const { parser, log, dispose } = await structuredParser(kind, { network, options });
    try {
      const [own, before] = [await parser.parse(test), greedyTrees]
        .map((trees) => scoreSentences(test, trees));
      const { difference, p } = pairedBootstrap(own, before, { random: seeded(1) });
      const compared = { gainOverGreedy: difference, pOverGreedy: p };
      const metrics = { ...await scores(parser, { ...options, corpus: EWT }), ...compared };
      return { log, metrics: { ...metrics, ...await speed(parser, test) } };
    } finally {
      dispose();
      network.dispose();
    }
  });
}

type SeedOptions = TransitionRunOptions & { treebank: TreebankSplit };

async function scores(
  parser: DependencyParser,
  { treebank: { test, dev }, corpus }: SeedOptions & { corpus: Corpus },
): Promise<Record<string, number>> {
  return {
    ...await accuracy(parser, test, corpus),
    ...inDev(await accuracy(parser, dev, corpus)),
  };
}

function transitionRow(
  corpus: Corpus,
  { id, names, spec }: { id: string; names: Names; spec: JsonValue },
  scoreSeed: (options: SeedOptions) => Promise<{
    metrics: Record<string, number>;
    log: TransitionLog;
  }>,
): TransitionRow {
  const score = async (options: MeasureOptions, most = SEEDS.length) => {
    const seeds = SEEDS.slice(0, options.scale === "quick" ? 1 : most), found = await engine();
    const logs: TransitionLog[] = [], hashes: string[] = [], all: Record<string, number>[] = [];
    const treebank = await corpus.read(options.data);
    options.report(`  ${found.description}`);
    for (const seed of seeds) {
      const { metrics, log } = await scoreSeed({ ...options, id, treebank, seed, engine: found });
      const took = { trainSeconds: log.seconds, trainCpuSeconds: log.cpuSeconds };
      all.push({ ...metrics, ...took });
      logs.push(log);
      if (options.scale === "full") hashes.push(await sha256(checkpointFile(`${id}-${seed}`)));
    }
    return {
      metrics: { ...summary(all), seeds: seeds.length },
      validationCurve: logs[0].validations,
      ...{ checkpointSha256: hashes.join(" "), spec },
    };
  };
  return {
    ...{ id, ...names, data: corpus.data, seed: SEEDS[0], engine: "tensorflow.js", score },
    measure: async (options) => (await score(options)).metrics,
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
