import type { LanguageModel } from "./language_model.ts";

/** Settings of {@linkcode complete}. */
export interface CompleteOptions {
  /**
   * How many suggestions.
   *
   * @default {5}
   */
  count?: number;
  /**
   * How many words a suggestion has; fewer where the sentence ends.
   *
   * @default {1}
   */
  words?: number;
  /**
   * How many of the likeliest beginnings are kept after each word of the search (beam width).
   *
   * @default {32}
   */
  beam?: number;
}

/** A way a text may go on. */
export interface Completion {
  /** The words suggested. */
  words: string[];
  /** P(words | the words before), natural logarithm. */
  logProbability: number;
}

interface Hypothesis<State> extends Completion {
  state: State;
  isEnded: boolean;
}

/**
 * The likeliest ways a text goes on, found by beam search: what a phone suggests as one types
 * (lecture, "You use Language Models every day!"). `<unk>` is never suggested; a suggestion that
 * ends the sentence ends with `</s>`.
 *
 * @param prefix the words so far
 * @returns the likeliest first
 * @throws {RangeError} if an option is less than 1
 *
 * @example
 * ```ts
 * import { complete } from "#lib/lm/mod.ts";
 * import { countNgrams, maximumLikelihood } from "#lib/ngram/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { vocabulary, ids } = indexSentences([["the", "cat"], ["the", "cat"], ["the", "dog"]]);
 * const model = maximumLikelihood(countNgrams(ids, { order: 2, vocabulary }));
 * assertEquals(complete(model, ["the"]).map(({ words }) => words), [["cat"], ["dog"]]);
 * ```
 */
export function complete<State>(
  model: LanguageModel<State>,
  prefix: Iterable<string>,
  options: CompleteOptions = {},
): Completion[] {
  const { count = 5, words = 1, beam = 32 } = options;
  for (const [name, value] of Object.entries({ count, words, beam })) {
    if (value >= 1) continue;
    throw new RangeError(`Cannot complete a text: expected ${name} of 1 or more, got ${value}`);
  }
  let state = model.initialState();
  for (const id of model.vocabulary.encode(prefix)) state = model.advance(state, id);

  const width = Math.max(beam, count);
  let hypotheses: Hypothesis<State>[] = [{ words: [], logProbability: 0, state, isEnded: false }];
  for (let length = 1; length <= words; length++) {
    hypotheses = hypotheses
      .flatMap((hypothesis) => hypothesis.isEnded ? [hypothesis] : extend(model, hypothesis, width))
      .sort((a, b) => b.logProbability - a.logProbability)
      .slice(0, width);
  }
  return hypotheses.slice(0, count).map(({ words, logProbability }) => ({ words, logProbability }));
}

/** The hypothesis with each of the likeliest next words. */
function extend<State>(
  model: LanguageModel<State>,
  hypothesis: Hypothesis<State>,
  width: number,
): Hypothesis<State>[] {
  const { vocabulary } = model;
  const logP = model.logProbabilities(hypothesis.state);
  logP[vocabulary.unknown] = -Infinity;
  return likeliest(logP, width).map((id) => ({
    words: [...hypothesis.words, vocabulary.word(id)],
    logProbability: hypothesis.logProbability + logP[id],
    state: model.advance(hypothesis.state, id),
    isEnded: id === vocabulary.end,
  }));
}

/** The ids of the possible words with the highest values, in falling order. */
function likeliest(values: Float64Array | Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let id = 0; id < values.length; id++) {
    if (values[id] === -Infinity) continue;
    if (best.length === count && values[id] <= values[best[count - 1]]) continue;
    let place = best.length;
    while (place > 0 && values[best[place - 1]] < values[id]) place--;
    best.splice(place, 0, id);
    if (best.length > count) best.pop();
  }
  return best;
}
