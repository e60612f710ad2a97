import type { Tensor3D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  type HasParameters,
  type Initializer,
  parameter,
  xavierUniform,
  zeros,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Attended } from "../self_attention.ts";
import type { Memory } from "./encoder.ts";

/** Sizes and start of an {@linkcode Attention}. */
export interface AttentionOptions {
  /** H, width of the decoder's states. */
  units: number;
  /** D, width of the memory. */
  memoryWidth: number;
  /** What the matrices start with. @default {xavierUniform()} */
  initializer?: Initializer;
  /** Where the draws come from. */
  random: Random;
}

const MASKED = -1e9; // e^(−1e9 − max) is 0 in float32

/**
 * What a decoder's states see of x (Luong, Pham and Manning 2015, "general", eq. 5, 7 and 8):
 * a = softmax_s(h W_a m_s), c = Σ_s a_s m_s, h̃ = tanh([h; c] W_c + b_c). It needs all states and no
 * state needs it, so that a whole sequence is looked at in a few products.
 */
export class Attention implements HasParameters {
  /** W_a [H, D], W_c [H + D, H] and b_c [H]. */
  readonly parameters: Readonly<Record<"W_a" | "W_c" | "b_c", Variable>>;
  readonly #engine: Engine;

  /** Draws new weights. */
  constructor(engine: Engine, options: AttentionOptions) {
    const { units, memoryWidth, initializer = xavierUniform(), random } = options;
    const make = (shape: number[], start = initializer) =>
      parameter(engine, { shape, initializer: start, random });
    this.#engine = engine;
    this.parameters = {
      W_a: make([units, memoryWidth]),
      W_c: make([units + memoryWidth, units]),
      b_c: make([units], zeros()),
    };
  }

  /**
   * h̃ for each state; differentiable, to be called inside `tidy`.
   *
   * @param h the decoder's states, shape [T, B, H]
   * @returns h̃, shape [T, B, H], and a, shape [B, T, S]
   */
  apply(h: Tensor3D, { states, lengths }: Memory): Attended {
    const { tf, operations } = this.#engine;
    const { W_a, W_c, b_c } = this.parameters;
    const [T, B, H] = h.shape, [S, , D] = states.shape;
    const byExample = tf.transpose(states, [1, 0, 2]); // [B, S, D]
    const queries = tf.reshape(tf.matMul(tf.reshape(h, [T * B, H]), W_a as never), [T, B, D]);
    let scores = tf.matMul(tf.transpose(queries, [1, 0, 2]), byExample, false, true) as Tensor3D;
    if (lengths.some((length) => length < S)) {
      const padding = lengths.map((length) =>
        Array.from({ length: S }, (_, s) => s < length ? 0 : MASKED)
      );
      scores = tf.add(scores, tf.tensor3d(padding.map((row) => [row])));
    }
    const weights = tf.softmax(scores);
    const seen = tf.transpose(tf.matMul(weights, byExample), [1, 0, 2]); // c, [T, B, D]
    const both = tf.reshape(tf.concat([h, seen], 2), [T * B, H + D]);
    const output = operations.dense(both, { weights: W_c, bias: b_c, activation: "tanh" });
    return { output: tf.reshape(output, [T, B, H]), weights };
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
