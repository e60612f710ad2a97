import { type Random, seeded, shuffled } from "#lib/random/mod.ts";
import { assertAnnotated } from "../_equal_columns.ts";
import type { AnnotatedSentence, Treebank } from "../sentence.ts";
import { ArcPruner } from "./_arc_pruner.ts";
import { AveragedWeights } from "./_averaged_weights.ts";
import type { TurboTokens } from "./_turbo_features.ts";
import { arcKind, TurboScorer } from "./_turbo_scorer.ts";
import { encodeTurboTokens } from "./_turbo_tokens.ts";
import { type TurboExample, turboUpdate } from "./_turbo_update.ts";
import type { CandidateArc } from "./tree_factor.ts";
import type { TurboModel } from "./turbo_model.ts";
import { LEAST_RATIO, TurboParser } from "./turbo_parser.ts";

/** How a {@linkcode TurboParser} is trained. */
export interface TurboTrainingOptions {
  /** Which parts are scored. @default {"standard"} */
  kind?: TurboModel["kind"];
  /**
   * Only trees without crossing arcs, which Eisner's algorithm finds faster than Chu-Liu/Edmonds. What
   * sentences with crossing arcs teach is taken along.
   * @default {false}
   */
  projective?: boolean;
  /** Passes over the sentences. @default {10} */
  epochs?: number;
  /** Passes of the pruner. @default {2} */
  prunerEpochs?: number;
  /** Heads of a word the pruner lets through at most. @default {6} */
  mostHeads?: number;
  /** Largest step of an update, C. @default {0.001} */
  cost?: number;
  /** Weights of parts: 2 to the power of this many. @default {24} */
  bits?: number;
  /** Weights of the pruner: 2 to the power of this many. @default {22} */
  prunerBits?: number;
  /** Longer sentences are not learned from, in words. @default {Infinity} */
  longest?: number;
  /** Seed of the order of the sentences. @default {1} */
  seed?: number;
  /**
   * A parser whose pruner and weights are taken over and trained on, such as a basic one for the arcs of
   * a standard one; `bits`, `prunerBits` and `prunerEpochs` do not matter then.
   * @default {none: all weights begin at 0}
   */
  start?: TurboParser;
  /** Where to go on, from a report's `state()`; other options must be as before. @default {the beginning} */
  resume?: TurboTrainingState;
}

/** Where training stands after a pass. */
export interface TurboTrainingState {
  /** The parser of the mean of the weights so far. */
  readonly parser: TurboParser;
  /** Passes made. */
  readonly epoch: number;
  /** Updates made. */
  readonly steps: number;
  /** The weights as they stand. */
  readonly weights: Float32Array;
}

/** How far training has come: after each pass, first of the pruner, then of the parser. */
export interface TurboTrainingReport {
  /** What is trained. */
  readonly stage: "pruner" | "parser";
  /** Number of the pass, from 1. */
  readonly epoch: number;
  /** Pruner: mean −log P(gold tree) per word; parser: mean loss-augmented hinge per word. */
  readonly loss: number;
  /** Parser: candidate arcs per word. */
  readonly arcsPerWord?: number;
  /** Parser: share of gold arcs the pruner kept, before they were put back. */
  readonly recall?: number;
  /** Parser: one with the mean of the weights so far. */
  parser?(): TurboParser;
  /** Parser: where training stands. */
  state?(): TurboTrainingState;
}

/**
 * Trains a {@linkcode TurboParser}.
 *
 * @throws {RangeError} if no sentence can be learned from, or one's columns are of unequal length
 *
 * @example
 * ```ts
 * import { trainTurboParser } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sentence = {
 *   words: ["He", "has", "good", "control"],
 *   tags: ["PRP", "VBZ", "JJ", "NN"],
 *   tree: { heads: [2, 0, 4, 2], labels: ["nsubj", "root", "amod", "obj"] },
 * };
 * const parser = trainTurboParser([sentence], { bits: 16, prunerBits: 16 });
 * assertEquals(await parser.parse([sentence]), [sentence.tree]);
 * ```
 */
