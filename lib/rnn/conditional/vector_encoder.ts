import type { Engine } from "#lib/engine/mod.ts";
import { Linear, type NamedVariables } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Condition, Encoded, Encoder } from "./encoder.ts";

/** Sizes of a {@linkcode VectorEncoder}. */
export interface VectorEncoderOptions {
  /** I, numbers of x. */
  inputs: number;
  /** Units that read them. */
  width: number;
  /** Where the draws come from. */
  random: Random;
}

/** x is a vector, such as red, green and blue: tanh(x W_x + b_x). */
export class VectorEncoder implements Encoder {
  /** `W_x`, shape [I, width], and `b_x`, shape [width]. */
  readonly parameters: NamedVariables;
  readonly startWidth: number;
  readonly #engine: Engine;
  readonly #layer: Linear;
  readonly #inputs: number;

  /**
   * Draws new weights.
   *
   * @throws {RangeError} if a size is not a whole number above 0
   */
  constructor(engine: Engine, { inputs, width, random }: VectorEncoderOptions) {
    for (const [name, size] of Object.entries({ inputs, width })) {
      if (Number.isInteger(size) && size > 0) continue;
      throw new RangeError(
        `Cannot build an encoder: expected whole ${name} of 1 or more, got ${size}`,
      );
    }
    this.#engine = engine;
    this.#inputs = inputs;
    this.startWidth = width;
    this.#layer = new Linear(engine, { inputs, outputs: width, activation: "tanh", random });
    const { W, b } = this.#layer.parameters;
    this.parameters = { W_x: W, b_x: b };
  }

  /**
   * Reads vectors.
   *
   * @throws {RangeError} if one has not I numbers
   */
  encode(xs: readonly Condition[]): Encoded {
    const bad = xs.find(({ length }) => length !== this.#inputs);
    if (bad) {
      throw new RangeError(
        `Cannot read a vector: expected ${this.#inputs} numbers, got ${bad.length}`,
      );
    }
    const rows = xs.map((x) => Array.from(x));
    return { start: this.#layer.apply(this.#engine.tf.tensor2d(rows, [xs.length, this.#inputs])) };
  }

  /** Frees the parameters. */
  dispose(): void {
    this.#layer.dispose();
  }
}
