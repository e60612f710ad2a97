import { seeded, shuffled } from "#lib/random/mod.ts";
import { assertTagged } from "./_equal_columns.ts";
import { WordContext } from "./_word_context.ts";
import { NONE } from "./configuration.ts";
import { FeatureTable } from "./feature_table.ts";
import { PerceptronTagger } from "./perceptron_tagger.ts";
import type { Sentence } from "./sentence.ts";
import { SymbolTable } from "./symbol_table.ts";

/** How a {@linkcode PerceptronTagger} is trained. */
export interface TaggerTrainingOptions {
  /** Passes over the sentences. @default {5} */
  epochs?: number;
  /** Seed of the order of the sentences. @default {1} */
  seed?: number;
}

/**
 * Trains a {@linkcode PerceptronTagger} by the averaged perceptron (Collins 2002): a wrong tag's
 * weights fall by 1 and the right one's rise by 1; what counts in the end is each weight's mean over
 * all words of the training.
 *
 * @param sentences words with their tags
 * @throws {RangeError} if there are no words, or a sentence has not as many tags
 *
 * @example
 * ```ts
 * import { generatedTreebank, trainTagger } from "#lib/parser/mod.ts";
 *
 * const tagger = trainTagger(generatedTreebank().train.slice(0, 200));
 * console.log(tagger.tagSentence(["The", "dog", "sleeps", "."]).join(" "));
 * ```
 */
export function trainTagger(
  sentences: readonly Sentence[],
  { epochs = 5, seed = 1 }: TaggerTrainingOptions = {},
): PerceptronTagger {
  sentences.forEach(assertTagged);
  const words = new SymbolTable(sentences.flatMap((sentence) => sentence.words));
  const tags = new SymbolTable(sentences.flatMap((sentence) => sentence.tags));
  if (words.size === 0) throw new RangeError("Cannot train a tagger: expected words, got none");
  const context = new WordContext(words.names), weights = new AveragedWeights(tags.size);
  const encoded = sentences.map((sentence) => ({
    words: context.encode(sentence.words),
    gold: Int32Array.from(sentence.tags, (tag) => tags.id(tag)),
  }));
  const random = seeded(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { words, gold } of shuffled(encoded, random)) {
      const guessed = new Int32Array(gold.length);
      for (let i = 0; i < gold.length; i++) {
        context.extract(words, guessed, i);
        guessed[i] = weights.best(context.keys);
        weights.update(context.keys, gold[i], guessed[i]);
      }
    }
  }
  return new PerceptronTagger({ words, tags, features: weights.features, weights: weights.mean() });
}

/** Weights w and, for their mean over T steps, the sum u of changes times their step: w − u / T. */
class AveragedWeights {
  readonly features = new FeatureTable();
  readonly #scores: Float64Array;
  #weights = new Float32Array(1 << 16);
  #sums = new Float64Array(1 << 16);
  #step = 0;

  constructor(classes: number) {
    this.#scores = new Float64Array(classes);
  }

  best(keys: Int32Array): number {
    const scores = this.#scores.fill(0);
    for (let t = 0; t < keys.length; t += 2) {
      const feature = keys[t + 1] < 0 ? NONE : this.features.find(keys[t], keys[t + 1]);
      if (feature === NONE) continue;
      const row = feature * scores.length;
      for (let m = 0; m < scores.length; m++) scores[m] += this.#weights[row + m];
    }
    let best = 0;
    for (let m = 1; m < scores.length; m++) if (scores[m] > scores[best]) best = m;
    return best;
  }

  update(keys: Int32Array, gold: number, guessed: number): void {
    this.#step++;
    if (gold === guessed) return;
    for (let t = 0; t < keys.length; t += 2) {
      if (keys[t + 1] < 0) continue;
      const row = this.features.add(keys[t], keys[t + 1]) * this.#scores.length;
      if (row + this.#scores.length > this.#weights.length) this.#grow();
      for (const [m, change] of [[gold, 1], [guessed, -1]]) {
        this.#weights[row + m] += change;
        this.#sums[row + m] += change * this.#step;
      }
    }
  }

  mean(): Float32Array {
    const length = this.features.size * this.#scores.length;
    return Float32Array.from(
      { length },
      (_, at) => this.#weights[at] - this.#sums[at] / (this.#step + 1),
    );
  }

  #grow(): void {
    const [weights, sums] = [this.#weights, this.#sums];
    this.#weights = new Float32Array(weights.length * 2);
    this.#sums = new Float64Array(sums.length * 2);
    this.#weights.set(weights);
    this.#sums.set(sums);
  }
}
