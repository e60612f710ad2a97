import type { Tensor3D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  type HasParameters,
  type Initializer,
  parameter,
  xavierUniform,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { checkLengths } from "./_lengths.ts";

/** Sizes and start of a {@linkcode SelfAttention} block. */
export interface SelfAttentionOptions {
  /** I, width of the input. */
  inputs: number;
  /** d, width of queries, keys, values and output. */
  width: number;
  /** What the matrices start with. @default {xavierUniform()} */
  initializer?: Initializer;
  /** Where the draws come from. */
  random: Random;
}

/** What each position made of the others. */
export interface Attended {
  /** softmax(Q Kᵀ / √d) V, shape [T, B, d]; 0 at padding. */
  output: Tensor3D;
  /** softmax(Q Kᵀ / √d), shape [B, T, T]: row i says how much position i looks at each. */
  weights: Tensor3D;
}

const MASKED = -1e9; // e^(−1e9 − max) is 0 in float32, and 0 · −1e9 stays finite

/** Self-attention with one head (Vaswani et al. 2017, eq. 1): softmax(Q Kᵀ / √d) V. */
export class SelfAttention implements HasParameters {
  /** W_Q, W_K and W_V, each [I, d]. */
  readonly parameters: Readonly<Record<"W_Q" | "W_K" | "W_V", Variable>>;
  readonly #engine: Engine;

  /** Draws new weights. */
  constructor(engine: Engine, options: SelfAttentionOptions) {
    const { inputs, width, initializer = xavierUniform(), random } = options;
    const make = () => parameter(engine, { shape: [inputs, width], initializer, random });
    this.#engine = engine;
    this.parameters = { W_Q: make(), W_K: make(), W_V: make() };
  }

  /**
   * Lets every position look at every other one of its own sequence; differentiable, to be called
   * inside `tidy`.
   *
   * @param x shape [T, B, I]
   * @param lengths time steps of each example; what comes after is padding, which nobody looks at
   */
  apply(x: Tensor3D, lengths?: readonly number[]): Attended {
    const { tf } = this.#engine;
    const [steps] = x.shape;
    if (lengths) checkLengths(x.shape, lengths);
    const [Q, K, V] = ["W_Q", "W_K", "W_V"].map((name) => this.#project(x, name as "W_Q"));
    const d = Q.shape[2];
    let scores = tf.mul(tf.matMul(Q, K, false, true), 1 / Math.sqrt(d)) as Tensor3D;
    const present = lengths && tf.tensor2d(
      lengths.map((n) => Array.from({ length: steps }, (_, t) => t < n ? 1 : 0)),
    );
    if (present) {
      const padding = tf.mul(tf.sub(1, present), MASKED);
      scores = tf.add(scores, tf.expandDims(padding, 1));
    }
    const weights = tf.softmax(scores);
    const mixed = tf.matMul(weights, V) as Tensor3D;
    const output = present ? tf.mul(mixed, tf.expandDims(present, 2)) as Tensor3D : mixed;
    return { output: tf.transpose(output, [1, 0, 2]), weights };
  }

  /** x W for every position, examples first: [B, T, d]. */
  #project(x: Tensor3D, name: "W_Q" | "W_K" | "W_V"): Tensor3D {
    const { tf } = this.#engine;
    const [steps, batch, inputs] = x.shape, W = this.parameters[name];
    const flat = tf.matMul(tf.reshape(x, [steps * batch, inputs]), W as never);
    return tf.transpose(tf.reshape(flat, [steps, batch, W.shape[1]!]), [1, 0, 2]);
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
