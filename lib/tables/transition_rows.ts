import {
  type DependencyTree,
  NeuralParser,
  pairedBootstrap,
  scoreSentences,
  type Treebank,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { type Corpus, EWT, NLTK } from "./_parser_scores.ts";
import { seededRow } from "./_seeded_rows.ts";
import {
  CHEN_MANNING,
  CHEN_MANNING_SUFFIXES,
  CHEN_MANNING_VECTORS,
  CHEN_MANNING_VECTORS_NLTK,
  WEISS,
} from "./_transition_runs.ts";
import { triTrainingRow } from "./_tri_training_row.ts";
import type { SeededRow } from "./seeded_row.ts";
import type { RowPlan } from "./table.ts";
import {
  specOf,
  STRUCTURED,
  structuredParser,
  trainedNetwork,
  type TransitionRun,
} from "./transition_run.ts";

/**
 * The papers' own figures, on test sections of the Penn Treebank, but Chen & Manning's on its development
 * section, as on the slide (test: 91.8 / 89.6); UDPipe's as measured on EWT.
 */
const PUBLISHED = {
  chenManning: {
    ...{ uas: 92, las: 89.7, sentencesPerSecond: 654 },
    ...{ udpipeGreedyUas: 85.18, udpipeGreedyLasNoSubtypes: 83.0 },
  },
  vectors: { udpipe12Uas: 88.1, udpipe12LasNoSubtypes: 86.2 },
  weissGreedy: { uas: 93.19, las: 91.18 },
  weiss: { uas: 93.99, las: 92.05 },
  andor: { uas: 94.61, las: 92.79 },
};

/** The lecture's neural transition-based parsers. */
export const transitionRows: readonly SeededRow[] = [
  greedyRow(EWT, "chen-manning", {
    ...{ system: "Chen & Manning 2014", published: PUBLISHED.chenManning },
    run: CHEN_MANNING,
  }),
  greedyRow(EWT, "chen-manning-vectors", {
    ...{ system: "Chen & Manning 2014 with word vectors", published: PUBLISHED.vectors },
    run: CHEN_MANNING_VECTORS,
  }),
  greedyRow(EWT, "chen-manning-suffixes", {
    ...{ system: "Chen & Manning 2014 with suffixes of words", published: {} },
    run: CHEN_MANNING_SUFFIXES,
  }),
  greedyRow(NLTK, "chen-manning", {
    ...{ system: "Chen & Manning 2014", published: {} },
    run: CHEN_MANNING,
  }),
  greedyRow(NLTK, "chen-manning-vectors", {
    ...{ system: "Chen & Manning 2014 with word vectors", published: {} },
    run: CHEN_MANNING_VECTORS_NLTK,
  }),
  greedyRow(EWT, "weiss-greedy", {
    ...{
      system: "Weiss et al. 2015, greedy network",
      published: PUBLISHED.weissGreedy,
      run: WEISS,
    },
  }),
  triTrainingRow,
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
): SeededRow {
  return seededRow(corpus, {
    ...{ id: `${corpus.name}-${name}`, ...names, spec: specOf(run) },
    open: async (options) => {
      const { network, log } = await trainedNetwork(run, options);
      const parser = new NeuralParser(network);
      return { parser, log, dispose: () => [parser, network].forEach((each) => each.dispose()) };
    },
  });
}

/** What structured training makes of the network of row `ewt-weiss-greedy`, beside that network. */
function structuredRow(name: string, kind: "perceptron" | "global", names: Names): SeededRow {
  const spec = { start: specOf(WEISS), structured: { ...STRUCTURED[kind] } };
  return seededRow(EWT, {
    ...{ id: `ewt-${name}`, ...names, spec },
    open: async (options) => {
      const { network } = await trainedNetwork(WEISS, { ...options, id: "ewt-weiss-greedy" });
      const { test } = options.treebank, greedy = new NeuralParser(network);
      const before = await greedy.parse(test); // training goes on to change the network
      greedy.dispose();
      const { parser, log, dispose } = await structuredParser(kind, { network, options });
      return {
        ...{ parser, log },
        more: async () => gain(await parser.parse(test), { before, test }),
        dispose: () => {
          dispose();
          network.dispose();
        },
      };
    },
  });
}

/** What the beam adds to the greedy network, and how likely it is nothing. */
function gain(
  trees: readonly DependencyTree[],
  { before, test }: { before: readonly DependencyTree[]; test: Treebank },
): Record<string, number> {
  const [own, greedy] = [trees, before].map((each) => scoreSentences(test, each));
  const { difference, p } = pairedBootstrap(own, greedy, { random: seeded(1) });
  return { gainOverGreedy: difference, pOverGreedy: p };
}
