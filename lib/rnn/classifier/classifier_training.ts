import { classIds, type LabelledText, textAccuracy } from "#lib/classify/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import {
  adam,
  type Moment,
  train,
  type TrainingReport,
  type TrainingState,
  type WordVectors,
} from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences, Vocabulary } from "#lib/text/mod.ts";
import { handOver } from "../_hand_over.ts";
import { classifierBatches, lowerCased } from "./classifier_batch.ts";
import { SentenceClassifier } from "./sentence_classifier.ts";
import type { EncoderSizes } from "./sentence_encoder.ts";

/** The sizes of a plain classifier: one bidirectional LSTM, the largest value of each unit. */
export const PLAIN_ENCODER: EncoderSizes = {
  ...{ wordWidth: 50, layers: 1, units: 100, bidirectional: true, pooling: "max" },
  ...{ drop: 0.5, wordDrop: 0.1 },
};

/** How a {@linkcode SentenceClassifier} is trained. */
export interface ClassifierTrainingOptions {
  /** Sizes that differ from those of {@linkcode PLAIN_ENCODER}. */
  sizes?: Partial<EncoderSizes>;
  /** Words seen less often are unknown ones, unless they have a vector. @default {2} */
  leastCount?: number;
  /** Vectors that words start with. @default {none} */
  vectors?: WordVectors;
  /** Passes over the sentences. @default {8} */
  epochs?: number;
  /** Words of a batch at most. @default {500} */
  batchWords?: number;
  /** η at the beginning. @default {0.003} */
  rate?: number;
  /** η falls to three quarters in so many updates, smoothly. @default {500} */
  decaySteps?: number;
  /** Seed of the weights, the order of the batches and all masks. @default {1} */
  seed?: number;
  /** Sentences that choose the pass whose weights are kept. @default {the last pass's are} */
  dev?: readonly LabelledText[];
  /** A report comes after so many updates, and after each pass. @default {10} */
  reportEvery?: number;
  /** Where to go on, from a report's `state()`. @default {the beginning} */
  resume?: TrainingState;
}

/** How far training has come; `validation` is the share of `dev` that is wrong. */
export interface ClassifierTrainingReport extends TrainingReport {
  /** The classifier itself, which training goes on to change. */
  readonly classifier: SentenceClassifier;
}

/**
 * Trains a {@linkcode SentenceClassifier}, which the caller disposes, update by update; the loop over
 * the reports may stop at any time. At the end, with `dev`, it has the weights of the pass that was
 * best there. A training that ends or fails before its first report leaves nothing.
 *
 * @throws {RangeError} if there is nothing to learn from, `dev` is empty or has a class of its own, or a
 * sentence has no words
 *
 * @example
 * ```ts
 * import { classifyTexts } from "#lib/classify/mod.ts";
 * import { classifierTraining, type SentenceClassifier } from "#lib/rnn/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reviews = [
 *   { words: ["not", "bad"], label: "positive" },
 *   { words: ["bad"], label: "negative" },
 *   { words: ["good"], label: "positive" },
 *   { words: ["not", "good"], label: "negative" },
 * ];
 * const options = { sizes: { units: 8, drop: 0, wordDrop: 0 }, epochs: 100, leastCount: 1 };
 * let classifier: SentenceClassifier | undefined;
 * for await (const report of classifierTraining(reviews, options)) classifier = report.classifier;
 * assertEquals(await classifyTexts(classifier!, [["not", "bad"], ["bad"]]), ["positive", "negative"]);
 * classifier!.dispose();
 * ```
 */
export async function* classifierTraining(
  texts: readonly LabelledText[],
  options: ClassifierTrainingOptions = {},
): AsyncGenerator<ClassifierTrainingReport, void, void> {
  const { epochs = 8, batchWords = 500, rate = 0.003, decaySteps = 500, seed = 1 } = options;
  const { dev, reportEvery = 10, resume } = options;
  checkTexts(texts, "to learn from");
  const classes = [...new Set(texts.map(({ label }) => label))].sort();
  if (dev) {
    checkTexts(dev, "in dev");
    classIds(dev, classes); // refuses unknown ones before training
  }
  const classifier = await newClassifier(texts, { ...options, classes, seed });
  const batching = { vocabulary: classifier.encoder.vocabulary, classes, words: batchWords };
  const begin = () =>
    train(classifier, classifierBatches(texts, batching), {
      optimizer: adam({ rate }),
      schedule: ({ step }: Moment) => rate * 0.75 ** (step / decaySteps),
      ...{ epochs, reportEvery, resume, clipNorm: 5, random: seeded(seed), sparse: ["E"] },
      ...(dev && { evaluate: async () => 1 - await textAccuracy(classifier, dev) }),
    });
  for await (const report of handOver(classifier, begin)) yield { ...report, classifier };
}

function checkTexts(texts: readonly LabelledText[], where: string): void {
  if (texts.length === 0) {
    throw new RangeError(`Cannot train a classifier: there is no sentence ${where}`);
  }
  const empty = texts.findIndex(({ words }) => words.length === 0);
  if (empty < 0) return;
  throw new RangeError(`Cannot train a classifier: sentence ${empty} ${where} has no words`);
}

/** A classifier with weights just drawn; it knows the frequent words and those that have vectors. */
async function newClassifier(
  texts: readonly LabelledText[],
  { sizes, leastCount = 2, vectors, classes, seed }:
    & ClassifierTrainingOptions
    & { classes: readonly string[]; seed: number },
): Promise<SentenceClassifier> {
  const sentences = texts.map(({ words }) => lowerCased(words));
  const { vocabulary: frequent } = indexSentences(sentences, { minCount: leastCount });
  const marks = new Vocabulary([]).size;
  const words = [
    ...frequent.words.slice(marks),
    ...(vectors?.words ?? []).filter((word) => !frequent.has(word)),
  ];
  return new SentenceClassifier(await engine(), {
    ...{ classes, vectors, vocabulary: new Vocabulary(words), random: seeded(seed + 1) },
    sizes: { ...PLAIN_ENCODER, ...sizes },
  });
}
