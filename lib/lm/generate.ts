import type { Random } from "#lib/random/mod.ts";
import { drawIndex, type DrawOptions, reshape } from "./draw.ts";
import type { LanguageModel } from "./language_model.ts";

/** Settings of {@linkcode generate}. */
export interface GenerateOptions extends DrawOptions {
  /** Where the draws come from. */
  random: Random;
  /**
   * Words the text begins with; they are not given back.
   *
   * @default {[]}
   */
  prefix?: Iterable<string>;
  /**
   * The most words drawn.
   *
   * @default {100}
   */
  maxWords?: number;
  /**
   * How many sentences are drawn before the text ends; each `</s>` ends one.
   *
   * @default {1}
   */
  sentences?: number;
}

/**
 * Writes a text word by word: draws x⁽ᵗ⁺¹⁾ from P(· | x⁽ᵗ⁾, …) and feeds it back (lecture,
 * "Generating text with a n-gram Language Model").
 *
 * @returns the words drawn; the marks `</s>` between and after sentences are among them
 * @throws {RangeError} if an option is out of its range
 *
 * @example
 * ```ts
 * import { generate } from "#lib/lm/mod.ts";
 * import { countNgrams, maximumLikelihood } from "#lib/ngram/mod.ts";
 * import { seeded } from "#lib/random/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose", "is", "red"]]);
 * const model = maximumLikelihood(countNgrams(ids, { order: 2, vocabulary }));
 * const words = generate(model, { random: seeded(1), prefix: ["a"] });
 * assertEquals(words.join(" "), "rose is red </s>");
 * ```
 */
export function generate<State>(model: LanguageModel<State>, options: GenerateOptions): string[] {
  const { random, prefix = [], maxWords = 100, sentences = 1 } = options;
  for (const [name, value] of Object.entries({ maxWords, sentences })) {
    if (value >= 0) continue;
    throw new RangeError(`Cannot generate text: expected ${name} of 0 or more, got ${value}`);
  }
  const { temperature = 1, topK = Infinity, nucleus = 1 } = options;
  const { vocabulary } = model;
  const isAsItIs = temperature === 1 && topK === Infinity && nucleus === 1;
  let state = model.initialState();
  for (const id of vocabulary.encode(prefix)) state = model.advance(state, id);

  const ids: number[] = [];
  for (let ended = 0; ids.length < maxWords && ended < sentences;) {
    const id = isAsItIs && model.sample
      ? model.sample(state, random)
      : drawIndex(reshape(model.logProbabilities(state), options), random);
    ids.push(id);
    if (id === vocabulary.end) ended++;
    state = model.advance(state, id);
  }
  return vocabulary.decode(ids);
}
