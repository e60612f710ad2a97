import type { Tensor, Tensor2D, Tensor3D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  type HasParameters,
  type Initializer,
  parameter,
  uniform,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";

/**
 * What happens at a time step: Elman's (1990) network with tanh or with the slides' σ
 * (`logistic`), the gated recurrent unit (Cho et al. 2014) or the long short-term memory
 * (Hochreiter and Schmidhuber 1997, with forget gates).
 */
export type Cell = "tanh" | "logistic" | "gru" | "lstm";

/** Matrices side by side in W_e, W_h and b. */
const GATES: Readonly<Record<Cell, number>> = { tanh: 1, logistic: 1, gru: 3, lstm: 4 };

/** Sizes and start of a {@linkcode RecurrentLayer}. */
export interface RecurrentLayerOptions {
  /** What happens at a time step. */
  cell: Cell;
  /** I, width of x⁽ᵗ⁾. */
  inputs: number;
  /** H, units. */
  units: number;
  /**
   * P, width of the LSTM's projected state h = (o ⊙ tanh c) W_p (LSTMP, Sak et al. 2014).
   * @default {none: the state is as wide as there are units}
   */
  projection?: number;
  /** What the matrices start with. @default {uniform(1 / √H)} */
  initializer?: Initializer;
  /**
   * What the biases of the LSTM's forget gates start with, and those of the GRU's update gates with
   * the sign turned (1 − z is what it keeps): about log T where memory has to last for T steps
   * (Tallec and Ollivier 2018). The other biases are 0. @default {0}
   */
  forgetBias?: number;
  /** Where the draws come from. */
  random: Random;
}

/** What a recurrent layer knows of the words so far. */
export interface LayerState {
  /** h, shape [B, H] (with a projection [B, P]). */
  readonly h: Tensor2D;
  /** c, shape [B, H]; LSTM alone. */
  readonly c?: Tensor2D;
}

/** The states of every time step. */
export interface LayerStates {
  /** h⁽¹⁾ … h⁽ᵀ⁾, shape [T, B, H] (with a projection [T, B, P]). */
  readonly h: Tensor3D;
  /** c⁽¹⁾ … c⁽ᵀ⁾, shape [T, B, H]; LSTM alone. */
  readonly c?: Tensor3D;
}

/** The parameters of a layer; G gates stand side by side. */
export type LayerParameters = Readonly<Record<"W_e" | "W_h" | "b", Variable>> & {
  readonly W_p?: Variable;
};

/**
 * Makes sure that a layer can be built.
 *
 * @throws {TypeError} if there is no such cell
 * @throws {RangeError} if a size is not a whole number above 0, or a projection is asked of a cell
 * that has none
 */
export function checkLayer(
  { cell, inputs, units, projection }: Omit<RecurrentLayerOptions, "random">,
): void {
  if (!Object.hasOwn(GATES, cell)) {
    const cells = Object.keys(GATES).join(", ");
    throw new TypeError(`Cannot build a recurrent layer: expected one of ${cells}, got "${cell}"`);
  }
  if (projection !== undefined && cell !== "lstm") {
    throw new RangeError(`Cannot project the state of a ${cell} cell: expected an lstm cell`);
  }
  for (const [name, size] of Object.entries({ inputs, units, projection: projection ?? 1 })) {
    if (Number.isInteger(size) && size > 0) continue;
    throw new RangeError(
      `Cannot build a recurrent layer: expected whole ${name} of 1 or more, got ${size}`,
    );
  }
}

/** One recurrent layer, run over whole sequences: h⁽ᵗ⁾ = σ(W_h h⁽ᵗ⁻¹⁾ + W_e x⁽ᵗ⁾ + b) or gated. */
export class RecurrentLayer implements HasParameters {
  /** W_e [I, G·H], W_h [H, G·H], b [G·H]; with a projection W_h [P, G·H] and W_p [H, P]. */
  readonly parameters: LayerParameters & Readonly<Record<string, Variable>>;
  /** Width of h: H, or P with a projection. */
  readonly width: number;
  readonly #engine: Engine;
  readonly #cell: Cell;
  readonly #units: number;

  /**
   * Draws new weights.
   *
   * @throws {TypeError} if there is no such cell
   * @throws {RangeError} if a size is not a whole number above 0, or a projection is asked of a cell
   * that has none
   */
  constructor(engine: Engine, options: RecurrentLayerOptions) {
    checkLayer(options);
    const { cell, inputs, units, projection, random } = options;
    const { initializer = uniform(1 / Math.sqrt(units)), forgetBias = 0 } = options;
    const columns = GATES[cell] * units;
    this.#engine = engine;
    this.#cell = cell;
    this.#units = units;
    this.width = projection ?? units;
    const make = (shape: number[], start = initializer) =>
      parameter(engine, { shape, initializer: start, random });
    const bias = () => {
      const b = new Float32Array(columns);
      if (cell === "gru") return b.fill(-forgetBias, 0, units);
      return cell === "lstm" ? b.fill(forgetBias, units, 2 * units) : b;
    };
    this.parameters = {
      W_e: make([inputs, columns]),
      W_h: make([this.width, columns]),
      b: make([columns], bias),
      ...(projection === undefined ? {} : { W_p: make([units, projection]) }),
    };
  }

  /** The state before the first word: zeros, for `batch` examples. */
  zeroState(batch: number): LayerState {
    const { tf } = this.#engine;
    const h = tf.zeros([batch, this.width]) as Tensor2D;
    return this.#cell === "lstm" ? { h, c: tf.zeros([batch, this.#units]) } : { h };
  }

  /**
   * Runs over a sequence.
   *
   * @param x x⁽¹⁾ … x⁽ᵀ⁾, shape [T, B, I]
   * @param before the state before x⁽¹⁾
   * @param kept what each unit of h⁽ᵗ⁻¹⁾ is multiplied by on its way to h⁽ᵗ⁾, shape [H, 1] (with a
   * projection [P, 1]); all of 1 if left out
   */
  run(x: Tensor3D, before: LayerState, kept?: Tensor): LayerStates {
    const { tf, operations } = this.#engine;
    const { W_e, W_h, b, W_p } = this.parameters;
    const recurrentWeights = kept ? tf.mul(W_h, kept) : W_h; // W_h (kept ⊙ h)
    const options = { state: before.h, inputWeights: W_e, recurrentWeights, bias: b };
    const cell = this.#cell;
    if (cell === "gru") return { h: operations.gru(x, options) };
    if (cell !== "lstm") return { h: operations.rnn(x, { ...options, activation: cell }) };
    if (!before.c) throw new TypeError("Cannot run an lstm cell: its state has no c");
    const { states, cells } = operations.lstm(x, { ...options, cell: before.c, projection: W_p });
    return { h: states, c: cells };
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
