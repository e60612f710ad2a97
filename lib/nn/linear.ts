import type { Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { DenseActivation, Engine } from "#lib/engine/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { type Initializer, xavierUniform, zeros } from "./initializers.ts";
import { disposeParameters, type HasParameters, parameter } from "./parameter.ts";

/** The size and start of a {@linkcode Linear} layer. */
export interface LinearOptions {
  /** n_in. */
  inputs: number;
  /** n_out. */
  outputs: number;
  /** f, computed together with the product. @default {"identity"} */
  activation?: DenseActivation;
  /** What W starts with. @default {xavierUniform()} */
  initializer?: Initializer;
  /** What b starts with, see {@linkcode classBias}. @default {zeros} */
  bias?: Float32Array;
  /** Where the draws come from. */
  random: Random;
}

/** A layer f(x W + b). */
export class Linear implements HasParameters {
  /** W, shape [inputs, outputs], and b, shape [outputs]. */
  readonly parameters: { readonly W: Variable; readonly b: Variable };
  readonly #engine: Engine;
  readonly #activation: DenseActivation;

  /**
   * Draws new weights.
   *
   * @throws {RangeError} if `bias` does not have one value an output
   */
  constructor(engine: Engine, options: LinearOptions) {
    const { inputs, outputs, activation = "identity", initializer, bias, random } = options;
    if (bias && bias.length !== outputs) {
      throw new RangeError(
        `Cannot start the bias: expected ${outputs} values, got ${bias.length}`,
      );
    }
    this.#engine = engine;
    this.#activation = activation;
    const W = { shape: [inputs, outputs], initializer: initializer ?? xavierUniform(), random };
    const start: Initializer = bias ? () => bias.slice() : zeros();
    this.parameters = {
      W: parameter(engine, W),
      b: parameter(engine, { shape: [outputs], initializer: start, random }),
    };
  }

  /**
   * f(x W + b).
   *
   * @param x shape [N, inputs]
   * @returns shape [N, outputs]
   */
  apply(x: Tensor): Tensor2D {
    const { W, b } = this.parameters;
    const options = { weights: W, bias: b, activation: this.#activation };
    return this.#engine.operations.dense(x, options);
  }

  /** Frees W and b. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
