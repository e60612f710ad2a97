import type { Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import { checkInputs, type ProbabilisticClassifier } from "#lib/classify/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import { dropout, type Initializer, Linear, type LossContext } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { type HiddenActivation, HiddenLayer } from "./hidden_layer.ts";
import { SoftmaxClassifier } from "./softmax_classifier.ts";

/** The size and settings of a {@linkcode MultilayerPerceptron}. */
export interface MultilayerPerceptronOptions {
  /** d, the length of an example. */
  features: number;
  /** Units of each hidden layer; none makes softmax regression. */
  hidden: readonly number[];
  /** C, the number of classes. */
  classes: number;
  /** f, after each hidden layer. @default {"relu"} */
  activation?: HiddenActivation;
  /** What weight matrices start with. @default {xavierUniform()} */
  initializer?: Initializer;
  /** What the output's bias starts with, see `classBias`. @default {zeros} */
  outputBias?: Float32Array;
  /** The share of hidden units that is dropped in training, 0 ≤ rate < 1. @default {0} */
  dropout?: number;
  /** The share of features that is dropped in training, 0 ≤ rate < 1. @default {0} */
  inputDropout?: number;
  /** Where the initial weights are drawn from. */
  random: Random;
}

/**
 * A feedforward network (lecture, "Neural networks are more powerful"): h = f(x W1 + b1), and so on
 * for each hidden layer, then p = softmax(h U + b). The softmax is linear in h; the layers before it
 * learn an h in which the classes are linearly separable.
 */
export class MultilayerPerceptron extends SoftmaxClassifier {
  /**
   * For each hidden layer l from 1: W{l}, shape [inputs, units], and b{l}, shape [units] (with a
   * parametric ReLU a{l}, shape [units], as well); U, shape [units, C], and b, shape [C].
   */
  readonly parameters: Readonly<Record<string, Variable>>;
  readonly #layers: readonly HiddenLayer[];
  readonly #output: Linear;
  readonly #dropout: { inputs: number; hidden: number };

  /**
   * Draws new weights; biases start at 0.
   *
   * @throws {RangeError} if `outputBias` does not have one value a class
   */
  constructor(engine: Engine, options: MultilayerPerceptronOptions) {
    super(engine, options);
    const { features, hidden, classes, activation = "relu", initializer, random } = options;
    const bias = options.outputBias;
    if (bias && bias.length !== classes) { // before the hidden layers make their tensors
      throw new RangeError(`Cannot start the bias: expected ${classes} values, got ${bias.length}`);
    }
    this.#dropout = { inputs: options.inputDropout ?? 0, hidden: options.dropout ?? 0 };
    const widths = [features, ...hidden];
    this.#layers = hidden.map((outputs, l) =>
      new HiddenLayer(engine, { inputs: widths[l], outputs, activation, initializer, random })
    );
    const inputs = widths.at(-1)!;
    this.#output = new Linear(engine, { inputs, outputs: classes, initializer, bias, random });
    const named = this.#layers.flatMap(({ parameters }, l) =>
      Object.entries(parameters).map(([name, variable]) => [`${name}${l + 1}`, variable])
    );
    const { W: U, b } = this.#output.parameters;
    this.parameters = { ...Object.fromEntries(named), U, b };
  }

  /** h U + b, shape [N, C]. */
  override logits(x: Tensor2D, context?: LossContext): Tensor2D {
    return this.#output.apply(this.#hidden(x, this.#layers.length, context));
  }

  /**
   * How a hidden layer represents examples: h of layer `layer`.
   *
   * @param x examples end to end, shape [N, d]
   * @param layer from 1; 0 gives the examples themselves
   * @returns shape [N, units of the layer]
   * @throws {RangeError} if there is no such layer, or `x` holds no whole number of examples
   */
  representation(x: Float32Array, layer: number): Float32Array {
    const { tf, values } = this.engine, n = x.length / this.features;
    checkInputs(x, Math.floor(n), this);
    if (!(Number.isInteger(layer) && layer >= 0 && layer <= this.#layers.length)) {
      throw new RangeError(
        `Cannot show a hidden layer: expected one from 0 to ${this.#layers.length}, got ${layer}`,
      );
    }
    return tf.tidy(() => values(this.#hidden(tf.tensor2d(x, [n, this.features]), layer)).slice());
  }

  /**
   * The last layer alone, p = softmax(h U + b), as a classifier of hidden representations: it is
   * linear in them. It follows the network's training and ends with it.
   */
  output(): ProbabilisticClassifier {
    return new LastLayer(this.engine, this.#output);
  }

  #hidden(x: Tensor2D, layer: number, context?: LossContext): Tensor {
    const drop = (h: Tensor, rate: number) =>
      context && rate > 0 ? dropout(this.engine, h, { ...context, rate }) : h;
    return this.#layers.slice(0, layer).reduce(
      (h, each) => drop(each.apply(h), this.#dropout.hidden),
      drop(x, this.#dropout.inputs),
    );
  }
}

/** p = softmax(h U + b) as a classifier of its own. */
class LastLayer extends SoftmaxClassifier {
  readonly parameters: Linear["parameters"];

  constructor(engine: Engine, readonly layer: Linear) {
    const [features, classes] = layer.parameters.W.shape as [number, number];
    super(engine, { features, classes });
    this.parameters = layer.parameters;
  }

  override logits(h: Tensor2D): Tensor2D {
    return this.layer.apply(h);
  }
}
