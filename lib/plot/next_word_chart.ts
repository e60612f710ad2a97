import { complete, type LanguageModel } from "#lib/lm/mod.ts";
import { titleRoom } from "./_frame.ts";
import { roughWidth } from "./_svg.ts";
import { barChart } from "./bar_chart.ts";
import type { Figure } from "./figure.ts";

/** How a {@linkcode nextWordChart} looks. */
export interface NextWordChartOptions {
  /**
   * How many of the likeliest words are shown.
   *
   * @default {8}
   */
  readonly count?: number;
  /** The word that was drawn from the distribution; it is marked with an arrow. */
  readonly drawn?: string;
}

/**
 * The likeliest next words after a text: P(x⁽ᵗ⁺¹⁾ | x⁽ᵗ⁾, …, x⁽¹⁾) as bars.
 *
 * @param model any language model
 * @param prefix the words so far
 * @throws {RangeError} if the model finds no word possible, as counts do after a context never seen
 *
 * @example
 * ```ts
 * import { countNgrams, maximumLikelihood } from "#lib/ngram/mod.ts";
 * import { nextWordChart } from "#lib/plot/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose"], ["a", "rose"], ["a", "thorn"]]);
 * const model = maximumLikelihood(countNgrams(ids, { order: 2, vocabulary }));
 * console.assert(nextWordChart(model, ["a"]).words.includes("rose 0.667, thorn 0.333"));
 * ```
 */
export function nextWordChart<State>(
  model: LanguageModel<State>,
  prefix: readonly string[],
  options: NextWordChartOptions = {},
): Figure {
  const { count = 8, drawn } = options;
  const probabilities = new Map(
    complete(model, prefix, { count }).map(({ words: [word], logProbability }) =>
      [word, Math.exp(logProbability)] as const
    ),
  );
  if (drawn !== undefined && probabilities.size > 0) {
    probabilities.set(drawn, probabilityOf(model, prefix, drawn));
  }
  const bars = Array.from(probabilities, ([word, value]) => ({
    label: word === drawn ? `→ ${word}` : word,
    value,
  }));
  const width = 640;
  return barChart(bars, {
    title: titleOf(prefix, titleRoom(width)),
    category: { name: "next word" },
    value: { name: "probability" },
    width,
  });
}

/** The words before the gap; the oldest ones make way where there is no room for all. */
function titleOf(prefix: readonly string[], room: number): string {
  let title = `${prefix.join(" ")} ___`;
  for (let left = 1; left < prefix.length && roughWidth(title) > room; left++) {
    title = `… ${prefix.slice(left).join(" ")} ___`;
  }
  return title;
}

function probabilityOf<State>(
  model: LanguageModel<State>,
  prefix: readonly string[],
  word: string,
): number {
  let state = model.initialState();
  for (const id of model.vocabulary.encode(prefix)) state = model.advance(state, id);
  const { vocabulary } = model;
  return Math.exp(model.logProbabilities(state)[vocabulary.predicted(vocabulary.id(word))]);
}
