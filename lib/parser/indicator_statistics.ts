import { FeatureTable } from "./feature_table.ts";
import { type OracleIndicators, oracleIndicators } from "./_oracle_indicators.ts";
import { lexiconOf } from "./lexicon.ts";
import { NONE } from "./configuration.ts";
import { MALT_ALGORITHMS, type MaltAlgorithm } from "./malt_algorithms.ts";
import { isProjective } from "./projectivity.ts";
import type { Treebank } from "./sentence.ts";

/** Which features {@linkcode indicatorStatistics} counts. */
export interface IndicatorStatisticsOptions {
  /** Transition system and feature templates. @default {"stackproj"} */
  algorithm?: MaltAlgorithm;
}

/** The lecture's first two problems with indicator features, sparse and incomplete, in numbers. */
export interface IndicatorStatistics {
  /** Templates: features present in every configuration. */
  readonly templates: number;
  /** Configurations of the training trees. */
  readonly configurations: number;
  /** Distinct indicator features of the training trees. */
  readonly features: number;
  /** Of these, those that come only once. */
  readonly seenOnce: number;
  /** Features of the other treebank's configurations, each as often as it comes. */
  readonly otherOccurrences: number;
  /** Of these, those that never come in training. */
  readonly otherUnseen: number;
  /** Distinct features of the other treebank. */
  readonly otherFeatures: number;
  /** Of these, those that never come in training. */
  readonly otherFeaturesUnseen: number;
}

/**
 * Counts the indicator features of the configurations on the oracle's way to the projective trees
 * of a training treebank, and of another one, such as the development set.
 */
export function indicatorStatistics(
  train: Treebank,
  other: Treebank,
  { algorithm = "stackproj" }: IndicatorStatisticsOptions = {},
): IndicatorStatistics {
  const lexicon = lexiconOf([...train, ...other]);
  const [seen, others] = [train, other].map((treebank) => {
    const sentences = treebank.filter(({ tree }) => isProjective(tree.heads));
    return countKeys(oracleIndicators(sentences, { algorithm, lexicon }));
  });
  const keys = others.features.keys();
  const unseen = others.times.filter((_, id) =>
    seen.features.find(keys[2 * id], keys[2 * id + 1]) === NONE
  );
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  return {
    templates: MALT_ALGORITHMS[algorithm].templates.length,
    configurations: seen.configurations,
    features: seen.features.size,
    seenOnce: seen.times.filter((times) => times === 1).length,
    otherOccurrences: sum(others.times),
    otherUnseen: sum(unseen),
    otherFeatures: others.features.size,
    otherFeaturesUnseen: unseen.length,
  };
}

/** Numbers the features and counts how often each comes. */
function countKeys(
  steps: Iterable<OracleIndicators>,
): { features: FeatureTable; times: number[]; configurations: number } {
  const features = new FeatureTable(), times: number[] = [];
  let configurations = 0;
  for (const { keys } of steps) {
    configurations++;
    for (let t = 0; t < keys.length; t += 2) {
      const id = features.add(keys[t], keys[t + 1]);
      times[id] = (times[id] ?? 0) + 1;
    }
  }
  return { features, times, configurations };
}
