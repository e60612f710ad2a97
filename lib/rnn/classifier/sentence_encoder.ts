import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  dropout,
  Embedding,
  type HasParameters,
  type LossContext,
  type NamedVariables,
  uniform,
  type WordVectors,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { buildParts } from "../_build_parts.ts";
import { checkRates } from "../_check_rates.ts";
import { checkPooling, type Pooling, poolStates } from "../pool_states.ts";
import { RecurrentStack } from "../recurrent_stack.ts";
import { SentenceLayout } from "../sentence_layout.ts";

/** Sizes of a {@linkcode SentenceEncoder}. */
export interface EncoderSizes {
  /** d, the length of word vectors. */
  readonly wordWidth: number;
  /** LSTMs on top of each other. */
  readonly layers: number;
  /** H, units of an LSTM in each direction. */
  readonly units: number;
  /** Whether sentences are also read from the end. */
  readonly bidirectional: boolean;
  /** How the states become one vector. */
  readonly pooling: Pooling;
  /** Probability that a unit is dropped in training. */
  readonly drop: number;
  /** Probability that a word is taken for an unknown one in training. */
  readonly wordDrop: number;
}

/** What a {@linkcode SentenceEncoder} is made with. */
export interface SentenceEncoderOptions {
  /** The words. */
  vocabulary: Vocabulary;
  /** Its sizes. */
  sizes: EncoderSizes;
  /** Vectors that words start with, where they have one; of width d. @default {none} */
  vectors?: WordVectors;
  /** Where the draws come from. */
  random: Random;
}

/** Sentences one after the other, nothing between them: N words. Plain data. */
export interface EncodedSentences {
  /** Words of each sentence, 1 or more; their sum is N. */
  readonly lengths: Int32Array;
  /** Ids of the words, shape [N]. */
  readonly words: Int32Array;
}

/**
 * A sentence as one vector (lecture, "RNNs can be used as an encoder module"): word vectors, LSTMs
 * over them, and one vector made of all their states.
 */
export class SentenceEncoder implements HasParameters {
  /** E and the stack's. */
  readonly parameters: NamedVariables;
  /** Its sizes. */
  readonly sizes: EncoderSizes;
  /** The words it knows. */
  readonly vocabulary: Vocabulary;
  /** Length of a sentence's vector. */
  readonly width: number;
  readonly #engine: Engine;
  readonly #words: Embedding;
  readonly #stack: RecurrentStack;

  /**
   * Draws new weights.
   *
   * @throws {TypeError} if there is no such pooling
   * @throws {RangeError} if the given vectors are of another width, or a probability of dropout is
   * not in [0, 1)
   */
  constructor(engine: Engine, { vocabulary, sizes, vectors, random }: SentenceEncoderOptions) {
    const { wordWidth: width, layers, units, bidirectional, drop, wordDrop } = sizes;
    checkPooling(sizes.pooling);
    checkRates({ drop, wordDrop });
    this.#engine = engine;
    this.sizes = sizes;
    this.vocabulary = vocabulary;
    const initializer = uniform(Math.sqrt(3 / width)); // vectors of length 1
    [this.#words, this.#stack] = buildParts((add) => [
      add(new Embedding(engine, { words: vocabulary.size, width, initializer, random })),
      add(
        new RecurrentStack(engine, {
          ...{ cell: "lstm", inputs: width, units, layers, bidirectional, random },
          dropout: { rate: drop, variational: true },
          forgetBias: 1, // the LSTM remembers from the start: Jozefowicz et al. 2015
        }),
      ),
    ]);
    this.width = this.#stack.width;
    this.parameters = { ...this.#words.parameters, ...this.#stack.parameters };
    if (vectors) this.#putVectors(vectors);
  }

  /** Known words get their vectors, scaled so that their mean length is 1. */
  #putVectors({ words, width, vectors }: WordVectors): void {
    if (width !== this.sizes.wordWidth) {
      this.dispose();
      throw new RangeError(
        `Cannot start from word vectors: expected width ${this.sizes.wordWidth}, got ${width}`,
      );
    }
    const E = this.#engine.values(this.#words.parameters.E);
    const row = (i: number) => vectors.subarray(i * width, (i + 1) * width);
    const known = [...words.keys()].filter((i) => this.vocabulary.has(words[i]));
    const length = known.reduce((sum, i) => sum + Math.hypot(...row(i)), 0) / known.length;
    for (const i of known) {
      const scaled = length > 0 ? row(i).map((v) => v / length) : row(i);
      E.set(scaled, this.vocabulary.id(words[i]) * width);
    }
  }

  /**
   * A vector for each sentence; differentiable, to be called inside `tidy`.
   *
   * @returns shape [B, width]
   */
  encode({ lengths, words }: EncodedSentences, context: LossContext): Tensor2D {
    const { tf } = this.#engine, { pooling, bidirectional, drop, wordDrop } = this.sizes;
    const { training, random } = context, { unknown } = this.vocabulary;
    const layout = new SentenceLayout(lengths);
    const seen = training && wordDrop > 0
      ? words.map((id) => random() < wordDrop ? unknown : id)
      : words;
    const ids = tf.tensor2d(
      layout.steps().map((place) => seen[place]),
      [layout.longest, layout.batch],
      "int32",
    );
    const options = { lengths: [...lengths], ...context };
    const { layers } = this.#stack.run(this.#words.lookup(ids) as Tensor3D, options);
    const pooled = poolStates(this.#engine, layers.at(-1)!, {
      ...{ pooling, bidirectional, lengths: options.lengths },
    });
    return dropout(this.#engine, pooled, { ...context, rate: drop });
  }

  /** Frees the parameters. */
  dispose(): void {
    this.#words.dispose();
    this.#stack.dispose();
  }
}
