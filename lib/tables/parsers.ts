import {
  indicatorStatistics,
  type MaltAlgorithm,
  type MaltParser,
  maltTraining,
  type MaltTrainingReport,
  measureFeatureTime,
  type Treebank,
} from "#lib/parser/mod.ts";
import { graphRows } from "./_graph_parsers.ts";
import { accuracy, type Corpus, EWT, inDev, NLTK, speed } from "./_parser_scores.ts";
import type { MeasureOptions, RowPlan, Table } from "./table.ts";

/**
 * The slide's figures are those of Chen & Manning 2014, table 5, on the development sections of the
 * Penn Treebank (Stanford Dependencies); `original…` was measured with MaltParser 1.9 on our data.
 */
const PUBLISHED: Record<string, Record<string, number>> = {
  "ewt-stackproj": {
    ...{ uas: 89.8, las: 87.2, sentencesPerSecond: 469 },
    ...{ originalUas: 85.98, originalLasNoSubtypes: 83.64, originalTrainSeconds: 100 },
  },
  "ewt-nivreeager": {
    ...{ uas: 89.6, las: 86.9, sentencesPerSecond: 448 },
    ...{ originalUas: 85.87, originalLasNoSubtypes: 83.44, originalTrainSeconds: 100 },
  },
  "nltk-stackproj": { originalUas: 86.35 },
  "nltk-nivreeager": { originalUas: 85.87 },
};

/** "Neural dependency parsing": the parsers by accuracy and speed. */
export const parsers: Table = {
  id: "parsers",
  title: "A neural dependency parser",
  rows: [
    ...[EWT, NLTK].flatMap((corpus) => [
      maltRow(corpus, "stackproj"),
      maltRow(corpus, "nivreeager"),
    ]),
    ...graphRows,
  ],
};

/** MaltParser with its published settings; nothing is chosen, neither on dev nor on test. */
function maltRow(corpus: Corpus, algorithm: MaltAlgorithm): RowPlan {
  return {
    id: `${corpus.name}-malt-${algorithm}`,
    system: `MaltParser, ${algorithm}`,
    data: corpus.data,
    published: PUBLISHED[`${corpus.name}-${algorithm}`],
    seed: 1,
    engine: "typescript",
    measure: async (options) => {
      const { train, dev, test } = await corpus.read(options.data);
      const begun = performance.now();
      const parser = trainMalt(train, { algorithm, report: options.report });
      const trainSeconds = (performance.now() - begun) / 1000;
      const statistics = indicatorStatistics(train, dev, { algorithm });
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
    },
  };
}

function trainMalt(
  train: Treebank,
  { algorithm, report }: { algorithm: MaltAlgorithm; report: MeasureOptions["report"] },
): MaltParser {
  let last: MaltTrainingReport | undefined;
  for (const each of maltTraining(train, { algorithm, seed: 1 })) {
    report(`  pass ${each.pass}: largest violation ${each.violation.toFixed(3)} (ends below 0.1)`);
    last = each;
  }
  return last!.parser();
}
