import type { Vocabulary } from "#lib/text/mod.ts";
import type { LanguageModel } from "./language_model.ts";
import { fitWeights, type FitWeightsOptions } from "./mixture_weights.ts";

/**
 * The linear interpolation of language models: P(w | …) = Σ_k λ_k P_k(w | …).
 *
 * @param models of one vocabulary
 * @param weights λ, one a model, 0 or more, summing to 1; {@linkcode interpolationWeights} finds them
 * @throws {RangeError} if the weights are none, or the vocabularies differ
 *
 * @example
 * ```ts
 * import { interpolate, interpolationWeights, perplexity } from "#lib/lm/mod.ts";
 * import { countNgrams, maximumLikelihood } from "#lib/ngram/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose"], ["is", "a", "rose"]]);
 * const models = [1, 2].map((order) => maximumLikelihood(countNgrams(ids, { order, vocabulary })));
 * const heldOut = vocabulary.encodeSentences([["a", "rose", "is"], ["rose"]]);
 * const mixed = interpolate(models, interpolationWeights(models, heldOut));
 * assertAlmostEquals(perplexity(mixed, heldOut), 3.747, 1e-3);
 * assertEquals(perplexity(models[1], heldOut), Infinity); // the bigrams alone
 * ```
 */
export function interpolate(
  models: readonly LanguageModel[],
  weights: ArrayLike<number>,
): InterpolatedModel {
  return new InterpolatedModel(models, weights);
}

/**
 * The weights under which a held-out text is likeliest, by expectation–maximization.
 *
 * @param models of one vocabulary
 * @param heldOut text that no model was trained on, `</s>` after each sentence
 * @returns λ, one a model, summing to 1
 * @throws {RangeError} if the text is empty, a word of it is impossible under every model, a model
 * gives what is no probability, or the vocabularies differ
 */
export function interpolationWeights(
  models: readonly LanguageModel[],
  heldOut: Int32Array,
  options: Partial<FitWeightsOptions> = {},
): Float64Array {
  const { tolerance = 1e-9, maxSteps = 1000 } = options;
  checkVocabularies(models);
  if (heldOut.length === 0) {
    throw new RangeError("Cannot find weights: expected a held-out text, got an empty one");
  }
  const logP = models.map((model) => model.score(heldOut));
  logP.forEach((scores, k) => {
    const wrong = scores.findIndex((value) => !(value < Infinity));
    if (wrong < 0) return;
    throw new RangeError(
      `Cannot find weights: expected logarithms of probabilities, model ${k} gave ` +
        `${scores[wrong]} at position ${wrong}`,
    );
  });
  const components = Array.from(heldOut, (_, t) => {
    const top = Math.max(...logP.map((scores) => scores[t]));
    const factor = top < -600 && top > -Infinity ? top : 0; // one a word changes no weight, and keeps P from being 0
    return Float64Array.from(logP, (scores) => Math.exp(scores[t] - factor));
  });
  const impossible = components.findIndex((p) => p.every((value) => value === 0));
  if (impossible >= 0) {
    throw new RangeError(
      `Cannot find weights: the word at position ${impossible} is impossible under every model`,
    );
  }
  return fitWeights(components, { tolerance, maxSteps }).weights[models.length];
}

/** What {@linkcode interpolate} makes; a state holds one state a model. */
export class InterpolatedModel implements LanguageModel<readonly unknown[]> {
  /** The words the models predict. */
  readonly vocabulary: Vocabulary;
  /** λ, one a model. */
  readonly weights: Float64Array;
  readonly #models: readonly LanguageModel[];

  /** Takes the models and their weights, see {@linkcode interpolate}. */
  constructor(models: readonly LanguageModel[], weights: ArrayLike<number>) {
    checkVocabularies(models);
    const sum = Array.from(weights).reduce((sum, weight) => sum + weight, 0);
    const isGood = weights.length === models.length && Math.abs(sum - 1) < 1e-6 &&
      Array.from(weights).every((weight) => weight >= 0);
    if (!isGood) {
      throw new RangeError(
        `Cannot interpolate: expected ${models.length} weights of 0 or more that sum to 1, got ` +
          `${Array.from(weights).join(", ")}`,
      );
    }
    this.vocabulary = models[0].vocabulary;
    this.weights = Float64Array.from(weights);
    this.#models = models;
  }

  /** Each model's initial state. */
  initialState(): readonly unknown[] {
    return this.#models.map((model) => model.initialState());
  }

  /** Moves every model on. */
  advance(states: readonly unknown[], wordId: number): readonly unknown[] {
    return this.#models.map((model, k) => model.advance(states[k], wordId));
  }

  /** The mixture, for every word. */
  logProbabilities(states: readonly unknown[]): Float64Array {
    return this.#mix((model, k) => model.logProbabilities(states[k]));
  }

  /** The mixture, for each word of a text. */
  score(text: Int32Array): Float64Array {
    return this.#mix((model) => model.score(text));
  }

  /** log Σ_k λ_k P_k, element by element. */
  #mix(logP: (model: LanguageModel, k: number) => ArrayLike<number>): Float64Array {
    const parts = this.#models.map(logP);
    return Float64Array.from(parts[0], (_, i) => {
      const sum = parts.reduce((sum, part, k) => sum + this.weights[k] * Math.exp(part[i]), 0);
      if (sum > 1e-290) return Math.log(sum);
      const logs = parts.map((part, k) => Math.log(this.weights[k]) + part[i]);
      const m = Math.max(...logs); // so small that e^(log P) has too few digits or none
      return m === -Infinity
        ? m
        : m + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - m), 0));
    });
  }
}

function checkVocabularies(models: readonly LanguageModel[]): void {
  if (models.length === 0) throw new RangeError("Cannot interpolate: expected models, got none");
  const [{ vocabulary }] = models;
  const other = models.findIndex((model) =>
    model.vocabulary !== vocabulary &&
    (model.vocabulary.size !== vocabulary.size ||
      model.vocabulary.words.some((word, id) => word !== vocabulary.words[id]))
  );
  if (other < 0) return;
  throw new RangeError(
    `Cannot interpolate: expected models of one vocabulary, model ${other} has another than model 0`,
  );
}
