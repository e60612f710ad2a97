import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { dropout, Linear, type LossContext, zeros } from "#lib/nn/mod.ts";
import { SoftmaxClassifier } from "./softmax_classifier.ts";

/** The size and settings of a {@linkcode LogisticRegression}. */
export interface LogisticRegressionOptions {
  /** d, the length of an example. */
  features: number;
  /** The share of features that is dropped in training, 0 ≤ rate < 1. @default {0} */
  inputDropout?: number;
}

/**
 * Two classes, one weight vector: P(1 | x) = σ(x W + b). It is the softmax of the logits 0 and
 * x W + b, as only the difference of two classes' weights counts.
 */
export class LogisticRegression extends SoftmaxClassifier {
  /** W, shape [d, 1], and b, shape [1]. */
  readonly parameters: Linear["parameters"];
  readonly #layer: Linear;
  readonly #dropout: number;

  /** Starts at zero: P(1 | x) = ½ everywhere. */
  constructor(engine: Engine, { features, inputDropout = 0 }: LogisticRegressionOptions) {
    super(engine, { features, classes: 2 });
    this.#dropout = inputDropout;
    const random = () => 0; // zeros draw nothing
    const initializer = zeros();
    this.#layer = new Linear(engine, { inputs: features, outputs: 1, initializer, random });
    this.parameters = this.#layer.parameters;
  }

  /** 0 and x W + b, shape [N, 2]. */
  override logits(x: Tensor2D, context?: LossContext): Tensor {
    const { tf } = this.engine, rate = this.#dropout;
    const kept = context && rate > 0 ? dropout(this.engine, x, { ...context, rate }) : x;
    const z = this.#layer.apply(kept);
    return tf.concat([tf.zerosLike(z), z], 1);
  }
}