export function trainTurboParser(
  treebank: Treebank,
  options: TurboTrainingOptions = {},
): TurboParser {
  let parser: TurboParser | undefined;
  const { epochs = 10 } = options;
  for (const report of turboTraining(treebank, options)) {
    if (report.parser && report.epoch === epochs) parser = report.parser();
  }
  return parser!;
}

/**
 * Trains a {@linkcode TurboParser} pass by pass: the pruner by stochastic gradient, the parser by
 * cost-augmented MIRA; the loop over the reports may stop at any time.
 *
 * @throws {RangeError} if no sentence can be learned from, or one's columns are of unequal length
 */
export function* turboTraining(
  treebank: Treebank,
  options: TurboTrainingOptions = {},
): Generator<TurboTrainingReport, void, void> {
  const { kind = "standard", epochs = 10, mostHeads = 6, cost = 0.001, seed = 1 } = options;
  const { projective = false, start, resume } = options;
  const before = resume?.parser ?? start;
  const labels = before?.model.labels ?? [...new Set(treebank.flatMap(({ tree }) => tree.labels))];
  const sentences = goldSentences(treebank, labels, options);
  const random = seeded(seed);
  const prunerWeights = before?.model.prunerWeights ??
    (yield* trainPruner(sentences, options, random));
  const { examples, arcsPerWord, recall } = prunedExamples(sentences, {
    ...{ pruner: new ArcPruner(prunerWeights), mostHeads, projective },
  });
  const weights = startingWeights(options);
  const model: TurboModel = {
    ...{ kind, projective, labels, mostHeads, prunerWeights },
    ...{ labelsOfArcs: labelsOfArcs(sentences), weights: weights.values },
  };
  const scorer = new TurboScorer(model);
  if (resume && !start) drawAgain(random, { sentences, passes: options.prunerEpochs });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = shuffled(examples, random);
    if (epoch <= (resume?.epoch ?? 0)) continue;
    let loss = 0;
    for (const example of order) {
      weights.nextStep();
      loss += turboUpdate(example, { scorer, weights, kind, projective, cost });
    }
    const words = sentences.reduce((sum, { tokens }) => sum + tokens.length, 0);
    const parser = () => new TurboParser({ ...model, weights: weights.average() });
    yield {
      ...{ stage: "parser", epoch, loss: loss / words, arcsPerWord, recall, parser },
      state: () => ({
        ...{ parser: parser(), epoch, steps: weights.steps, weights: weights.values.slice() },
      }),
    };
  }
}

/**
 * What can be learned from.
 *
 * @throws {RangeError} if that is nothing, or the state to go on from is of another kind
 */
function goldSentences(
  treebank: Treebank,
  labels: readonly string[],
  { kind = "standard", longest = Infinity, epochs = 10, resume }: TurboTrainingOptions,
): GoldSentence[] {
  const found = resume?.parser.model.kind ?? kind;
  if (found !== kind) {
    throw new RangeError(
      `Cannot go on training: expected the state of a ${kind} parser, got a ${found} one`,
    );
  }
  const sentences = treebank
    .filter(({ words, tree }) =>
      words.length > 0 && words.length <= longest &&
      tree.heads.filter((head) => head === 0).length === 1
    )
    .map((sentence) => goldOf(sentence, labels));
  if (sentences.length === 0 || epochs < 1) {
    throw new RangeError(
      `Cannot train a parser: expected sentences of one root and passes over them,` +
        ` got none among ${treebank.length} and ${epochs} passes`,
    );
  }
  return sentences;
}

function startingWeights({ bits = 24, start, resume }: TurboTrainingOptions): AveragedWeights {
  if (!resume) return new AveragedWeights(start?.model.weights ?? 2 ** bits);
  const { weights, steps, parser } = resume;
  return new AveragedWeights(weights, { steps, mean: parser.model.weights });
}

/** Draws what a pruner's passes drew. */
function drawAgain(
  random: Random,
  { sentences, passes = PRUNER_EPOCHS }: { sentences: readonly unknown[]; passes?: number },
): void {
  for (let pass = 0; pass < passes; pass++) shuffled([...sentences], random);
}

