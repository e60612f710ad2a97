import type { Scalar, Tensor2D } from "@tensorflow/tfjs";
import type { TextClassifier } from "#lib/classify/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import {
  type HasParameters,
  Linear,
  type LossContext,
  type NamedVariables,
  type Trainable,
} from "#lib/nn/mod.ts";
import { buildParts } from "../_build_parts.ts";
import { byLength } from "../by_length.ts";
import { encodeSentences, type SentenceClasses } from "./classifier_batch.ts";
import { SentenceEncoder, type SentenceEncoderOptions } from "./sentence_encoder.ts";

/** What a {@linkcode SentenceClassifier} is made with. */
export interface SentenceClassifierOptions extends SentenceEncoderOptions {
  /** The names of the classes. */
  classes: readonly string[];
}

/** Words that are classified together. */
const WORDS_AT_ONCE = 2000;
const NOT_TRAINING: LossContext = { training: false, random: () => 0 };

/**
 * A class for a sentence from its {@linkcode SentenceEncoder} (lecture, "RNNs can be used for
 * sentence classification"): P(c | sentence) = softmax(U encoding + b₂).
 * {@linkcode classifierTraining} makes one.
 */
export class SentenceClassifier
  implements TextClassifier, Trainable<SentenceClasses>, HasParameters {
  /** Where the classifier computes. */
  readonly engine: Engine;
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** What makes a vector of a sentence. */
  readonly encoder: SentenceEncoder;
  /** The encoder's, U and b2. */
  readonly parameters: NamedVariables;
  readonly #output: Linear;

  /**
   * Draws new weights.
   *
   * @throws {TypeError} if there is no such pooling
   * @throws {RangeError} if given vectors are of another width, or a probability of dropout is not
   * in [0, 1)
   */
  constructor(engine: Engine, { classes, ...options }: SentenceClassifierOptions) {
    this.engine = engine;
    this.classes = classes;
    [this.encoder, this.#output] = buildParts((add) => {
      const encoder = add(new SentenceEncoder(engine, options)), { random } = options;
      const sizes = { inputs: encoder.width, outputs: classes.length };
      return [encoder, add(new Linear(engine, { ...sizes, random }))];
    });
    const { W: U, b: b2 } = this.#output.parameters;
    this.parameters = { ...this.encoder.parameters, U, b2 };
  }

  /** J: the mean over sentences of −log P(class), nats. */
  loss(batch: SentenceClasses, context: LossContext): Scalar {
    const { tf, operations } = this.engine;
    return operations.crossEntropy(
      this.#scores(batch, context),
      tf.tensor1d(batch.classes, "int32"),
    );
  }

  /** Words in a batch. */
  tokens({ words }: SentenceClasses): number {
    return words.length;
  }

  /**
   * log P(c | sentence), shape [N, C].
   *
   * @throws {RangeError} if a sentence has no words
   */
  logProbabilities(sentences: readonly (readonly string[])[]): Promise<Float32Array> {
    const empty = sentences.findIndex(({ length }) => length === 0);
    if (empty >= 0) {
      const why = `Cannot classify sentence ${empty}: it has no words`;
      return Promise.reject(new RangeError(why));
    }
    const { tf, operations, values } = this.engine, C = this.classes.length;
    const found = new Float32Array(sentences.length * C);
    const items = sentences.map((words, i) => ({ i, words }));
    for (const group of byLength(items, WORDS_AT_ONCE)) {
      const batch = encodeSentences(group.map(({ words }) => words), this.encoder.vocabulary);
      tf.tidy(() => {
        const logP = values(operations.logSoftmax(this.#scores(batch, NOT_TRAINING)));
        group.forEach(({ i }, row) => found.set(logP.subarray(row * C, (row + 1) * C), i * C));
      });
    }
    return Promise.resolve(found);
  }

  /** U encoding + b₂. */
  #scores(batch: Omit<SentenceClasses, "classes">, context: LossContext): Tensor2D {
    return this.#output.apply(this.encoder.encode(batch, context));
  }

  /** Frees the parameters. */
  dispose(): void {
    this.encoder.dispose();
    this.#output.dispose();
  }
}
