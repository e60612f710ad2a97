import {
  type DataOptions,
  holdOutEveryTenth,
  readBrown,
  readPennTreebankText,
} from "#lib/data/mod.ts";
import { perplexity as perplexityOf } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey, unigramCache } from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { once } from "./_once.ts";
import { recurrentPlans } from "./_recurrent_models.ts";
import { Stopwatch } from "./_stopwatch.ts";
import type { RowPlan, Table } from "./table.ts";
import { POOLED, readParts } from "./language_model_text.ts";
import { mixturePlans } from "./_mixture.ts";
import { snmRows } from "./_snm_models.ts";
import { windowRows } from "./_window_models.ts";

interface Split {
  train: string[][];
  valid?: string[][];
  test: string[][];
}

const PTB = "Penn Treebank text";
const readPtb = once(readPennTreebankText);
const readBrownSplit = once(async (_: DataOptions): Promise<Split> =>
  holdOutEveryTenth(
    (await readBrown()).map(({ words }) => words.map((word) => word.toLowerCase())),
  )
);
const readPooled = (data: DataOptions): Promise<Split> => readParts(POOLED, data);
const BROWN = "Brown, lower-cased, every 10th sentence";

/** Perplexity on the Penn Treebank text as Mikolov 2012, table 4.1, gives it, and on 1BW. */
function published(text: string, order: 3 | 5): Record<string, number> {
  return {
    ...(text === "ptb" && { perplexity: { 3: 148.3, 5: 141.2 }[order] }),
    ...(order === 5 && { oneBillionWord: 67.6 }),
  };
}

/** The 5-gram model with a unigram cache, whose size and weight are chosen on validation text. */
const cacheRow: RowPlan = {
  id: "ptb-kneser-ney-5-cache",
  system: "Interpolated Kneser-Ney 5-gram + cache",
  data: `${PTB}, cache across sentences`,
  published: { perplexity: 125.7 },
  engine: "typescript",
  measure: async (options) => {
    const { train, valid, test } = await readPtb(options.data);
    const { vocabulary, ids } = indexSentences(train);
    const model = kneserNey(countNgrams(ids, { order: 5, vocabulary }));
    const validText = vocabulary.encodeSentences(valid);
    const tried = [100, 200, 500, 1000, 2000].flatMap((size) =>
      [0.05, 0.1, 0.15, 0.2].map((weight) => {
        const cached = unigramCache(model, { size, weight });
        return { size, weight, cached, validPerplexity: perplexityOf(cached, validText) };
      })
    );
    const { cached, size, weight, validPerplexity } = tried.reduce((best, each) =>
      each.validPerplexity < best.validPerplexity ? each : best
    );
    const testText = vocabulary.encodeSentences(test);
    return {
      perplexity: perplexityOf(cached, testText),
      ...{ validPerplexity, cacheSize: size, cacheWeight: weight, tokens: testText.length },
    };
  },
};

/** "RNNs have greatly improved perplexity": the systems by how well they foretell a text. */
export const perplexity: Table = {
  id: "perplexity",
  title: "RNNs have greatly improved perplexity",
  rows: [
    ...([3, 5] as const).flatMap((order) => [
      kneserNeyRow("ptb", { order, data: PTB, read: readPtb }),
      kneserNeyRow("brown", { order, data: BROWN, read: readBrownSplit }),
      {
        ...kneserNeyRow("pooled", { order, data: POOLED.label, read: readPooled }),
        takesMinutes: true,
      },
    ]),
    cacheRow,
    ...windowRows,
    ...snmRows,
    ...recurrentPlans,
    ...mixturePlans,
  ],
};

/** Interpolated modified Kneser–Ney; `<unk>` is a word like any other, contexts end at `</s>`. */
function kneserNeyRow(
  name: string,
  corpus: { order: 3 | 5; data: string; read: (data: DataOptions) => Promise<Split> },
): RowPlan {
  const { order, data } = corpus;
  return {
    id: `${name}-kneser-ney-${order}`,
    system: `Interpolated Kneser-Ney ${order}-gram`,
    ...{ data, engine: "typescript", published: published(name, order) },
    measure: async (options) => {
      const { train, valid, test } = await corpus.read(options.data);
      const training = { seconds: 0, cpuSeconds: 0 }, stopwatch = new Stopwatch();
      stopwatch.start();
      const { vocabulary, ids } = indexSentences(train);
      const model = kneserNey(countNgrams(ids, { order, vocabulary }));
      stopwatch.stop(training);
      const testText = vocabulary.encodeSentences(test);
      const testPerplexity = perplexityOf(model, testText);
      const warm = performance.now();
      model.score(testText);
      const scored = performance.now();
      return {
        perplexity: testPerplexity,
        ...(valid && { validPerplexity: perplexityOf(model, vocabulary.encodeSentences(valid)) }),
        unknownTokens: testText.filter((id) => id === vocabulary.unknown).length,
        tokens: testText.length,
        parameters: model.logProbability.length + model.logBackoff.length,
        trainSeconds: training.seconds,
        trainCpuSeconds: training.cpuSeconds,
        tokensPerSecond: 1000 * testText.length / (scored - warm),
      };
    },
  };
}
