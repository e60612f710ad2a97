import {
  type Fit,
  fit,
  interpolate,
  interpolationWeights,
  perplexity as perplexityOf,
} from "#lib/lm/mod.ts";
import {
  type Adjustment,
  type ContextShape,
  countFeatures,
  countNgrams,
  type FeatureCounts,
  kneserNey,
  ngramShapes,
  skipGramShapes,
  SparseNonnegativeModel,
  trainHeldOut,
  trainLeaveOneOut,
} from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { type LanguageModelText, PENN_TREEBANK, POOLED, readParts } from "./language_model_text.ts";
import { Stopwatch } from "./_stopwatch.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";

/** What tells one row from another. */
interface SnmRow {
  id: string;
  system: string;
  text: LanguageModelText;
  shapes: readonly ContextShape[];
  /** On validation text, or on the training text with each occurrence taken out. */
  training: "held-out" | "leave-one-out";
}

/** Gap of 1, or tied gaps of 2 to 10: the best on validation of the sets tried. */
const WITH_SKIPS = [
  ...ngramShapes(5),
  ...skipGramShapes({ words: 4, skipped: 1, tied: 10, tiedRemote: 2 }),
];

/** Gap of 1, or tied gaps of 2 to 5: fewer than {@linkcode WITH_SKIPS}, for five times the text. */
const WITH_FEW_SKIPS = [
  ...ngramShapes(5),
  ...skipGramShapes({ words: 3, skipped: 1, tied: 5 }),
];

const ROWS: readonly SnmRow[] = [
  {
    ...{ id: "ptb-snm-5", system: "Sparse non-negative matrix, 5-grams", text: PENN_TREEBANK },
    ...{ shapes: ngramShapes(5), training: "held-out" },
  },
  {
    ...{ id: "ptb-snm-skip", text: PENN_TREEBANK, shapes: WITH_SKIPS, training: "held-out" },
    system: "Sparse non-negative matrix, 5-grams and skip-grams",
  },
  {
    ...{ id: "ptb-snm-5-leave-one-out", text: PENN_TREEBANK, shapes: ngramShapes(5) },
    ...{ system: "Sparse non-negative matrix, 5-grams, leave-one-out", training: "leave-one-out" },
  },
  {
    ...{ id: "pooled-snm-5", system: "Sparse non-negative matrix, 5-grams", text: POOLED },
    ...{ shapes: ngramShapes(5), training: "held-out" },
  },
  {
    ...{ id: "pooled-snm-skip", text: POOLED, shapes: WITH_FEW_SKIPS, training: "held-out" },
    system: "Sparse non-negative matrix, 5-grams and skip-grams",
  },
];

/** Sparse non-negative matrix models. */
export const snmRows: readonly RowPlan[] = ROWS.map((row) => ({
  ...{ id: row.id, system: row.system, data: `${row.text.label}, contexts end at </s>` },
  published: { oneBillionWord: row.id.endsWith("skip") ? 52.9 : 70.8 },
  engine: "typescript",
  takesMinutes: row.text === POOLED,
  measure: (options) => measure(row, options),
}));

async function measure(
  row: SnmRow,
  { data, scale, report }: MeasureOptions,
): Promise<Record<string, number>> {
  const text = await readParts(row.text, data);
  const sentences = scale === "full" // else a twentieth of the text
    ? text.train
    : text.train.slice(0, Math.floor(text.train.length / 20));
  const { vocabulary, ids } = indexSentences(sentences);
  const [valid, test] = [text.valid, text.test].map((part) => vocabulary.encodeSentences(part));
  const training = { seconds: 0, cpuSeconds: 0 }, stopwatch = new Stopwatch();
  stopwatch.start();
  const counts = countFeatures(ids, { vocabulary, shapes: row.shapes });
  report(`${row.id}: ${counts.words.length} pairs of features and words`);
  /** Trains on a held-out text, or without one. */
  const trainOn = (heldOut: Int32Array): Adjustment =>
    row.training === "held-out" ? trainHeldOut(counts, heldOut) : trainLeaveOneOut(counts, ids);
  const model = new SparseNonnegativeModel(counts, trainOn(valid));
  stopwatch.stop(training);
  const scoring = performance.now();
  const perplexity = perplexityOf(model, test);
  const tokensPerSecond = 1000 * test.length / (performance.now() - scoring);
  const kn = kneserNey(countNgrams(ids, { order: 5, vocabulary }));
  const { validFit, weights } = crossFit(counts, { valid, trainOn, kn });
  return {
    perplexity,
    validPerplexity: validFit.perplexity,
    perplexityWithKneserNey5: perplexityOf(interpolate([model, kn], weights), test),
    kneserNeyWeight: weights[1],
    parameters: model.parameters,
    ...{ trainTokens: ids.length, tokens: test.length, tokensPerSecond },
    ...{ trainSeconds: training.seconds, trainCpuSeconds: training.cpuSeconds },
  };
}

/** Each half of the validation text under the adjustment trained on the other half. */
function crossFit(
  counts: FeatureCounts,
  { valid, trainOn, kn }: {
    valid: Int32Array;
    trainOn: (heldOut: Int32Array) => Adjustment;
    kn: ReturnType<typeof kneserNey>;
  },
): { validFit: Fit; weights: Float64Array } {
  const middle = valid.indexOf(counts.vocabulary.end, valid.length / 2) + 1;
  const halves = [valid.subarray(0, middle), valid.subarray(middle)];
  const fits: Fit[] = [];
  let weights: Float64Array = new Float64Array(0);
  for (const [k, half] of halves.entries()) {
    const model = new SparseNonnegativeModel(counts, trainOn(halves[1 - k]));
    fits.push(fit(model, half));
    if (k === 0) weights = interpolationWeights([model, kn], half);
  }
  return { validFit: fits[0].add(fits[1]), weights };
}
