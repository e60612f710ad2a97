import type { DenseActivation, Engine } from "#lib/engine/mod.ts";
import type { LanguageModel } from "#lib/lm/mod.ts";
import type { HasParameters, LossContext, NamedVariables, Trainable } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { movedOn, previousWords, type WindowExamples } from "./window_batches.ts";
import { WindowNetwork } from "./window_network.ts";

/** The sizes of a {@linkcode WindowLanguageModel}: all that is needed to build it again. */
export interface WindowLanguageModelConfig {
  /** n, the words that are seen. */
  window: number;
  /** d, the length of a word vector. */
  width: number;
  /** H, the hidden units. */
  hidden: number;
  /** f. @default {"tanh"} */
  activation?: DenseActivation;
  /** Whether word vectors also reach the output directly. @default {false} */
  direct?: boolean;
  /** The rank of the output matrix, see `WindowNetworkOptions`. @default {full} */
  rank?: number;
  /** The probability that an element of e or h is dropped in training. @default {0} */
  dropout?: number;
  /** Whether the words before a `</s>` are still seen after it. @default {false} */
  acrossSentences?: boolean;
}

/** What a {@linkcode WindowLanguageModel} starts from. */
export interface WindowLanguageModelOptions extends WindowLanguageModelConfig {
  /** The words. */
  vocabulary: Vocabulary;
  /** How often each id occurs in the training text: b₂ starts at their log. @default {0} */
  counts?: ArrayLike<number>;
  /** Where the draws come from. */
  random: Random;
}

/**
 * The fixed-window neural language model (Bengio et al. 2003; lecture, "A fixed-window neural
 * language model"): P(w | the last n words) by a {@linkcode WindowNetwork}. A state is those words.
 */
export class WindowLanguageModel
  implements LanguageModel<Int32Array>, Trainable<WindowExamples>, HasParameters {
  /** The words the model predicts. */
  readonly vocabulary: Vocabulary;
  /** The sizes, fit for a checkpoint. */
  readonly config: WindowLanguageModelConfig;
  /** Where the model computes. */
  readonly engine: Engine;
  readonly #network: WindowNetwork;

  /** Draws new parameters. */
  constructor(engine: Engine, options: WindowLanguageModelOptions) {
    const { vocabulary, counts, random, ...config } = options;
    this.engine = engine;
    this.vocabulary = vocabulary;
    this.config = config;
    this.#network = new WindowNetwork(engine, {
      activation: "tanh",
      ...{ ...config, counts, random, impossible: vocabulary.start },
      ...{ words: vocabulary.size, classes: vocabulary.size },
    });
  }

  /** E, W, b1, U and b2, see {@linkcode WindowNetwork}. */
  get parameters(): NamedVariables {
    return this.#network.parameters;
  }

  /** Number of weights. */
  get size(): number {
    return Object.values(this.parameters).reduce((sum, { size }) => sum + size, 0);
  }

  /** Every position of a text with the words before it, for training. */
  examples(text: Int32Array): WindowExamples {
    return previousWords(text, { ...this.#marks(), window: this.config.window });
  }

  /** Mean of −log P(word | words before it). */
  loss(batch: WindowExamples, context: LossContext): ReturnType<WindowNetwork["loss"]> {
    return this.#network.loss(batch, context);
  }

  /** Predictions in a minibatch. */
  tokens(batch: WindowExamples): number {
    return this.#network.tokens(batch);
  }

  /** Equal shares of a minibatch. */
  split(batch: WindowExamples, shares: number): WindowExamples[] {
    return this.#network.split(batch, shares);
  }

  /** n times `<s>`. */
  initialState(): Int32Array {
    return new Int32Array(this.config.window).fill(this.vocabulary.start);
  }

  /**
   * The last n words.
   *
   * @throws {RangeError} if the id is no word's
   */
  advance(state: Int32Array, wordId: number): Int32Array {
    this.vocabulary.word(wordId);
    return movedOn(state, wordId, this.#marks());
  }

  /** log P of every word. */
  logProbabilities(state: Int32Array): Float32Array {
    let out = new Float32Array();
    this.#network.predict(state, (_, logP) => out = logP.slice());
    out[this.vocabulary.start] = -Infinity;
    return out;
  }

  /**
   * log P of each word, some hundred positions at a time.
   *
   * @throws {RangeError} if an id is no word's
   */
  score(text: Int32Array): Float32Array {
    const { size, start } = this.vocabulary;
    text.forEach((id) => this.vocabulary.word(id));
    const out = new Float32Array(text.length);
    this.#network.predict(this.examples(text).windows, (from, logP) => {
      for (let row = 0; row < logP.length / size; row++) {
        const id = text[from + row];
        out[from + row] = id === start ? -Infinity : logP[row * size + id];
      }
    });
    return out;
  }

  #marks(): { start: number; end: number; acrossSentences?: boolean } {
    const { start, end } = this.vocabulary;
    return { start, end, acrossSentences: this.config.acrossSentences };
  }

  /** Frees the parameters. */
  dispose(): void {
    this.#network.dispose();
  }
}
