import { highest } from "#lib/classify/mod.ts";
import type { DenseActivation, Engine } from "#lib/engine/mod.ts";
import type { HasParameters, LossContext, NamedVariables, Trainable } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { tagAccuracy, type TaggedSentence, type Tagger } from "#lib/tagging/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { type WindowExamples, wordsAround } from "./window_batches.ts";
import { WindowNetwork } from "./window_network.ts";

/** The sizes and start of a {@linkcode WindowTagger}. */
export interface WindowTaggerOptions {
  /** The words; all others are `<unk>`. */
  vocabulary: Vocabulary;
  /** The tags: the classes. */
  tags: readonly string[];
  /** m, the words seen on each side of the one that is tagged. @default {2} */
  reach?: number;
  /** d, the length of a word vector. */
  width: number;
  /** H, the hidden units; with 0 the tagger is linear in its word vectors. */
  hidden: number;
  /** f. @default {"relu"} */
  activation?: DenseActivation;
  /** The probability that an element of e or h is dropped in training. @default {0} */
  dropout?: number;
  /** How often each tag occurs, for a first loss of their entropy. @default {b₂ starts at 0} */
  counts?: ArrayLike<number>;
  /** Where the draws come from. */
  random: Random;
}

/**
 * The window classifier of the slides ("A simple neural network window classifier"): a word's class
 * from the vectors of the words around it, e = [e⁽ᵗ⁻ᵐ⁾; …; e⁽ᵗ⁺ᵐ⁾], through a {@linkcode WindowNetwork}
 * whose loss is propagated back into the vectors. Here the classes are parts of speech.
 */
export class WindowTagger implements Tagger, Trainable<WindowExamples>, HasParameters {
  /** Where the tagger computes. */
  readonly engine: Engine;
  /** The network itself. */
  readonly network: WindowNetwork;
  readonly #options: WindowTaggerOptions;
  readonly #classes: ReadonlyMap<string, number>;

  /** Draws new parameters. */
  constructor(engine: Engine, options: WindowTaggerOptions) {
    const { vocabulary, tags, reach = 2, ...sizes } = options;
    this.engine = engine;
    this.#options = options;
    this.#classes = new Map(tags.map((tag, id) => [tag, id]));
    this.network = new WindowNetwork(engine, {
      ...{ ...sizes, words: vocabulary.size, classes: tags.length, window: 2 * reach + 1 },
    });
  }

  /** E, W, b1, U and b2, see {@linkcode WindowNetwork}. */
  get parameters(): NamedVariables {
    return this.network.parameters;
  }

  /**
   * Every word of tagged sentences in its window, for training.
   *
   * @throws {RangeError} if a tag is not among the classes
   */
  examples(sentences: readonly TaggedSentence[]): WindowExamples {
    const targets = sentences.flatMap(({ tags }) => tags.map((tag) => this.#class(tag)));
    return {
      windows: this.#windows(sentences.map(({ words }) => words)),
      targets: Int32Array.from(targets),
    };
  }

  /** Mean of −log P(tag | window). */
  loss(batch: WindowExamples, context: LossContext): ReturnType<WindowNetwork["loss"]> {
    return this.network.loss(batch, context);
  }

  /** Predictions in a minibatch. */
  tokens(batch: WindowExamples): number {
    return this.network.tokens(batch);
  }

  /** The likeliest tag of each word, one list for each sentence. */
  tag(sentences: readonly (readonly string[])[]): Promise<string[][]> {
    const { tags } = this.#options, found: string[] = [];
    this.network.predict(this.#windows(sentences), (_, logP) => {
      for (const c of highest(logP, tags.length)) found.push(tags[c]);
    });
    let at = 0;
    return Promise.resolve(sentences.map((words) => found.slice(at, at += words.length)));
  }

  /** The share of words that get their tag, from 0 to 1. */
  async accuracy(sentences: readonly TaggedSentence[]): Promise<number> {
    return tagAccuracy(sentences, await this.tag(sentences.map(({ words }) => words)));
  }

  #class(tag: string): number {
    const id = this.#classes.get(tag);
    if (id !== undefined) return id;
    throw new RangeError(`Cannot learn the tag "${tag}": it is not among the tagger's classes`);
  }

  #windows(sentences: readonly (readonly string[])[]): Int32Array {
    const { vocabulary, reach = 2 } = this.#options;
    const ids = sentences.map((words) => vocabulary.encode(words));
    return wordsAround(ids, { reach, start: vocabulary.start, end: vocabulary.end });
  }

  /** Frees the parameters. */
  dispose(): void {
    this.network.dispose();
  }
}
