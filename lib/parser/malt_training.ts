import { seeded } from "#lib/random/mod.ts";
import { FeatureTable } from "./feature_table.ts";
import { type Lexicon, lexiconOf } from "./lexicon.ts";
import { oracleIndicators } from "./_oracle_indicators.ts";
import { type BinaryExamples, crammerSinger } from "./crammer_singer.ts";
import type { MaltAlgorithm } from "./malt_algorithms.ts";
import { MaltParser } from "./malt_parser.ts";
import { isProjective } from "./projectivity.ts";
import { projectivize } from "./pseudo_projective.ts";
import type { AnnotatedSentence, Treebank } from "./sentence.ts";
import { TransitionInventory } from "./transition_inventory.ts";
import type { Move } from "./transition_system.ts";

/** How a {@linkcode MaltParser} is trained; the defaults are the published settings. */
export interface MaltTrainingOptions {
  /** Transition system and feature templates. @default {"stackproj"} */
  algorithm?: MaltAlgorithm;
  /**
   * What becomes of sentences with crossing arcs: left out, or learned with their arcs lifted, which
   * parsing undoes (MaltParser's `-pp head`).
   * @default {"skip"}
   */
  nonProjective?: "skip" | "lift";
  /** Price of a margin violation, C. @default {0.1} */
  cost?: number;
  /** Largest violation at which training ends, ε. @default {0.1} */
  tolerance?: number;
  /** Seed of the order of the examples. @default {1} */
  seed?: number;
}

/** How far training has come, after each pass over the examples. */
export interface MaltTrainingReport {
  /** Number of the pass, from 1. */
  readonly pass: number;
  /** Configurations this pass went over. */
  readonly visited: number;
  /** Largest violation of the optimality conditions met; a pass over all ends training below ε. */
  readonly violation: number;
  /** Configurations learned from. */
  readonly examples: number;
  /** Distinct indicator features seen. */
  readonly features: number;
  /** Distinct transitions seen: the classes. */
  readonly transitions: number;
  /** A parser with the weights as they stand. */
  parser(): MaltParser;
}

/**
 * Trains a {@linkcode MaltParser}.
 *
 * @throws {RangeError} if no sentence can be learned from, one's heads are no tree, or its columns are of
 * unequal length
 *
 * @example
 * ```ts
 * import { trainMaltParser } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sentence = {
 *   words: ["He", "has", "good", "control"],
 *   tags: ["PRP", "VBZ", "JJ", "NN"],
 *   tree: { heads: [2, 0, 4, 2], labels: ["nsubj", "root", "amod", "obj"] },
 * };
 * const parser = trainMaltParser([sentence]);
 * assertEquals(await parser.parse([sentence]), [sentence.tree]);
 * ```
 */
export function trainMaltParser(
  treebank: Treebank,
  options: MaltTrainingOptions = {},
): MaltParser {
  let last: MaltTrainingReport | undefined;
  for (const report of maltTraining(treebank, options)) last = report;
  return last!.parser();
}

/**
 * Trains a {@linkcode MaltParser} pass by pass; the loop over the reports may stop at any time.
 *
 * @throws {RangeError} if no sentence can be learned from, one's heads are no tree, or its columns are of
 * unequal length
 */
export function* maltTraining(
  treebank: Treebank,
  { algorithm = "stackproj", nonProjective = "skip", cost, tolerance, seed = 1 }:
    MaltTrainingOptions = {},
): Generator<MaltTrainingReport, void, void> {
  const sentences = projectiveSentences(treebank, nonProjective);
  if (!sentences.some(({ words }) => words.length > 0)) {
    throw new RangeError(
      `Cannot train a parser: expected sentences with projective trees,` +
        ` got none among ${treebank.length} (nonProjective: "lift" takes the others too)`,
    );
  }
  const lexicon = lexiconOf(sentences);
  const { transitions, features, examples } = learnedFrom(sentences, algorithm, lexicon);
  const rootLabel = rootLabelOf(sentences, lexicon);
  const options = { cost, tolerance, random: seeded(seed) };
  for (const { pass, visited, violation, weights } of crammerSinger(examples, options)) {
    yield {
      pass,
      visited,
      violation,
      examples: examples.classes.length,
      features: features.size,
      transitions: transitions.size,
      parser: () =>
        new MaltParser({
          ...{ algorithm, lexicon, rootLabel, transitions, features },
          weights: Float32Array.from(weights),
        }),
    };
  }
}

function projectiveSentences(treebank: Treebank, policy: "skip" | "lift"): AnnotatedSentence[] {
  if (policy === "skip") return treebank.filter(({ tree }) => isProjective(tree.heads));
  return treebank.map((sentence) => ({ ...sentence, tree: projectivize(sentence.tree) }));
}

/** The commonest label of words that hang from ROOT. */
function rootLabelOf(sentences: Treebank, { labels }: Lexicon): number {
  const counts = new Int32Array(labels.size);
  for (const { tree } of sentences) counts[labels.id(tree.labels[tree.heads.indexOf(0)])]++;
  return counts.indexOf(Math.max(...counts));
}

/** Every configuration on the oracle's way to the trees, as an example. */
function learnedFrom(sentences: Treebank, algorithm: MaltAlgorithm, lexicon: Lexicon): {
  transitions: TransitionInventory;
  features: FeatureTable;
  examples: BinaryExamples;
} {
  const features = new FeatureTable(), present: number[] = [];
  const offsets = [0], chosen: { move: Move; label: number }[] = [];
  for (const { keys, move, label } of oracleIndicators(sentences, { algorithm, lexicon })) {
    for (let t = 0; t < keys.length; t += 2) present.push(features.add(keys[t], keys[t + 1]));
    offsets.push(present.length);
    chosen.push({ move, label });
  }
  const transitions = new TransitionInventory(chosen);
  const examples = {
    features: Int32Array.from(present),
    offsets: Int32Array.from(offsets),
    classes: Uint16Array.from(chosen, ({ move, label }) => transitions.id(move, label)),
    featureCount: features.size,
    classCount: transitions.size,
  };
  return { transitions, features, examples };
}
