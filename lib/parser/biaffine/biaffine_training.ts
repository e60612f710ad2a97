import { engine } from "#lib/engine/mod.ts";
import { adam, type Moment, train, type TrainingReport, type TrainingState } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { scoreTrees } from "../attachment.ts";
import { assertAnnotated } from "../_equal_columns.ts";
import type { AnnotatedSentence, Treebank } from "../sentence.ts";
import { bucketedBatches } from "./biaffine_batch.ts";
import { biaffineLexicon, type BiaffineLexiconOptions } from "./biaffine_lexicon.ts";
import { BiaffineNetwork } from "./biaffine_network.ts";
import { BiaffineParser } from "./biaffine_parser.ts";
import { type BiaffineSizes, PUBLISHED_SIZES } from "./biaffine_sizes.ts";

/** How a {@linkcode BiaffineParser} is trained; the defaults are the published settings. */
export interface BiaffineTrainingOptions extends BiaffineLexiconOptions {
  /** Sizes of the network that differ from the published ones. */
  sizes?: Partial<BiaffineSizes>;
  /** Passes over the sentences. @default {100} */
  epochs?: number;
  /** Tokens of a batch at most. @default {5000} */
  batchTokens?: number;
  /** η at the beginning. @default {0.002} */
  rate?: number;
  /** η falls to three quarters in so many updates, smoothly. @default {5000} */
  decaySteps?: number;
  /** Seed of the weights, the order of the batches and all masks. @default {1} */
  seed?: number;
  /** Sentences that choose the pass whose weights are kept (by LAS). @default {the last pass's are} */
  dev?: Treebank;
  /** A report comes after so many updates, and after each pass. @default {10} */
  reportEvery?: number;
  /** Where to go on, from a report's `state()`. @default {the beginning} */
  resume?: TrainingState;
}

/** How far training has come. */
export interface BiaffineTrainingReport extends TrainingReport {
  /** The parser itself, which training goes on to change. */
  readonly parser: BiaffineParser;
}

/**
 * Trains a {@linkcode BiaffineParser}, which the caller disposes.
 *
 * @throws {RangeError} if no sentence can be learned from, or one's columns are of unequal length
 *
 * @example
 * ```ts
 * import { trainBiaffineParser } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sentence = {
 *   words: ["He", "has", "good", "control"],
 *   tags: ["PRP", "VBZ", "JJ", "NN"],
 *   tree: { heads: [2, 0, 4, 2], labels: ["nsubj", "root", "amod", "obj"] },
 * };
 * const sizes = { wordWidth: 8, tagWidth: 8, layers: 1, units: 16, arcUnits: 16, labelUnits: 16, drop: 0 };
 * const parser = await trainBiaffineParser([sentence], { sizes, epochs: 150, leastCount: 1 });
 * assertEquals(await parser.parse([sentence]), [sentence.tree]);
 * parser.dispose();
 * ```
 */
export async function trainBiaffineParser(
  treebank: Treebank,
  options: BiaffineTrainingOptions = {},
): Promise<BiaffineParser> {
  let parser: BiaffineParser | undefined;
  for await (const report of biaffineTraining(treebank, options)) parser = report.parser;
  return parser!;
}

/**
 * Trains a {@linkcode BiaffineParser} update by update; the loop over the reports may stop at any time.
 * At the end, with `dev`, the parser has the weights of the pass that was best there.
 *
 * @throws {RangeError} if no sentence can be learned from, or one's columns are of unequal length
 */
export async function* biaffineTraining(
  treebank: Treebank,
  options: BiaffineTrainingOptions = {},
): AsyncGenerator<BiaffineTrainingReport, void, void> {
  const { sizes, epochs = 100, batchTokens = 5000, rate = 0.002, decaySteps = 5000 } = options;
  const { seed = 1, dev, reportEvery = 10, resume } = options;
  const sentences = treebank.filter(isUsable);
  if (sentences.length === 0) {
    throw new RangeError(
      `Cannot train a parser: expected sentences of one root, got none among ${treebank.length}`,
    );
  }
  sentences.forEach(assertAnnotated);
  const parser = await newBiaffineParser(sentences, { ...options, sizes, seed });
  const { network, lexicon } = parser.parts;
  const training = train(network, bucketedBatches(sentences, lexicon, { tokens: batchTokens }), {
    optimizer: adam({ rate, beta1: 0.9, beta2: 0.9, epsilon: 1e-12 }),
    schedule: ({ step }: Moment) => rate * 0.75 ** (step / decaySteps),
    ...{ epochs, reportEvery, resume, clipNorm: 5, random: seeded(seed) },
    sparse: Object.keys(network.parameters).filter((name) => name.startsWith("E_")),
    ...(dev && { evaluate: async () => 100 - scoreTrees(dev, await parser.parse(dev)).las }),
  });
  for await (const report of training) yield { ...report, parser };
}

/** A parser with weights just drawn. */
async function newBiaffineParser(
  treebank: Treebank,
  { sizes, seed, ...lexical }: BiaffineTrainingOptions & { seed: number },
): Promise<BiaffineParser> {
  const lexicon = biaffineLexicon(treebank, lexical);
  const [{ tree }] = treebank;
  return new BiaffineParser({
    network: new BiaffineNetwork(await engine(), {
      sizes: { ...PUBLISHED_SIZES, ...sizes },
      counts: {
        words: lexicon.words.size,
        tags: lexicon.tags.size,
        affixes: lexical.affixes ? lexicon.affixes.size : 0,
        labels: lexicon.labels.size,
      },
      random: seeded(seed + 1),
    }),
    lexicon,
    rootLabel: tree.labels[tree.heads.indexOf(0)],
  });
}

function isUsable({ words, tree }: AnnotatedSentence): boolean {
  return words.length > 0 && tree.heads.filter((head) => head === 0).length === 1;
}
