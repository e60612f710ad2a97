import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs";
import { checkInputs, type Examples, type ProbabilisticClassifier } from "#lib/classify/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  type HasParameters,
  type LossContext,
  type NamedVariables,
  type Trainable,
} from "#lib/nn/mod.ts";

/** The size of a {@linkcode SoftmaxClassifier}. */
export interface SoftmaxClassifierOptions {
  /** d, the length of an example. */
  features: number;
  /** C, the number of classes. */
  classes: number;
}

/** What classifiers have in common whose last step is p = softmax(f), with logits f of their own. */
export abstract class SoftmaxClassifier
  implements ProbabilisticClassifier, Trainable<Examples>, HasParameters {
  /** d, the length of an example. */
  readonly features: number;
  /** C, the number of classes. */
  readonly classes: number;
  /** What is learned, under the letters of the slides. */
  abstract readonly parameters: NamedVariables;

  /** For the classes that extend this one. */
  constructor(
    /** Where it computes. */
    readonly engine: Engine,
    { features, classes }: SoftmaxClassifierOptions,
  ) {
    this.features = features;
    this.classes = classes;
  }

  /**
   * Unnormalised scores f.
   *
   * @param x shape [N, d]
   * @param context given in training, where units may be dropped
   * @returns shape [N, C]
   */
  abstract logits(x: Tensor2D, context?: LossContext): Tensor;

  /** J = (1/N) Σ −log p_y, the cross-entropy of a batch in nats. */
  loss({ x, y }: Examples, context: LossContext): Scalar {
    const { tf, operations } = this.engine;
    const inputs = tf.tensor2d(x, [y.length, this.features]);
    return operations.crossEntropy(this.logits(inputs, context), tf.tensor1d(y, "int32"));
  }

  /** Predictions in a batch. */
  tokens({ y }: Examples): number {
    return y.length;
  }

  /** The logits f, shape [N, C]: log probabilities but for one number an example. */
  decisionValues(x: Float32Array, n: number): Float32Array {
    return this.#compute(x, n, (f) => f);
  }

  /** p = softmax(f), shape [N, C]. */
  predictProbabilities(x: Float32Array, n: number): Float32Array {
    return this.#compute(x, n, (f) => this.engine.tf.softmax(f));
  }

  /** log p, shape [N, C]. */
  logProbabilities(x: Float32Array, n: number): Float32Array {
    return this.#compute(x, n, (f) => this.engine.operations.logSoftmax(f));
  }

  #compute(x: Float32Array, n: number, last: (f: Tensor) => Tensor): Float32Array {
    checkInputs(x, n, this);
    const { tf, values } = this.engine;
    if (n === 0) return new Float32Array();
    return tf.tidy(() => values(last(this.logits(tf.tensor2d(x, [n, this.features])))).slice());
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
