import { existsSync } from "node:fs";
import { DataError, type DataOptions, readPennTreebankPart } from "#lib/data/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import {
  correctSpelling,
  type LanguageModel,
  misspell,
  type SpellingErrors,
  spellingErrors,
} from "#lib/lm/mod.ts";
import { countNgrams, kneserNey, maximumLikelihood } from "#lib/ngram/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { modelRows } from "./_model_rows.ts";
import { inDev } from "./_parser_scores.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";

/** Every so many-th sentence is typed, the same for all systems. */
const EVERY = { quick: 80, full: 8 };
/** The share of words mistyped, half of them as other words; and the ε of the channel. */
const ERROR_RATE = 0.05;
const SEED = 1;
/** The text's rare words are all `<unk>`: whatever is not in the vocabulary was mistyped. */
const MISTYPED = -40;
/** Beginnings kept at each word. */
const BEAM = 4;

/** The network whose sentences are scored, a row of the table `perplexity`. */
const NETWORK = "ptb-lstm-small-sampled";

const DATA = "Penn Treebank text, every 8th sentence (80th at quick scale), 5 % of words mistyped";

/** Spelling corrected by language models that know more and more of the words before. */
export const spellingRows: readonly RowPlan[] = [
  ...[1, 3, 5].map((order): RowPlan => ({
    id: order === 1 ? "spelling-unigrams" : `spelling-kneser-ney-${order}`,
    system: order === 1 ? "Noisy channel, unigrams" : `Noisy channel, Kneser–Ney ${order}-grams`,
    ...{ data: DATA, published: {}, seed: SEED, engine: "typescript" },
    measure: async (options) => await figures(await ngrams(order, options.data), options),
  })),
  {
    id: "spelling-lstm",
    system: "Noisy channel, LSTM 2 x 200, trained with sampled softmax",
    ...{ data: DATA, published: {}, seed: SEED, engine: "native or wasm", takesMinutes: true },
    measure: measureNetwork,
  },
];

async function ngrams(order: number, data: DataOptions): Promise<LanguageModel> {
  const { ids, vocabulary } = indexSentences(await readPennTreebankPart("train", data));
  const counts = countNgrams(ids, { order, vocabulary });
  return order === 1 ? maximumLikelihood(counts) : kneserNey(counts);
}

async function measureNetwork(options: MeasureOptions): Promise<Record<string, number>> {
  const row = modelRows.find(({ id }) => id === NETWORK)!;
  if (!row.files().every((file) => existsSync(file))) {
    throw new DataError(
      `Cannot correct spelling by ${NETWORK}: expected a trained model, found none ` +
        `(deno task train-tables --row ${NETWORK})`,
      { code: "missing" },
    );
  }
  const model = await row.load(await engine());
  try {
    return await figures(model, options);
  } finally {
    model.dispose();
  }
}

async function figures(
  model: LanguageModel,
  { data, scale }: MeasureOptions,
): Promise<Record<string, number>> {
  const some = async (part: "valid" | "test") =>
    (await readPennTreebankPart(part, data)).filter((_, i) => i % EVERY[scale] === 0);
  const [test, dev] = [await some("test"), await some("valid")];
  return { ...corrected(model, test), ...inDev(corrected(model, dev)) };
}

/** Mistypes sentences, corrects them, and says in % how well. */
function corrected(model: LanguageModel, sentences: readonly string[][]): Record<string, number> {
  const { vocabulary } = model, random = seeded(SEED);
  const all = sentences.map((meant) => {
    const typed = misspell(meant, { rate: ERROR_RATE, vocabulary, random });
    const options = { errorRate: ERROR_RATE, unknownWord: MISTYPED, beam: BEAM };
    return { meant, typed, corrected: correctSpelling(model, typed, options) };
  });
  return percentages(spellingErrors(all, (word) => vocabulary.has(word)));
}

function percentages(found: SpellingErrors): Record<string, number> {
  const { words, nonWords, nonWordsRight, realWords, realWordsRight, spoilt } = found;
  const errors = nonWords + realWords, right = nonWordsRight + realWordsRight;
  return {
    accuracy: 100 * right / errors,
    nonWordAccuracy: 100 * nonWordsRight / nonWords,
    realWordAccuracy: 100 * realWordsRight / realWords,
    errorRateTyped: 100 * errors / words,
    errorRate: 100 * (errors - right + spoilt) / words,
    spoilt: 100 * spoilt / (words - errors),
  };
}
