import {
  BagOfWordsClassifier,
  bagsOfWords,
  type LabelledText,
  textAccuracy,
} from "#lib/classify/mod.ts";
import { multinomialNaiveBayes } from "#lib/feedforward/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import type { Pooling } from "#lib/rnn/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import {
  type ClassifierPlan,
  type ClassifierRun,
  measureClassifierQuickly,
  scoreClassifier,
  trainClassifier,
} from "./_classifier_run.ts";
import { POLARITY, QUESTIONS, type TextCorpus } from "./_text_corpora.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import type { RunProgress } from "./language_model_run.ts";
import type { RowPlan, Table } from "./table.ts";
import type { TrainedRow } from "./trained_row.ts";

const RUN: ClassifierRun = {
  ...{ sizes: {}, epochs: 8, batchWords: 500, rate: 0.003, decaySteps: 500, seed: 1 },
};
const NAMES: Record<Pooling, string> = {
  final: "final states",
  max: "element-wise max of all states",
  mean: "mean of all states",
};

const plans: readonly ClassifierPlan[] = [
  ...(["final", "max", "mean"] as const).map((pooling): ClassifierPlan => ({
    id: `polarity-${pooling}`,
    system: `Bidirectional LSTM, ${NAMES[pooling]}`,
    ...{ published: {}, corpus: POLARITY, run: { ...RUN, sizes: { pooling } } },
  })),
  {
    id: "questions-max",
    system: `Bidirectional LSTM, ${NAMES.max}`,
    ...{ published: {}, corpus: QUESTIONS },
    run: { ...RUN, epochs: 10, sizes: { pooling: "max", wordWidth: 100 } },
  },
  {
    id: "questions-max-vectors",
    system: `Bidirectional LSTM, ${NAMES.max}, words start with skip-gram vectors`,
    ...{ published: {}, corpus: QUESTIONS },
    run: { ...RUN, vectors: true, epochs: 16, sizes: { pooling: "max" } },
  },
];

/** "RNNs can be used for sentence classification", and as an encoder of questions. */
export const sentenceClassifiers: Table = {
  id: "sentence-classifiers",
  title: "RNNs can be used for sentence classification",
  rows: [POLARITY, QUESTIONS].flatMap((corpus) => [
    naiveBayesRow(corpus),
    ...plans.filter((each) => each.corpus === corpus).map(rowOf),
  ]),
};

/** The rows of the table that are trained by `deno task train-tables`. */
export const classifierRows: readonly TrainedRow[] = plans.map((plan): TrainedRow => ({
  ...{ table: "sentence-classifiers", id: plan.id, seed: plan.run.seed },
  spec: plan.run as JsonValue,
  files: () => [checkpointFile(plan.id)],
  train: (options) => trainClassifier(plan, options),
  score: (_, data) => scoreClassifier(plan, data),
  describe: (validation) => `accuracy on dev ${(100 - 100 * validation).toFixed(2)} %`,
}));

function rowOf(plan: ClassifierPlan): RowPlan {
  const { id, system, published, corpus, run } = plan;
  return {
    ...{ id, system, published, data: corpus.data, seed: run.seed, takesMinutes: true },
    engine: "tensorflow.js",
    measure: async (options) => {
      if (options.scale === "quick") return await measureClassifierQuickly(plan, options);
      const report = ({ epoch, step, loss }: RunProgress) =>
        options.report(`  epoch ${epoch}, step ${step}, loss ${loss.toFixed(3)}`);
      await trainClassifier(plan, { data: options.data, report, tell: options.report });
      return (await scoreClassifier(plan, options.data)).metrics;
    },
  };
}

/** Words seen twice or more often; each count is 1 more. */
function naiveBayesRow(corpus: TextCorpus): RowPlan {
  return {
    ...{ id: `${corpus.name}-naive-bayes`, system: "Bag of words, naive Bayes" },
    ...{ data: corpus.data, published: {}, engine: "typescript" },
    measure: async ({ data }) => {
      const { train, dev, test } = await corpus.read(data);
      const classifier = naiveBayes(train.map(lowerCased));
      return {
        accuracy: 100 * await textAccuracy(classifier, test.map(lowerCased)),
        devAccuracy: 100 * await textAccuracy(classifier, dev.map(lowerCased)),
      };
    },
  };
}

function lowerCased({ words, label }: LabelledText): LabelledText {
  return { words: words.map((word) => word.toLowerCase()), label };
}

function naiveBayes(texts: readonly LabelledText[]): BagOfWordsClassifier {
  const { vocabulary } = indexSentences(texts.map(({ words }) => words), { minCount: 2 });
  const classes = [...new Set(texts.map(({ label }) => label))].sort();
  const bag = { vocabulary, classes };
  return new BagOfWordsClassifier(multinomialNaiveBayes(bagsOfWords(texts, bag)), bag);
}
