import type { Tagger } from "#lib/tagging/mod.ts";
import { WordContext } from "./_word_context.ts";
import { NONE } from "./configuration.ts";
import type { FeatureTable } from "./feature_table.ts";
import type { SymbolTable } from "./symbol_table.ts";

/** All that training gives a {@linkcode PerceptronTagger}. */
export interface TaggerModel {
  /** The words of the training sentences. */
  readonly words: SymbolTable;
  /** The tags: the classes. */
  readonly tags: SymbolTable;
  /** The features with weights. */
  readonly features: FeatureTable;
  /** Averaged weights, feature by feature; shape [features × tags]. */
  readonly weights: Float32Array;
}

/**
 * A part-of-speech tagger (Collins 2002, greedy): from left to right, each word gets the tag with the
 * largest sum of weights over the word, its ending and shape, its neighbours and the last two tags.
 *
 * {@linkcode trainTagger} makes one in seconds.
 */
export class PerceptronTagger implements Tagger {
  /** What training found. */
  readonly model: TaggerModel;
  readonly #context: WordContext;
  readonly #scores: Float64Array;

  /** Wraps what training found. */
  constructor(model: TaggerModel) {
    this.model = model;
    this.#context = new WordContext(model.words.names);
    this.#scores = new Float64Array(model.tags.size);
  }

  /** One list of tags for each sentence. */
  tag(sentences: readonly (readonly string[])[]): Promise<string[][]> {
    return Promise.resolve(sentences.map((words) => this.tagSentence(words)));
  }

  /** The tags of one sentence, at once. */
  tagSentence(words: readonly string[]): string[] {
    const sentence = this.#context.encode(words), tags = new Int32Array(words.length);
    for (let i = 0; i < tags.length; i++) {
      this.#context.extract(sentence, tags, i);
      tags[i] = this.#best();
    }
    return Array.from(tags, (tag) => this.model.tags.names[tag]);
  }

  #best(): number {
    const scores = this.#scores.fill(0),
      { keys } = this.#context,
      { features, weights } = this.model;
    for (let t = 0; t < keys.length; t += 2) {
      const feature = keys[t + 1] < 0 ? NONE : features.find(keys[t], keys[t + 1]);
      if (feature === NONE) continue;
      const row = feature * scores.length;
      for (let m = 0; m < scores.length; m++) scores[m] += weights[row + m];
    }
    let best = 0;
    for (let m = 1; m < scores.length; m++) if (scores[m] > scores[best]) best = m;
    return best;
  }
}
