import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { DataOptions } from "#lib/data/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import { interpolate, interpolationWeights, type LanguageModel, perplexity } from "#lib/lm/mod.ts";
import { countNgrams, kneserNey } from "#lib/ngram/mod.ts";
import type { HasParameters } from "#lib/nn/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { perplexitiesAfterRareWords } from "./_after_rare_words.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import { loadTrainedRun, type RunLog } from "./language_model_run.ts";
import { type LanguageModelText, readParts } from "./language_model_text.ts";
import type { RecurrentRow } from "./recurrent_row.ts";

/** A trained row scored on validation and test text. */
export interface ScoredRun {
  /** The figures by their contract names. */
  metrics: Record<string, number>;
  /** Validation perplexity after each epoch. */
  validationCurve: number[];
  /** SHA-256 of the checkpoint, in lower-case hexadecimal. */
  checkpointSha256: string;
  /** What the model wrote, where that is shown. */
  samples?: string[];
}

/**
 * Scores a trained row: alone and interpolated with the Kneser–Ney 5-gram model, or after rare words
 * where the text has words that are known by their letters alone.
 */
export async function scoreRun(
  engine: Engine,
  { id, run, text }: RecurrentRow,
  data: DataOptions,
): Promise<ScoredRun> {
  const parts = text.leastCount ? await readParts(text, data) : undefined;
  const spelled = parts && Object.values(parts).flat();
  const { model, log } = await loadTrainedRun(engine, { id, run, spelled });
  try {
    const found = parts
      ? perplexitiesAfterRareWords(model, parts)
      : await perplexities(model, { text, data });
    const metrics = { ...found, ...speeds(log) };
    const validationCurve = log.validations.map(Math.exp);
    return { metrics, validationCurve, checkpointSha256: await sha256(checkpointFile(id)) };
  } finally {
    model.dispose();
  }
}

/**
 * Perplexities of a trained model, alone and interpolated with the Kneser–Ney 5-gram model. The weight
 * of the interpolation is found on the validation text; the test text is opened here and nowhere else.
 */
export async function perplexities(
  model: LanguageModel & Pick<HasParameters, "parameters">,
  { text, data }: { text: LanguageModelText; data: DataOptions },
): Promise<Record<string, number>> {
  const train = indexSentences(await text.readPart("train", data));
  const fivegrams = kneserNey(countNgrams(train.ids, { order: 5, vocabulary: train.vocabulary }));
  const valid = model.vocabulary.encodeSentences(await text.readPart("valid", data));
  const test = model.vocabulary.encodeSentences(await text.readPart("test", data));
  const both = [scoredOnce(model), fivegrams];
  const weights = interpolationWeights(both, valid);
  const mixed = interpolate(both, weights);
  return {
    perplexity: perplexity(both[0], test),
    validPerplexity: perplexity(both[0], valid),
    perplexityWithKneserNey5: perplexity(mixed, test),
    validPerplexityWithKneserNey5: perplexity(mixed, valid),
    interpolationWeight: weights[0],
    parameters: Object.values(model.parameters).reduce((sum, { size }) => sum + size, 0),
  };
}

/** What training took, by contract names. */
export function speeds(
  { tokens, seconds, cpuSeconds, validations }: RunLog,
): Record<string, number> {
  return {
    epochs: validations.length,
    trainSeconds: seconds,
    trainCpuSeconds: cpuSeconds,
    tokensPerSecond: tokens / seconds,
    tokensPerCpuSecond: tokens / cpuSeconds,
  };
}

/** The model with its scores of each text kept, for they take seconds. */
export function scoredOnce<State>(model: LanguageModel<State>): LanguageModel<State> {
  const scores = new Map<Int32Array, Float64Array | Float32Array>();
  return {
    vocabulary: model.vocabulary,
    initialState: () => model.initialState(),
    logProbabilities: (state) => model.logProbabilities(state),
    advance: (state, wordId) => model.advance(state, wordId),
    score(text) {
      const known = scores.get(text) ?? model.score(text);
      scores.set(text, known);
      return known;
    },
  };
}

/** SHA-256 of a file, in lower-case hexadecimal. */
export async function sha256(file: string): Promise<string> {
  return createHash("sha256").update(await readFile(file)).digest("hex");
}
