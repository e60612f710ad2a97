import { engine } from "#lib/engine/mod.ts";
import { adam, type Moment, train, type TrainingReport, type TrainingState } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { scorePhrases, tagAccuracy, type TaggedSentence } from "#lib/tagging/mod.ts";
import { handOver } from "../_hand_over.ts";
import { RecurrentTagger } from "./recurrent_tagger.ts";
import { taggerBatches } from "./tagger_batch.ts";
import { taggerLexicon } from "./tagger_lexicon.ts";
import { TaggerNetwork, type TaggerSizes } from "./tagger_network.ts";

/** The sizes of a plain tagger: one bidirectional LSTM and a softmax. */
export const PLAIN_TAGGER: TaggerSizes = {
  ...{ wordWidth: 100, affixWidth: 50, layers: 1, units: 128 },
  ...{ residual: false, attention: false, chain: false, drop: 0.33, wordDrop: 0.25 },
};

/** How a {@linkcode RecurrentTagger} is trained. */
export interface RecurrentTaggerOptions {
  /** Sizes of the network that differ from those of {@linkcode PLAIN_TAGGER}. */
  sizes?: Partial<TaggerSizes>;
  /** Words and affixes seen less often are unknown ones. @default {2} */
  leastCount?: number;
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
  dev?: readonly TaggedSentence[];
  /** What is measured on `dev`: the accuracy of tags, or F₁ of phrases. @default {"accuracy"} */
  criterion?: "accuracy" | "phrases";
  /** A report comes after so many updates, and after each pass. @default {10} */
  reportEvery?: number;
  /** Where to go on, from a report's `state()`. @default {the beginning} */
  resume?: TrainingState;
}

/** How far training has come; `validation` is 1 less what was measured on `dev`. */
export interface TaggerTrainingReport extends TrainingReport {
  /** The tagger itself, which training goes on to change. */
  readonly tagger: RecurrentTagger;
}

/**
 * Trains a {@linkcode RecurrentTagger}, which the caller disposes, update by update; the loop over the
 * reports may stop at any time. At the end, with `dev`, it has the weights of the pass that was best
 * there. A training that ends or fails before its first report leaves nothing.
 *
 * @throws {TypeError} if there is no such criterion
 * @throws {RangeError} if there are no words to learn from (or in `dev`), or not as many tags as words
 *
 * @example
 * ```ts
 * import { type RecurrentTagger, taggerTraining } from "#lib/rnn/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sentences = [
 *   { words: ["time", "flies"], tags: ["NOUN", "VERB"] },
 *   { words: ["fruit", "flies", "like", "it"], tags: ["NOUN", "NOUN", "VERB", "PRON"] },
 * ];
 * const options = { sizes: { units: 8, drop: 0, wordDrop: 0 }, epochs: 60, leastCount: 1 };
 * let tagger: RecurrentTagger | undefined;
 * for await (const report of taggerTraining(sentences, options)) tagger = report.tagger;
 * assertEquals(await tagger!.tag([["time", "flies"]]), [["NOUN", "VERB"]]);
 * tagger!.dispose();
 * ```
 */
export async function* taggerTraining(
  sentences: readonly TaggedSentence[],
  options: RecurrentTaggerOptions = {},
): AsyncGenerator<TaggerTrainingReport, void, void> {
  const { epochs = 8, batchWords = 500, rate = 0.003, decaySteps = 500, seed = 1 } = options;
  const { dev, criterion = "accuracy", reportEvery = 10, resume } = options;
  if (!["accuracy", "phrases"].includes(criterion)) {
    throw new TypeError(
      `Cannot train a tagger: expected the criterion "accuracy" or "phrases", got "${criterion}"`,
    );
  }
  checkTagged(sentences, "to learn from");
  if (dev) checkTagged(dev, "in dev");
  const tagger = await newTagger(sentences, { ...options, seed });
  const { network, lexicon } = tagger.parts;
  const begin = () =>
    train(network, taggerBatches(sentences, lexicon, { words: batchWords }), {
      optimizer: adam({ rate, beta1: 0.9, beta2: 0.9, epsilon: 1e-12 }),
      schedule: ({ step }: Moment) => rate * 0.75 ** (step / decaySteps),
      ...{ epochs, reportEvery, resume, clipNorm: 5, random: seeded(seed) },
      sparse: ["E_word", "E_affix"],
      ...(dev && { evaluate: async () => 1 - await scoreOn(dev, tagger, criterion) }),
    });
  for await (const report of handOver(tagger, begin)) yield { ...report, tagger };
}

function checkTagged(sentences: readonly TaggedSentence[], where: string): void {
  if (!sentences.some(({ words }) => words.length > 0)) {
    throw new RangeError(
      `Cannot train a tagger: expected words ${where}, got ${sentences.length} sentences without any`,
    );
  }
  const uneven = sentences.find(({ words, tags }) => words.length !== tags.length);
  if (uneven) {
    throw new RangeError(
      `Cannot train a tagger: expected a tag for each word ${where}, got ${uneven.tags.length} ` +
        `tags of "${uneven.words.join(" ")}"`,
    );
  }
}

/** The accuracy of tags, or F₁ of phrases, from 0 to 1. */
async function scoreOn(
  sentences: readonly TaggedSentence[],
  tagger: RecurrentTagger,
  criterion: "accuracy" | "phrases",
): Promise<number> {
  const found = await tagger.tag(sentences.map(({ words }) => words));
  return criterion === "phrases"
    ? scorePhrases(sentences, found).f1
    : tagAccuracy(sentences, found);
}

/** A tagger with weights just drawn. */
async function newTagger(
  sentences: readonly TaggedSentence[],
  { sizes, leastCount = 2, seed }: RecurrentTaggerOptions & { seed: number },
): Promise<RecurrentTagger> {
  const lexicon = taggerLexicon(sentences, { leastCount });
  const { words, affixes, tags } = lexicon;
  const network = new TaggerNetwork(await engine(), {
    sizes: { ...PLAIN_TAGGER, ...sizes },
    counts: { words: words.size, affixes: affixes.size, tags: tags.length },
    random: seeded(seed + 1),
  });
  return new RecurrentTagger({ network, lexicon });
}
