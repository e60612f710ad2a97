import type { JsonValue } from "#lib/nn/mod.ts";
import type { TaggerSizes } from "#lib/rnn/mod.ts";
import { MajorityTagger } from "#lib/tagging/mod.ts";
import { inDev } from "./_parser_scores.ts";
import {
  BROWN_TAGS,
  DUTCH,
  EWT_UPOS,
  SPANISH,
  tagFigures,
  type TaggedCorpus,
} from "./_tagged_corpora.ts";
import {
  measureQuickly,
  scoreTaggers,
  taggerFiles,
  type TaggerPlan,
  type TaggerRun,
  trainTaggers,
} from "./_tagger_run.ts";
import type { RunProgress } from "./language_model_run.ts";
import type { RowPlan, Table } from "./table.ts";
import type { TrainedRow } from "./trained_row.ts";

const RUN: TaggerRun = {
  ...{ sizes: {}, epochs: 10, batchWords: 500, rate: 0.003, decaySteps: 700, seeds: [1] },
};
const THREE = { seeds: [1, 2, 3] };
const PLAIN = "Bidirectional LSTM";
const STACKED = "Stacked bidirectional LSTM with residual connections and self-attention";
/** The lecture's "stacked bidirectional LSTM with residual connections and self-attention". */
const STACK: Partial<TaggerSizes> = { layers: 2, residual: true, attention: true };

/** Lample et al. 2016, table 3: their LSTM-CRF starts with vectors of words from much raw text. */
const LAMPLE = { Spanish: { f1: 85.75 }, Dutch: { f1: 81.74 } };

const plans: readonly TaggerPlan[] = [
  plan(EWT_UPOS, "lstm", { system: PLAIN, run: { ...RUN, ...THREE } }),
  plan(EWT_UPOS, "stacked", { system: STACKED, run: { ...RUN, ...THREE, sizes: STACK } }),
  plan(BROWN_TAGS, "lstm", {
    system: PLAIN,
    run: { ...RUN, epochs: 4, decaySteps: 1000 },
  }),
  ...([[SPANISH, LAMPLE.Spanish], [DUTCH, LAMPLE.Dutch]] as const).flatMap(
    ([corpus, published]) => [
      plan(corpus, "lstm", { system: PLAIN, run: RUN }),
      plan(corpus, "lstm-crf", {
        ...{ system: `${PLAIN}, random field`, published },
        run: { ...RUN, sizes: { chain: true } },
      }),
      plan(corpus, "stacked-crf", {
        system: `${STACKED}, random field`,
        run: { ...RUN, sizes: { ...STACK, chain: true } },
      }),
    ],
  ),
];

function plan(
  corpus: TaggedCorpus,
  name: string,
  { published = {}, ...rest }: Pick<TaggerPlan, "system" | "run"> & Partial<TaggerPlan>,
): TaggerPlan {
  return { ...rest, id: `${corpus.name}-${name}`, corpus, published };
}

/** "RNNs can be used for tagging": parts of speech and names, beside each word's usual tag. */
export const taggers: Table = {
  id: "taggers",
  title: "RNNs can be used for tagging",
  rows: [EWT_UPOS, BROWN_TAGS, SPANISH, DUTCH].flatMap((corpus) => [
    majorityRow(corpus),
    ...plans.filter((each) => each.corpus === corpus).map(rowOf),
  ]),
};

/** The rows of the table that are trained by `deno task train-tables`. */
export const taggerRows: readonly TrainedRow[] = plans.map((plan): TrainedRow => {
  const { id, run, corpus } = plan;
  return {
    ...{ table: "taggers", id, seed: run.seeds[0], spec: run as JsonValue },
    files: () => taggerFiles(plan),
    train: (options) => trainTaggers(plan, options),
    score: (_, data) => scoreTaggers(plan, data),
    describe: (validation) => `${corpus.criterion} on dev ${(100 - 100 * validation).toFixed(2)} %`,
  };
});

function majorityRow(corpus: TaggedCorpus): RowPlan {
  return {
    ...{ id: `${corpus.name}-majority`, system: "Most frequent tag of each word" },
    ...{ data: corpus.data, published: {}, engine: "typescript" },
    measure: async ({ data }) => {
      const { train, dev, test } = await corpus.read(data), tagger = new MajorityTagger(train);
      return {
        ...await tagFigures(tagger, test, corpus),
        ...inDev(await tagFigures(tagger, dev, corpus)),
      };
    },
  };
}

function rowOf(plan: TaggerPlan): RowPlan {
  const { id, system, published, corpus, run } = plan;
  return {
    ...{ id, system, published, data: corpus.data, seed: run.seeds[0], takesMinutes: true },
    engine: "tensorflow.js",
    measure: async (options) => {
      if (options.scale === "quick") return await measureQuickly(plan, options);
      const report = ({ epoch, step, loss }: RunProgress) =>
        options.report(`  epoch ${epoch}, step ${step}, loss ${loss.toFixed(3)}`);
      await trainTaggers(plan, { data: options.data, report });
      return (await scoreTaggers(plan, options.data)).metrics;
    },
  };
}
