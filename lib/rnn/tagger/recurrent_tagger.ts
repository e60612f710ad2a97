import { highest } from "#lib/classify/mod.ts";
import type { Tagger } from "#lib/tagging/mod.ts";
import { byLength } from "../by_length.ts";
import { joinExamples } from "./tagger_batch.ts";
import { encodeWords, type TaggerLexicon } from "./tagger_lexicon.ts";
import type { TaggerNetwork } from "./tagger_network.ts";

/** Words that are tagged together. */
const WORDS_AT_ONCE = 2000;
const NOT_TRAINING = { training: false, random: () => 0 };

/** What a {@linkcode RecurrentTagger} is made of. */
export interface RecurrentTaggerParts {
  /** The trained network. */
  readonly network: TaggerNetwork;
  /** The symbols it was trained with. */
  readonly lexicon: TaggerLexicon;
}

/**
 * A tagger that has read the whole sentence before it tags a word (lecture, "RNNs can be used for
 * tagging"). {@linkcode taggerTraining} makes one.
 */
export class RecurrentTagger implements Tagger {
  readonly #parts: RecurrentTaggerParts;

  /** @internal */
  constructor(parts: RecurrentTaggerParts) {
    this.#parts = parts;
  }

  /** What the tagger is made of. @internal */
  get parts(): RecurrentTaggerParts {
    return this.#parts;
  }

  /** The likeliest tag of each word; with a random field the likeliest tags of each sentence. */
  tag(sentences: readonly (readonly string[])[]): Promise<string[][]> {
    const found = sentences.map((): string[] => []);
    const items = sentences.map((words, i) => ({ i, words })).filter(({ words }) => words.length);
    for (const group of byLength(items, WORDS_AT_ONCE)) {
      const tags = this.#tagTogether(group.map(({ words }) => words));
      let at = 0;
      for (const { i, words } of group) found[i] = tags.slice(at, at += words.length);
    }
    return Promise.resolve(found);
  }

  /**
   * How much each word of a sentence (row) looks at each other one (column), shape [n, n]; rows sum
   * to 1.
   *
   * @throws {TypeError} if the network has no attention
   * @throws {RangeError} if there are no words
   */
  attention(words: readonly string[]): number[][] {
    if (words.length === 0) throw new RangeError("Cannot look at a sentence: it has no words");
    const { network, lexicon } = this.#parts, { tf, values } = network.engine;
    let found: Float32Array | undefined;
    tf.tidy(() => {
      const batch = joinExamples([encodeWords(words, lexicon)]);
      const { weights } = network.scores(batch, NOT_TRAINING);
      found = weights && values(weights).slice();
    });
    if (!found) throw new TypeError("Cannot look at attention: this tagger's network has none");
    const n = words.length;
    return words.map((_, i) => [...found!.subarray(i * n, (i + 1) * n)]);
  }

  #tagTogether(sentences: readonly (readonly string[])[]): string[] {
    const { network, lexicon } = this.#parts, { tf, values } = network.engine;
    const { tags } = lexicon;
    let ids: Int32Array = new Int32Array(0);
    tf.tidy(() => {
      const batch = joinExamples(sentences.map((words) => encodeWords(words, lexicon)));
      const { scores } = network.scores(batch, NOT_TRAINING);
      ids = network.chain?.decode(scores, batch.lengths) ?? highest(values(scores), tags.length);
    });
    return Array.from(ids, (id) => tags[id]);
  }

  /** Frees the network. */
  dispose(): void {
    this.#parts.network.dispose();
  }
}
