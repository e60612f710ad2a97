import type { Tensor2D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { Linear, zeros } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { SoftmaxClassifier, type SoftmaxClassifierOptions } from "./softmax_classifier.ts";

/**
 * The softmax classifier of the lecture's first slides, p(y | x) = softmax(x W + b): its decision
 * boundaries are lines (planes) W·c − W·k. Also known as multinomial logistic regression.
 */
export class SoftmaxRegression extends SoftmaxClassifier {
  /** W, shape [d, C], and b, shape [C]. */
  readonly parameters: Linear["parameters"];
  readonly #layer: Linear;

  /** Starts at zero: the objective is convex, and no hidden units have to be told apart. */
  constructor(engine: Engine, options: SoftmaxClassifierOptions) {
    super(engine, options);
    const { features, classes } = options;
    const random: Random = () => 0; // zeros draw nothing
    const initializer = zeros();
    this.#layer = new Linear(engine, { inputs: features, outputs: classes, initializer, random });
    this.parameters = this.#layer.parameters;
  }

  /** f = x W + b, shape [N, C]. */
  override logits(x: Tensor2D): Tensor2D {
    return this.#layer.apply(x);
  }
}
