import {
  indicatorStatistics,
  jackknifeTags,
  type MaltParser,
  maltTraining,
  type MaltTrainingOptions,
  type MaltTrainingReport,
  measureFeatureTime,
  scoreSentences,
  trainTagger,
  type Treebank,
  type TreebankSplit,
} from "#lib/parser/mod.ts";
import { accuracy, type Corpus, EWT, inDev, NLTK, PTB, speed } from "./_parser_scores.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";

/**
 * The slide's figures are those of Chen & Manning 2014, table 5, on the development sections of the
 * Penn Treebank (Stanford Dependencies); `original…` was measured with MaltParser 1.9 on our data.
 */
const PUBLISHED: Record<string, Record<string, number>> = {
  "ewt-malt-stackproj": {
    ...{ uas: 89.8, las: 87.2, sentencesPerSecond: 469 },
    ...{ originalUas: 85.98, originalLasNoSubtypes: 83.64, originalTrainSeconds: 100 },
  },
  "ewt-malt-nivreeager": {
    ...{ uas: 89.6, las: 86.9, sentencesPerSecond: 448 },
    ...{ originalUas: 85.87, originalLasNoSubtypes: 83.44, originalTrainSeconds: 100 },
  },
  "ewt-malt-stackproj-head": { originalUas: 86.25, originalLasNoSubtypes: 83.96 },
  "nltk-malt-stackproj": { originalUas: 86.35, originalUasNoPunctuation: 87.37 },
  "nltk-malt-nivreeager": { originalUas: 85.87, originalUasNoPunctuation: 87.08 },
};

/** MaltParser with its published settings; nothing is chosen, neither on dev nor on test. */
export const maltRows: readonly RowPlan[] = [
  maltRow(EWT, "ewt-malt-stackproj", { algorithm: "stackproj" }),
  maltRow(EWT, "ewt-malt-nivreeager", { algorithm: "nivreeager" }),
  maltRow(EWT, "ewt-malt-stackproj-head", { algorithm: "stackproj", nonProjective: "lift" }),
  {
    ...maltRow(EWT, "ewt-malt-stackproj-predicted-tags", { algorithm: "stackproj" }),
    data: EWT.data.replace("XPOS", "predicted XPOS"),
    measure: measureWithPredictedTags,
  },
  maltRow(NLTK, "nltk-malt-stackproj", { algorithm: "stackproj" }),
  maltRow(NLTK, "nltk-malt-nivreeager", { algorithm: "nivreeager" }),
  maltRow(PTB, "ptb-malt-stackproj", { algorithm: "stackproj" }),
  maltRow(PTB, "ptb-malt-nivreeager", { algorithm: "nivreeager" }),
];

function maltRow(corpus: Corpus, id: string, training: MaltTrainingOptions): RowPlan {
  const { algorithm, nonProjective } = training;
  return {
    id,
    system: `MaltParser, ${algorithm}${nonProjective === "lift" ? " -pp head" : ""}`,
    data: corpus.data,
    published: PUBLISHED[id] ?? {},
    seed: 1,
    engine: "typescript",
    measure: async (options) => {
      const split = await corpus.read(options.data);
      return measure({ ...split, training, corpus, report: options.report });
    },
    testScores: async ({ data, report }) => {
      const { train, test } = await corpus.read(data);
      return scoreSentences(test, await trainMalt(train, training, report).parse(test));
    },
  };
}

async function measure(
  { train, dev, test, training, corpus, report }: TreebankSplit & {
    training: MaltTrainingOptions;
    corpus: Corpus;
    report: MeasureOptions["report"];
  },
): Promise<Record<string, number>> {
  const begun = performance.now();
  const parser = trainMalt(train, training, report);
  const trainSeconds = (performance.now() - begun) / 1000;
  const statistics = indicatorStatistics(train, dev, training);
  return {
    ...await accuracy(parser, test, corpus),
    ...inDev(await accuracy(parser, dev, corpus)),
    trainSeconds,
    ...await speed(parser, test),
    features: statistics.features,
    unseenFeatureShare: statistics.otherUnseen / statistics.otherOccurrences,
    unseenDistinctFeatureShare: statistics.otherFeaturesUnseen / statistics.otherFeatures,
    featureTimeShare: measureFeatureTime(parser, test).share,
  };
}

function trainMalt(
  train: Treebank,
  training: MaltTrainingOptions,
  report: MeasureOptions["report"],
): MaltParser {
  let last: MaltTrainingReport | undefined;
  for (const each of maltTraining(train, { ...training, seed: 1 })) {
    report(`  pass ${each.pass}: largest violation ${each.violation.toFixed(3)} (ends below 0.1)`);
    last = each;
  }
  return last!.parser();
}

/** Training tags by jackknife (three parts at the quick scale, ten in full), others by one tagger. */
async function measureWithPredictedTags(
  { scale, data, report }: MeasureOptions,
): Promise<Record<string, number>> {
  const { train, dev, test } = await EWT.read(data);
  const folds = { quick: 3, full: 10 }[scale], tagger = trainTagger(train);
  report(`  tagging the training sentences by ${folds} taggers`);
  const retag = (treebank: Treebank): Treebank =>
    treebank.map((sentence) => ({ ...sentence, tags: tagger.tagSentence(sentence.words) }));
  const tagged = { train: jackknifeTags(train, { folds }), dev: retag(dev), test: retag(test) };
  return {
    ...await measure({ ...tagged, training: { algorithm: "stackproj" }, corpus: EWT, report }),
    tagAccuracy: shareOfEqualTags(tagged.test, test),
    devTagAccuracy: shareOfEqualTags(tagged.dev, dev),
  };
}

/** In %. */
function shareOfEqualTags(tagged: Treebank, gold: Treebank): number {
  const [found, right] = [tagged, gold].map((treebank) => treebank.flatMap(({ tags }) => tags));
  return 100 * found.filter((tag, i) => tag === right[i]).length / right.length;
}
