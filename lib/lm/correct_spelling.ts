import { countEdits, edits } from "./edits.ts";
import type { LanguageModel } from "./language_model.ts";

/** Settings of {@linkcode correctSpelling}. */
export interface CorrectSpellingOptions {
  /**
   * ε, the probability that a word is mistyped, more than 0 and less than 1.
   *
   * @default {0.05}
   */
  errorRate?: number;
  /**
   * log P(this very word | a word that the model does not know): how readily an unknown word is left
   * as it is. Eight letters at 2.5 nats each are −20.
   *
   * @default {-20}
   */
  unknownWord?: number;
  /**
   * How many of the likeliest beginnings are kept after each word of the search (beam width).
   *
   * @default {8}
   */
  beam?: number;
}

interface Hypothesis<State> {
  words: string[];
  logProbability: number;
  state: State;
}

/**
 * What was meant by what was typed: the words w that maximise log P(w) + Σ log P(typed | w), a
 * language model and a noisy channel (Kernighan, Church and Gale 1990; Mays, Damerau and Mercer 1991).
 * A word is typed right with 1 − ε, else it becomes each of its {@linkcode edits} with
 * ε / |edits|. Any word of lower-case letters may be wrong, those of the vocabulary too; one with a
 * capital, an apostrophe or a digit is left alone. Found by beam search.
 *
 * @param typed the words of one sentence, without marks
 * @returns as many words
 * @throws {RangeError} if an option is out of its range
 *
 * @example
 * ```ts
 * import { correctSpelling } from "#lib/lm/mod.ts";
 * import { countNgrams, jelinekMercer } from "#lib/ngram/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const sentences = ["a letter from home", "fill in the form", "a cat"].map((s) => s.split(" "));
 * const { vocabulary, ids } = indexSentences(sentences);
 * const model = jelinekMercer(countNgrams(ids, { order: 2, vocabulary }), ids);
 * assertEquals(correctSpelling(model, ["a", "lettter", "form", "home"]).join(" "), "a letter from home");
 * ```
 */
export function correctSpelling<State>(
  model: LanguageModel<State>,
  typed: readonly string[],
  options: CorrectSpellingOptions = {},
): string[] {
  const { errorRate = 0.05, unknownWord = -20, beam = 8 } = options;
  const isGood = errorRate > 0 && errorRate < 1 && unknownWord <= 0 &&
    Number.isInteger(beam) && beam >= 1;
  if (!isGood) {
    throw new RangeError(
      "Cannot correct spelling: expected an errorRate between 0 and 1, a whole beam of 1 or more and an" +
        ` unknownWord of 0 or less, got ${errorRate}, ${beam} and ${unknownWord}`,
    );
  }
  let hypotheses = [{ words: [] as string[], logProbability: 0, state: model.initialState() }];
  for (const word of typed) {
    const meant = candidates(word, model, { errorRate, unknownWord });
    hypotheses = hypotheses.flatMap((hypothesis) => extend(model, hypothesis, meant))
      .sort((a, b) => b.logProbability - a.logProbability).slice(0, beam)
      .map(({ from, words, logProbability, id }) => ({
        ...{ words, logProbability, state: model.advance(from, id) },
      }));
  }
  const { end } = model.vocabulary;
  const whole = hypotheses.map(({ words, logProbability, state }) => ({
    ...{ words, logProbability: logProbability + model.logProbabilities(state)[end] },
  }));
  return whole.reduce((a, b) => b.logProbability > a.logProbability ? b : a).words;
}

/** A word that may have been meant. */
interface Candidate {
  word: string;
  id: number;
  /** log P(typed | word), and of an unknown word that it is this one. */
  channel: number;
}

/** What may have been meant by a word: itself, and what one slip makes it of. */
function candidates(
  typed: string,
  { vocabulary }: Pick<LanguageModel, "vocabulary">,
  { errorRate, unknownWord }: { errorRate: number; unknownWord: number },
): Candidate[] {
  const isUnknown = !vocabulary.has(typed);
  const itself = {
    ...{ word: typed, id: vocabulary.id(typed) },
    channel: Math.log(1 - errorRate) + (isUnknown ? unknownWord : 0),
  };
  if (!/^[a-z]+$/.test(typed)) return [itself];
  const others = [...edits(typed)].filter((word) => vocabulary.has(word)).map((word) => ({
    ...{ word, id: vocabulary.id(word), channel: Math.log(errorRate / countEdits(word)) },
  }));
  return [itself, ...others];
}

/** The hypothesis with each of the words that may have been meant next. */
function extend<State>(
  model: LanguageModel<State>,
  { words, logProbability, state }: Hypothesis<State>,
  meant: readonly Candidate[],
): { from: State; words: string[]; logProbability: number; id: number }[] {
  const logP = model.logProbabilities(state);
  return meant.map(({ word, id, channel }) => ({
    ...{ from: state, id, words: [...words, word] },
    logProbability: logProbability + logP[model.vocabulary.predicted(id)] + channel,
  }));
}