/** A sentence with its tree, by numbers. */
interface GoldSentence {
  readonly tokens: TurboTokens;
  readonly heads: Int32Array;
  readonly labels: Int32Array;
}

function goldOf(sentence: AnnotatedSentence, labels: readonly string[]): GoldSentence {
  assertAnnotated(sentence);
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const unknown = sentence.tree.labels.find((label) => !numbers.has(label));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot train on: expected the labels of the parser to start with, got "${unknown}"`,
    );
  }
  return {
    tokens: encodeTurboTokens(sentence),
    heads: Int32Array.from(sentence.tree.heads),
    labels: Int32Array.from(sentence.tree.labels, (label) => numbers.get(label)!),
  };
}

/** Step size of the pruner's gradient; an arc has some 300 features. */
const PRUNER_RATE = 0.01;
const PRUNER_EPOCHS = 2;

function* trainPruner(
  sentences: readonly GoldSentence[],
  { prunerEpochs = PRUNER_EPOCHS, prunerBits = 22 }: TurboTrainingOptions,
  random: Random,
): Generator<TurboTrainingReport, Float32Array, void> {
  const weights = new AveragedWeights(2 ** prunerBits), pruner = new ArcPruner(weights.values);
  for (let epoch = 1; epoch <= prunerEpochs; epoch++) {
    let loss = 0, words = 0;
    for (const { tokens, heads } of shuffled([...sentences], random)) {
      weights.nextStep();
      loss += pruner.step(tokens, heads, { rate: PRUNER_RATE, weights });
      words += tokens.length;
    }
    yield { stage: "pruner", epoch, loss: loss / words };
  }
  return weights.average();
}

/** Sentences with the arcs to choose from; how many these are, and what share of the gold ones. */
function prunedExamples(
  sentences: readonly GoldSentence[],
  { pruner, ...options }: { pruner: ArcPruner; mostHeads: number; projective: boolean },
): { examples: TurboExample[]; arcsPerWord: number; recall: number } {
  const pruned = sentences.map((sentence) => prunedExample(sentence, pruner, options));
  const examples = pruned.map(({ example }) => example);
  const words = sentences.reduce((sum, { tokens }) => sum + tokens.length, 0);
  return {
    examples,
    arcsPerWord: examples.reduce((sum, { arcs }) => sum + arcs.length, 0) / words,
    recall: pruned.reduce((sum, { kept }) => sum + kept, 0) / words,
  };
}

/** The arcs the pruner keeps, and the gold ones: else nothing could be learned of them. */
function prunedExample(
  { tokens, heads, labels }: GoldSentence,
  pruner: ArcPruner,
  { mostHeads, projective }: { mostHeads: number; projective: boolean },
): { example: TurboExample; kept: number } {
  const arcs: CandidateArc[] = pruner.candidates(tokens, {
    ...{ most: mostHeads, ratio: LEAST_RATIO, projective },
  });
  const isGold = ({ head, dependent }: CandidateArc) => heads[dependent - 1] === head;
  const found = new Set(arcs.filter(isGold).map(({ dependent }) => dependent));
  for (const [i, head] of heads.entries()) {
    if (!found.has(i + 1)) arcs.push({ head, dependent: i + 1 });
  }
  const gold = Int32Array.from(arcs, (arc) => isGold(arc) ? labels[arc.dependent - 1] : -1);
  return { example: { tokens, arcs, gold }, kept: found.size };
}

function labelsOfArcs(sentences: readonly GoldSentence[]): Map<number, number[]> {
  const seen = new Map<number, Set<number>>();
  for (const { tokens, heads, labels } of sentences) {
    for (const [i, head] of heads.entries()) {
      const kind = arcKind(tokens, { head, dependent: i + 1 });
      if (!seen.has(kind)) seen.set(kind, new Set());
      seen.get(kind)!.add(labels[i]);
    }
  }
  return new Map([...seen].map(([kind, labels]) => [kind, [...labels]]));
}
