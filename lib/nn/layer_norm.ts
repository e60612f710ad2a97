import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { disposeParameters, type HasParameters, parameter } from "./parameter.ts";

/** The size of a {@linkcode LayerNorm}. */
export interface LayerNormOptions {
  /** Length of the last dimension, over which mean and variance are taken. */
  width: number;
  /** ε, which keeps the division finite. @default {1e-5} */
  epsilon?: number;
}

/** Layer normalisation (Ba et al. 2016): (x − μ) / √(σ² + ε) · g + b, over each example's units. */
export class LayerNorm implements HasParameters {
  /** g, which starts at 1, and b, which starts at 0; both of shape [width]. */
  readonly parameters: { readonly g: Variable; readonly b: Variable };
  readonly #engine: Engine;
  readonly #epsilon: number;

  /** Starts with g = 1 and b = 0. */
  constructor(engine: Engine, { width, epsilon = 1e-5 }: LayerNormOptions) {
    const random: Random = () => 0; // nothing is drawn
    const filled = (value: number) => ({
      shape: [width],
      initializer: () => new Float32Array(width).fill(value),
      random,
    });
    this.#engine = engine;
    this.#epsilon = epsilon;
    this.parameters = { g: parameter(engine, filled(1)), b: parameter(engine, filled(0)) };
  }

  /** Normalises the last dimension of x; the shape stays. */
  apply<T extends Tensor>(x: T): T {
    const { tf } = this.#engine;
    const { g, b } = this.parameters;
    return tf.tidy(() => {
      const { mean, variance } = tf.moments(x, -1, true);
      const normalised = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, this.#epsilon)));
      return tf.add(tf.mul(normalised, g), b) as T;
    });
  }

  /** Frees g and b. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
