import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { Embedding, type Initializer, type LossContext, type NamedVariables } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { buildParts } from "../_build_parts.ts";
import { lastSteps } from "../_lengths.ts";
import { type Cell, checkLayer } from "../recurrent_layer.ts";
import { RecurrentStack, type StackDropout } from "../recurrent_stack.ts";
import type { Condition, Encoded, Encoder } from "./encoder.ts";

/** Sizes and start of a {@linkcode SequenceEncoder}. */
export interface SequenceEncoderOptions {
  /** Ids that may come in x: 0 to symbols − 1. */
  symbols: number;
  /** d, the length of their vectors. */
  width: number;
  /** What happens at a time step. */
  cell: Cell;
  /** H, units of each direction. */
  units: number;
  /** Layers. @default {1} */
  layers?: number;
  /** Dropout of the links that are not recurrent. @default {none} */
  dropout?: StackDropout;
  /** What gates keep at the start: see {@linkcode RecurrentLayerOptions.forgetBias}. @default {0} */
  forgetBias?: number;
  /** What matrices start with. */
  initializer: Initializer;
  /** Where the draws come from. */
  random: Random;
}

/**
 * x is a sequence of symbols, read in both directions: the states at each symbol are the memory, the
 * last state of each direction is what the decoder starts from.
 */
export class SequenceEncoder implements Encoder {
  /** The stack's with `_x` behind their names, and `E_x`. */
  readonly parameters: NamedVariables;
  readonly startWidth: number;
  readonly memoryWidth: number;
  readonly #engine: Engine;
  readonly #embedding: Embedding;
  readonly #stack: RecurrentStack;
  readonly #symbols: number;

  /**
   * Draws new weights.
   *
   * @throws {TypeError} if there is no such cell
   * @throws {RangeError} if a size is not a whole number above 0
   */
  constructor(engine: Engine, options: SequenceEncoderOptions) {
    const { symbols, width, ...others } = options;
    checkLayer({ ...others, inputs: width });
    this.#engine = engine;
    this.#symbols = symbols;
    [this.#embedding, this.#stack] = buildParts((add) => [
      add(new Embedding(engine, { ...others, words: symbols, width })),
      add(new RecurrentStack(engine, { ...others, inputs: width, bidirectional: true })),
    ]);
    this.startWidth = this.memoryWidth = this.#stack.width;
    const named = Object.entries({ ...this.#embedding.parameters, ...this.#stack.parameters });
    this.parameters = Object.fromEntries(named.map(([name, each]) => [`${name}_x`, each]));
  }

  /**
   * Reads sequences.
   *
   * @throws {RangeError} if one is empty or holds an id that there is not
   */
  encode(xs: readonly Condition[], context: LossContext): Encoded {
    const { tf } = this.#engine;
    const lengths = xs.map(({ length }) => length), batch = xs.length;
    if (lengths.includes(0)) {
      throw new RangeError("Cannot read a sequence: expected at least one symbol, got none");
    }
    const steps = Math.max(...lengths), ids = new Int32Array(steps * batch);
    xs.forEach((x, b) => {
      for (let s = 0; s < x.length; s++) ids[s * batch + b] = this.#checked(x[s]);
    });
    const e = this.#embedding.lookup(tf.tensor2d(ids, [steps, batch], "int32")) as Tensor3D;
    const states = this.#stack.run(e, { ...context, lengths }).output;
    const half = this.#stack.width / 2;
    const toEnd = lastSteps(this.#engine, states, { steps, lengths });
    const fromEnd = tf.reshape(tf.slice(states, [0, 0, half], [1, batch, half]), [batch, half]);
    const start = tf.concat([tf.slice(toEnd, [0, 0], [batch, half]), fromEnd], 1) as Tensor2D;
    return { start, memory: { states, lengths } };
  }

  #checked(id: number): number {
    if (id >= 0 && id < this.#symbols) return id;
    throw new RangeError(
      `Cannot read a sequence: expected ids from 0 to ${this.#symbols - 1}, got ${id}`,
    );
  }

  /** Frees the parameters. */
  dispose(): void {
    this.#embedding.dispose();
    this.#stack.dispose();
  }
}
