import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { DenseActivation, Engine } from "#lib/engine/mod.ts";
import {
  activateTensor,
  disposeParameters,
  type HasParameters,
  Linear,
  type LinearOptions,
  type NamedVariables,
  parameter,
  parametricReluTensor,
  type TensorActivation,
} from "#lib/nn/mod.ts";

/** What a hidden layer may end with; `parametricRelu` learns its slope, one a unit, from 0.25 on. */
export type HiddenActivation = TensorActivation | "parametricRelu";

const FUSED: readonly string[] = ["identity", "tanh", "logistic", "relu", "cube"];

function isFused(activation: HiddenActivation): activation is DenseActivation {
  return FUSED.includes(activation);
}

/** The size and start of a {@linkcode HiddenLayer}. */
export interface HiddenLayerOptions extends Omit<LinearOptions, "activation"> {
  /** f. */
  activation: HiddenActivation;
}

/** A layer f(x W + b) with any activation. */
export class HiddenLayer implements HasParameters {
  /** W, shape [inputs, outputs], b, shape [outputs], and the slopes a, shape [outputs], if learned. */
  readonly parameters: NamedVariables & { W: Variable; b: Variable; a?: Variable };
  readonly #engine: Engine;
  readonly #activation: HiddenActivation;
  readonly #linear: Linear;

  /** Draws new weights. */
  constructor(engine: Engine, { activation, ...options }: HiddenLayerOptions) {
    this.#engine = engine;
    this.#activation = activation;
    const fused = isFused(activation) ? activation : "identity";
    this.#linear = new Linear(engine, { ...options, activation: fused });
    const { outputs, random } = options;
    const quarter = () => new Float32Array(outputs).fill(0.25); // He et al. 2015, section 2.1
    this.parameters = activation === "parametricRelu"
      ? {
        ...this.#linear.parameters,
        a: parameter(engine, { shape: [outputs], initializer: quarter, random }),
      }
      : this.#linear.parameters;
  }

  /**
   * f(x W + b).
   *
   * @param x shape [N, inputs]
   * @returns shape [N, outputs]
   */
  apply(x: Tensor): Tensor {
    const z = this.#linear.apply(x), { a } = this.parameters;
    if (this.#activation === "parametricRelu") return parametricReluTensor(this.#engine, z, a!);
    return isFused(this.#activation) ? z : activateTensor(this.#engine, this.#activation, z);
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
