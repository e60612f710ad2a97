import { seeded, shuffled } from "#lib/random/mod.ts";
import { assertAnnotated } from "../_equal_columns.ts";
import { isProjective } from "../projectivity.ts";
import type { AnnotatedSentence, Treebank } from "../sentence.ts";
import { AveragedWeights } from "./_averaged_weights.ts";
import { encodeTokens } from "./_encoded_tokens.ts";
import { miraUpdate, type MstExample } from "./_mira_update.ts";
import type { MstModel } from "./mst_model.ts";
import { MstScorer } from "./_mst_scorer.ts";
import { MstParser } from "./mst_parser.ts";

/** How an {@linkcode MstParser} is trained; the defaults are the published settings. */
export interface MstTrainingOptions {
  /** 1: arcs; 2: arcs and adjacent siblings. @default {1} */
  order?: 1 | 2;
  /** Passes over the sentences. @default {10} */
  epochs?: number;
  /** Trees an update keeps apart from the gold one; more than 1 for order 1 only. @default {1} */
  k?: number;
  /** Weights of arcs and siblings: 2 to the power of this many. @default {23} */
  arcBits?: number;
  /** Weights of labels: 2 to the power of this many. @default {22} */
  labelBits?: number;
  /** Seed of the order of the sentences. @default {1} */
  seed?: number;
}

/** How far training has come, after each pass. */
export interface MstTrainingReport {
  /** Number of the pass, from 1. */
  readonly epoch: number;
  /** Wrong heads and labels in the trees met in this pass, per word. */
  readonly loss: number;
  /** A parser with the mean of the weights so far. */
  parser(): MstParser;
}

/**
 * Trains an {@linkcode MstParser}.
 *
 * @throws {RangeError} if no sentence can be learned from, one's columns are of unequal length, or the
 * options do not go together
 *
 * @example
 * ```ts
 * import { trainMstParser } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sentence = {
 *   words: ["He", "has", "good", "control"],
 *   tags: ["PRP", "VBZ", "JJ", "NN"],
 *   tree: { heads: [2, 0, 4, 2], labels: ["nsubj", "root", "amod", "obj"] },
 * };
 * const parser = trainMstParser([sentence], { order: 2, arcBits: 16, labelBits: 16 });
 * assertEquals(await parser.parse([sentence]), [sentence.tree]);
 * ```
 */
export function trainMstParser(treebank: Treebank, options: MstTrainingOptions = {}): MstParser {
  let last: MstTrainingReport | undefined;
  for (const report of mstTraining(treebank, options)) last = report;
  return last!.parser();
}

/**
 * Trains an {@linkcode MstParser} pass by pass by MIRA (Crammer & Singer 2003; McDonald, Crammer &
 * Pereira 2005, figure 4); the loop over the reports may stop at any time. Sentences with crossing
 * arcs are left out.
 *
 * @throws {RangeError} if no sentence can be learned from, one's columns are of unequal length, or the
 * options do not go together
 */
export function* mstTraining(
  treebank: Treebank,
  { order = 1, epochs = 10, k = 1, arcBits = 23, labelBits = 22, seed = 1 }: MstTrainingOptions =
    {},
): Generator<MstTrainingReport, void, void> {
  if (order === 2 && k !== 1) {
    throw new RangeError(
      `Cannot train with k = ${k}: expected order 1, got ${order} (order 2: k 1)`,
    );
  }
  const labels = [...new Set(treebank.flatMap(({ tree }) => tree.labels))];
  const examples = treebank.filter(isUsable).map((sentence) => exampleOf(sentence, labels));
  if (examples.length === 0 || epochs < 1) {
    throw new RangeError(
      `Cannot train a parser: expected projective sentences and passes over them,` +
        ` got none among ${treebank.length} and ${epochs} passes`,
    );
  }
  const weights = new AveragedWeights(2 ** arcBits + 2 ** labelBits);
  const model = { order, labels, arcBits, labelBits };
  const scorer = new MstScorer({ ...model, weights: weights.values }), random = seeded(seed);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const sum = { loss: 0, words: 0 };
    for (const example of shuffled(examples, random)) {
      weights.nextStep();
      sum.loss += miraUpdate(example, { scorer, weights, k });
      sum.words += example.tokens.length;
    }
    yield {
      epoch,
      loss: sum.loss / sum.words,
      parser: () => new MstParser({ ...model, weights: weights.average() } satisfies MstModel),
    };
  }
}

function isUsable({ words, tree }: AnnotatedSentence): boolean {
  return words.length > 0 && isProjective(tree.heads) &&
    tree.heads.filter((head) => head === 0).length === 1;
}

function exampleOf(sentence: AnnotatedSentence, labels: readonly string[]): MstExample {
  assertAnnotated(sentence);
  const numbers = new Map(labels.map((label, i) => [label, i]));
  return {
    tokens: encodeTokens(sentence),
    gold: {
      heads: Int32Array.from(sentence.tree.heads),
      labels: Int32Array.from(sentence.tree.labels, (label) => numbers.get(label)!),
    },
  };
}
