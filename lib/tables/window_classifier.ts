import { readBrown } from "#lib/data/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import { windowBatches, WindowTagger } from "#lib/feedforward/mod.ts";
import { adagrad, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import type { TaggedSentence } from "#lib/tagging/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { once } from "./_once.ts";
import type { MeasureOptions, RowPlan, Table } from "./table.ts";

/** Brown in three parts: of every ten sentences the ninth is dev, the tenth is test. */
interface TaggedText {
  train: TaggedSentence[];
  dev: TaggedSentence[];
  test: TaggedSentence[];
}

const readTaggedBrown = once(async (_: MeasureOptions): Promise<TaggedText> => {
  const sentences = await readBrown();
  const part = (chosen: (place: number) => boolean) =>
    sentences.filter((_, i) => chosen(i % 10)).map(({ words, tags }) => ({ words, tags }));
  return { train: part((i) => i < 8), dev: part((i) => i === 8), test: part((i) => i === 9) };
});

/** Common to both taggers. */
const COMMON = { reach: 2, width: 50, batch: 128, epochs: 4, seed: 1 };
/** What was chosen on dev for each, at quick scale: rates 0.02, 0.05, 0.1 and dropout 0, 0.1, 0.3. */
const LINEAR = { hidden: 0, rate: 0.1, dropout: 0.3 };
const RELU = { hidden: 128, rate: 0.05, dropout: 0.1 };
/** A quick run learns from every so manieth sentence. */
const QUICK_PART = 20;

/** The window classifier of the slides, and its linear twin: parts of speech from five words. */
export const windowClassifier: Table = {
  id: "window-classifier",
  title: "Neural window classifier",
  rows: [
    row("brown-window-linear", "softmax on the word vectors, linear in them", LINEAR),
    row("brown-window-relu", "a hidden layer of 128 rectified units", RELU),
  ],
};

function row(id: string, system: string, settings: typeof LINEAR): RowPlan {
  return {
    ...{ id, system, published: {}, seed: COMMON.seed },
    data: "Brown, all its tags; every 10th sentence is test, the one before it dev",
    engine: "native or wasm",
    measure: (options) => measure(settings, options),
  };
}

/** Shares of words that get their tag, in %. */
async function measure(
  settings: typeof LINEAR,
  options: MeasureOptions,
): Promise<Record<string, number>> {
  const { train: all, dev, test } = await readTaggedBrown(options);
  const learned = options.scale === "quick" ? all.filter((_, i) => i % QUICK_PART === 0) : all;
  const { tagger, ...took } = await trained(settings, { learned, dev, report: options.report });
  const known = new Set(learned.flatMap(({ words }) => words));
  try {
    return {
      accuracy: 100 * await tagger.accuracy(test),
      devAccuracy: 100 * await tagger.accuracy(dev),
      unseenAccuracy: await accuracyWhere(tagger, test, (word) => !known.has(word)),
      devUnseenAccuracy: await accuracyWhere(tagger, dev, (word) => !known.has(word)),
      parameters: Object.values(tagger.parameters).reduce((sum, { size }) => sum + size, 0),
      ...took,
    };
  } finally {
    tagger.dispose();
  }
}

/** Trains a tagger; the pass best on dev is kept. */
async function trained(
  { hidden, rate, dropout }: typeof LINEAR,
  { learned, dev, report }: Pick<MeasureOptions, "report"> & {
    learned: TaggedSentence[];
    dev: TaggedSentence[];
  },
): Promise<{ tagger: WindowTagger; bestEpoch: number; trainSeconds: number }> {
  const { reach, width, batch: size, epochs, seed } = COMMON;
  const { vocabulary } = indexSentences(learned.map(({ words }) => words), { minCount: 2 });
  const counts = new Map<string, number>();
  for (const tag of learned.flatMap(({ tags }) => tags)) {
    counts.set(tag, 1 + (counts.get(tag) ?? 0));
  }
  const tagger = new WindowTagger(await engine(), {
    ...{ vocabulary, reach, width, hidden, dropout, random: seeded(seed) },
    ...{ tags: [...counts.keys()], counts: [...counts.values()] },
  });
  const begun = performance.now(), errors: number[] = [];
  for await (
    const { validation } of train(tagger, windowBatches(tagger.examples(learned), { size }), {
      ...{ optimizer: adagrad({ rate }), epochs, random: seeded(seed), sparse: ["E"] },
      reportEvery: 1000,
      evaluate: async () => 1 - await tagger.accuracy(dev),
    })
  ) {
    if (validation === undefined) continue;
    errors.push(validation);
    report(
      `  epoch ${errors.length} of ${epochs}: ${(100 - 100 * validation).toFixed(2)} % on dev`,
    );
  }
  const bestEpoch = 1 + errors.indexOf(Math.min(...errors));
  return { tagger, bestEpoch, trainSeconds: (performance.now() - begun) / 1000 };
}

/** The share of some words that get their tag, in %. */
async function accuracyWhere(
  tagger: WindowTagger,
  sentences: readonly TaggedSentence[],
  isMeant: (word: string) => boolean,
): Promise<number> {
  const found = await tagger.tag(sentences.map(({ words }) => words));
  let words = 0, right = 0;
  for (const [s, sentence] of sentences.entries()) {
    for (const [t, word] of sentence.words.entries()) {
      if (!isMeant(word)) continue;
      words++;
      right += Number(found[s][t] === sentence.tags[t]);
    }
  }
  return 100 * right / words;
}
