import type { DataOptions } from "#lib/data/mod.ts";
import { textAccuracy } from "#lib/classify/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import {
  classifierTraining,
  type ClassifierTrainingOptions,
  type ClassifierTrainingReport,
  type EncoderSizes,
  loadSentenceClassifier,
  saveSentenceClassifier,
  type SentenceClassifier,
} from "#lib/rnn/mod.ts";
import { keepTraining, keptLog } from "./_kept_training.ts";
import type { TextCorpus } from "./_text_corpora.ts";
import { wordVectors } from "./_word_vectors.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import { type ScoredRun, sha256 } from "./score_run.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";
import type { TrainRowOptions } from "./trained_row.ts";

/** How a classifier is trained: all that decides its figures. */
export type ClassifierRun =
  & Required<Pick<ClassifierTrainingOptions, "epochs" | "rate" | "decaySteps" | "batchWords">>
  & {
    sizes: Partial<EncoderSizes>;
    /** Whether words start with the vectors of {@linkcode wordVectors}. @default {false} */
    vectors?: boolean;
    seed: number;
  };

/** A row of the table `sentence-classifiers` that is trained. */
export interface ClassifierPlan extends Pick<RowPlan, "id" | "system" | "published"> {
  corpus: TextCorpus;
  run: ClassifierRun;
}

/** Trains a classifier and keeps it. */
export async function trainClassifier(
  { id, run, corpus }: ClassifierPlan,
  { data, report, tell = () => {} }: Pick<TrainRowOptions, "data" | "report" | "tell">,
): Promise<void> {
  const { train, dev } = await corpus.read(data), { vectors: hasVectors, ...rest } = run;
  const vectors = hasVectors ? await wordVectors({ data, report: tell }) : undefined;
  const options = { ...rest, vectors, dev, reportEvery: 100 }, { epochs } = run;
  await keepTraining<ClassifierTrainingReport>({
    ...{ id, run: run as JsonValue },
    reports: (resume) => classifierTraining(train, { ...options, resume }),
    save: ({ classifier }, path, options) => saveSentenceClassifier(classifier, path, options),
    dispose: ({ classifier }) => classifier.dispose(),
    score: (validation) => 100 - 100 * validation,
    report: (at) => report?.({ ...at, epochs }),
  });
}

/** Scores the classifier kept. */
export async function scoreClassifier(
  { id, run, corpus }: ClassifierPlan,
  data: DataOptions,
): Promise<ScoredRun> {
  const file = checkpointFile(id), classifier = await loadSentenceClassifier(file);
  try {
    const { seconds, cpuSeconds, validations } = await keptLog(id, run as JsonValue);
    const times = { trainSeconds: seconds, trainCpuSeconds: cpuSeconds };
    return {
      metrics: { ...await accuracies(classifier, { corpus, data }), ...times },
      validationCurve: validations,
      checkpointSha256: await sha256(file),
    };
  } finally {
    classifier.dispose();
  }
}

async function accuracies(
  classifier: SentenceClassifier,
  { corpus, data }: { corpus: TextCorpus; data: DataOptions },
): Promise<Record<string, number>> {
  const { dev, test } = await corpus.read(data), { parameters } = classifier;
  return {
    accuracy: 100 * await textAccuracy(classifier, test),
    devAccuracy: 100 * await textAccuracy(classifier, dev),
    parameters: Object.values(parameters).reduce((sum, { size }) => sum + size, 0),
  };
}

/** A quick row learns from the first sentences only, a few times. */
const QUICK = { sentences: 2000, epochs: 4 };

/** Trains and scores on little. */
export async function measureClassifierQuickly(
  { corpus, run }: ClassifierPlan,
  { data, report }: MeasureOptions,
): Promise<Record<string, number>> {
  const { train } = await corpus.read(data), { sentences, epochs } = QUICK;
  let classifier: SentenceClassifier | undefined;
  const options = { ...run, vectors: undefined, epochs, reportEvery: 50 };
  for await (const at of classifierTraining(train.slice(0, sentences), options)) {
    classifier = at.classifier;
    report(`  epoch ${at.epoch} of ${epochs}, loss ${at.loss.toFixed(3)}`);
  }
  try {
    return await accuracies(classifier!, { corpus, data });
  } finally {
    classifier!.dispose();
  }
}
