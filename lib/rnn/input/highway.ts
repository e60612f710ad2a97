import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { type HasParameters, Linear, type NamedVariables } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";

/** The size and start of a {@linkcode Highway} layer. */
export interface HighwayOptions {
  /** Width of x and of y. */
  width: number;
  /** What the gate's bias starts with: below 0 x passes at first. @default {-2} */
  gateBias?: number;
  /** Where the draws come from. */
  random: Random;
}

/**
 * A highway layer (Srivastava et al. 2015): y = t ⊙ relu(W x + b) + (1 − t) ⊙ x with the gate
 * t = σ(W_t x + b_t).
 */
export class Highway implements HasParameters {
  /** `W`, `W_t`, shape [width, width], and `b`, `b_t`, shape [width]. */
  readonly parameters: NamedVariables;
  readonly #engine: Engine;
  readonly #transform: Linear;
  readonly #gate: Linear;

  /** Draws new weights. */
  constructor(engine: Engine, { width, gateBias = -2, random }: HighwayOptions) {
    const sizes = { inputs: width, outputs: width, random };
    const bias = new Float32Array(width).fill(gateBias);
    this.#engine = engine;
    this.#transform = new Linear(engine, { ...sizes, activation: "relu" });
    this.#gate = new Linear(engine, { ...sizes, activation: "logistic", bias });
    const [{ W, b }, gate] = [this.#transform.parameters, this.#gate.parameters];
    this.parameters = { W, b, W_t: gate.W, b_t: gate.b };
  }

  /** y of each row; shape [N, width]. */
  apply(x: Tensor): Tensor2D {
    const { tf } = this.#engine;
    const [h, t] = [this.#transform.apply(x), this.#gate.apply(x)];
    return tf.add(x, tf.mul(t, tf.sub(h, x))) as Tensor2D;
  }

  /** Frees the parameters. */
  dispose(): void {
    this.#transform.dispose();
    this.#gate.dispose();
  }
}
