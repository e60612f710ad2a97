import type { Scalar, Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  Embedding,
  type HasParameters,
  Linear,
  type LossContext,
  type NamedVariables,
  type Trainable,
  uniform,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { buildParts } from "../_build_parts.ts";
import { checkRates } from "../_check_rates.ts";
import { AttentiveStack } from "../attentive_stack.ts";
import { AFFIXES } from "../input/affixes.ts";
import { SentenceLayout } from "../sentence_layout.ts";
import { ConditionalRandomField } from "./conditional_random_field.ts";
import type { TaggerBatch } from "./tagger_batch.ts";

/** Sizes of a tagger's network. */
export interface TaggerSizes {
  /** Width of word vectors. */
  readonly wordWidth: number;
  /** Width of the sum of a word's affix vectors. */
  readonly affixWidth: number;
  /** Bidirectional LSTMs on top of each other. */
  readonly layers: number;
  /** H, units of an LSTM in each direction. */
  readonly units: number;
  /** Whether each layer's input is added to its output. */
  readonly residual: boolean;
  /** Whether words look at each other before they are tagged. */
  readonly attention: boolean;
  /** Whether sentences are tagged as a whole, by a conditional random field. */
  readonly chain: boolean;
  /** Probability that a unit is dropped in training. */
  readonly drop: number;
  /** Probability that a word is taken for an unknown one in training. */
  readonly wordDrop: number;
}

/** How many symbols there are of each kind. */
export interface TaggerCounts {
  /** Words. */
  words: number;
  /** Affixes. */
  affixes: number;
  /** Tags. */
  tags: number;
}

/** How much speaks for each tag of each word. */
export interface TagScores {
  /** Before softmax (or the random field), shape [N, C]. */
  scores: Tensor2D;
  /** How much each word looks at each other, [B, T, T]; where there is attention. */
  weights?: Tensor3D;
}

/**
 * A word's tag from its whole sentence: vectors of words and their affixes, bidirectional LSTMs,
 * softmax (or a conditional random field).
 */
export class TaggerNetwork implements Trainable<TaggerBatch>, HasParameters {
  /** Where the network computes. */
  readonly engine: Engine;
  /** E_word, E_affix, the stack's, U and b2, and A of the random field. */
  readonly parameters: NamedVariables;
  /** Its sizes. */
  readonly sizes: TaggerSizes;
  /** Rows of its embeddings, and tags. */
  readonly counts: TaggerCounts;
  /** The random field, if it has one. */
  readonly chain?: ConditionalRandomField;
  readonly #words: Embedding;
  readonly #affixes: Embedding;
  readonly #stack: AttentiveStack;
  readonly #output: Linear;

  /**
   * Draws new weights.
   *
   * @throws {RangeError} if a probability of dropout is not in [0, 1)
   */
  constructor(
    engine: Engine,
    { sizes, counts, random }: { sizes: TaggerSizes; counts: TaggerCounts; random: Random },
  ) {
    const { wordWidth, affixWidth, units, layers, residual, attention, drop, wordDrop } = sizes;
    checkRates({ drop, wordDrop });
    this.engine = engine;
    this.sizes = sizes;
    this.counts = counts;
    [this.#words, this.#affixes, this.#stack, this.#output, this.chain] = buildParts((add) => {
      const embedding = (words: number, width: number) => {
        const initializer = uniform(Math.sqrt(3 / width));
        return add(new Embedding(engine, { words, width, initializer, random }));
      };
      const [words, affixes] = [
        embedding(counts.words, wordWidth),
        embedding(counts.affixes, affixWidth),
      ];
      const stack = add(
        new AttentiveStack(engine, {
          ...{ cell: "lstm", inputs: wordWidth + affixWidth, units, layers, bidirectional: true },
          ...{ residual, attention, dropout: { rate: drop, variational: true }, random },
          forgetBias: 1, // the LSTM remembers from the start: Jozefowicz et al. 2015
        }),
      );
      const output = add(new Linear(engine, { inputs: stack.width, outputs: counts.tags, random }));
      const chain = sizes.chain
        ? add(new ConditionalRandomField(engine, { tags: counts.tags }))
        : undefined;
      return [words, affixes, stack, output, chain];
    });
    const { W: U, b: b2 } = this.#output.parameters;
    this.parameters = {
      ...{ E_word: this.#words.parameters.E, E_affix: this.#affixes.parameters.E },
      ...this.#stack.parameters,
      ...{ U, b2 },
      ...this.chain?.parameters,
    };
  }

  /** J: the mean over words of −log P(tag), with a random field −log P(tags of the sentence). */
  loss(batch: TaggerBatch, context: LossContext): Scalar {
    const { tf, operations } = this.engine;
    const { scores } = this.scores(batch, context);
    if (this.chain) return this.chain.loss(scores, batch);
    return operations.crossEntropy(scores, tf.tensor1d(batch.tags, "int32"));
  }

  /** Words in a batch. */
  tokens({ words }: TaggerBatch): number {
    return words.length;
  }

  /** U h + b₂ of each word; to be called inside `tidy`. */
  scores(batch: TaggerBatch, context: LossContext): TagScores {
    const { tf } = this.engine, layout = new SentenceLayout(batch.lengths);
    const { longest, batch: B } = layout;
    const e = this.#embed(batch, context);
    const x = tf.reshape(this.#rows(e, layout.steps()), [longest, B, e.shape[1]]) as Tensor3D;
    const { output, weights } = this.#stack.run(x, { ...context, lengths: [...batch.lengths] });
    const h = tf.reshape(output, [longest * B, this.#stack.width]);
    return { scores: this.#output.apply(this.#rows(h, layout.places())), weights };
  }

  /** [word; Σ affixes], where in training some words are unknown; shape [N, inputs]. */
  #embed({ words, affixes }: TaggerBatch, { training, random }: LossContext): Tensor2D {
    const { tf, operations } = this.engine, { wordDrop, affixWidth } = this.sizes;
    const unknown = 0;
    const seen = training && wordDrop > 0
      ? words.map((id) => random() < wordDrop ? unknown : id)
      : words;
    const ids = tf.tensor2d(affixes, [words.length, AFFIXES], "int32");
    const bias = tf.zeros([affixWidth]);
    return tf.concat([
      this.#words.lookup(tf.tensor1d(seen, "int32")),
      operations.sumRows(this.#affixes.parameters.E, ids, { bias }),
    ], 1) as Tensor2D;
  }

  #rows(x: Tensor, at: Int32Array): Tensor2D {
    const { tf, operations } = this.engine;
    return operations.embed(x, tf.tensor1d(at, "int32")) as Tensor2D;
  }

  /** Frees the parameters. */
  dispose(): void {
    for (const part of [this.#words, this.#affixes, this.#stack, this.#output, this.chain]) {
      part?.dispose();
    }
  }
}
