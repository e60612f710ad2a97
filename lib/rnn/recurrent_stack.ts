import type { Tensor, Tensor3D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  dropout,
  type HasParameters,
  type Initializer,
  Linear,
  type LossContext,
  type NamedVariables,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { checkRates } from "./_check_rates.ts";
import { checkLengths, lastSteps, type Lengths, paddingMask, reversed } from "./_lengths.ts";
import { type Cell, checkLayer, type LayerState, RecurrentLayer } from "./recurrent_layer.ts";
import { variationalDropout } from "./variational_dropout.ts";

/** Sizes and start of a {@linkcode RecurrentStack}. */
export interface RecurrentStackOptions {
  /** What happens at a time step. */
  cell: Cell;
  /** I, width of the input. */
  inputs: number;
  /** H, units of each layer (and direction). */
  units: number;
  /** Layers. @default {1} */
  layers?: number;
  /** P, width of the projected state; LSTM alone. @default {none} */
  projection?: number;
  /** Whether each layer also reads from the end; the states of both stand side by side. @default {false} */
  bidirectional?: boolean;
  /** Whether each layer's input is added to its output (through W_r where sizes differ). @default {false} */
  residual?: boolean;
  /** Dropout before each layer and after the last one. @default {none} */
  dropout?: StackDropout;
  /** What the matrices start with; W_r has `xavierUniform()`. @default {uniform(1 / √H)} */
  initializer?: Initializer;
  /** What gates keep at the start: see {@linkcode RecurrentLayerOptions.forgetBias}. @default {0} */
  forgetBias?: number;
  /** Where the draws come from. */
  random: Random;
}

/** Dropout of the links that are not recurrent (Zaremba et al. 2014). */
export type StackDropout = {
  /** The probability that a unit is dropped, in training. */
  rate: number;
  /** One mask for all time steps of a sequence (Gal and Ghahramani 2016). @default {false} */
  variational?: boolean;
  /**
   * The probability that a unit of h⁽ᵗ⁻¹⁾ does not reach h⁽ᵗ⁾: one mask for all time steps (Gal and
   * Ghahramani 2016) and, so that it can be put on W_h, for all sequences of a batch. @default {0}
   */
  recurrentRate?: number;
};

/** One state a layer. */
export type StackState = readonly LayerState[];

/** How a stack is run. */
export interface StackRunOptions extends LossContext {
  /** The states before the first step; a bidirectional stack has none. @default {zeros} */
  state?: StackState;
  /** Time steps of each example, shape [B]; what comes after is padding. @default {all T} */
  lengths?: readonly number[];
}

/** What a stack makes of a sequence. */
export interface StackResult {
  /** The last layer's output at every time step, after dropout; 0 at padding. */
  output: Tensor3D;
  /** Each layer's output at every time step, [T, B, width], before dropout; 0 at padding. */
  layers: readonly Tensor3D[];
  /** The states after each example's last step: to go on from; bidirectional: none. */
  last: StackState;
}

/** A layer in one or two directions, and the way around it. */
interface Level {
  forward: RecurrentLayer;
  backward?: RecurrentLayer;
  /** W_r, where the residual link has to change the width. */
  link?: Linear;
}

/** Recurrent layers on top of each other, each reading the states of the one below. */
export class RecurrentStack implements HasParameters {
  /** W_e1, W_h1, b_h1 (W_p1, W_r1), W_e2 …; of the second direction W_e1_back … */
  readonly parameters: NamedVariables;
  /** Width of the output: that of the state, twice for two directions. */
  readonly width: number;
  /** Whether each layer also reads from the end. */
  readonly bidirectional: boolean;
  readonly #engine: Engine;
  readonly #options: RecurrentStackOptions;
  readonly #levels: readonly Level[];

  /**
   * Draws new weights.
   *
   * @throws {TypeError} if there is no such cell
   * @throws {RangeError} if a size is not a whole number above 0, a projection is asked of a cell
   * that has none, or a rate of dropout is not in [0, 1)
   */
  constructor(engine: Engine, options: RecurrentStackOptions) {
    const { layers = 1, bidirectional = false, projection, units } = options;
    checkLayer(options);
    if (!Number.isInteger(layers) || layers < 1) {
      throw new RangeError(
        `Cannot build a stack: expected whole layers of 1 or more, got ${layers}`,
      );
    }
    const { rate = 0, recurrentRate = 0 } = options.dropout ?? {};
    checkRates({ rate, recurrentRate });
    this.#engine = engine;
    this.#options = options;
    this.width = (projection ?? units) * (bidirectional ? 2 : 1);
    this.bidirectional = bidirectional;
    this.#levels = Array.from(
      { length: layers },
      (_, i) => this.#level(i === 0 ? options.inputs : this.width),
    );
    this.parameters = Object.fromEntries(
      this.#levels.flatMap(({ forward, backward, link }, i) => [
        ...numbered(forward.parameters, `${i + 1}`),
        ...numbered(backward?.parameters ?? {}, `${i + 1}_back`),
        ...(link ? [[`W_r${i + 1}`, link.parameters.W] as const] : []),
      ]),
    );
  }

  #level(inputs: number): Level {
    const { residual, random } = this.#options;
    const make = () => new RecurrentLayer(this.#engine, { ...this.#options, inputs });
    const link = residual && inputs !== this.width
      ? new Linear(this.#engine, { inputs, outputs: this.width, random })
      : undefined;
    return {
      forward: make(),
      ...(this.bidirectional && { backward: make() }),
      ...(link && { link }),
    };
  }

  /** The states before the first word: zeros, for `batch` examples. */
  zeroState(batch: number): StackState {
    return this.#levels.map(({ forward }) => forward.zeroState(batch));
  }

  /**
   * Runs over sequences; differentiable, to be called inside `tidy`.
   *
   * @param x shape [T, B, I]
   * @throws {RangeError} if the lengths do not fit x, there is not one state a layer, or a
   * bidirectional stack is given a state
   */
  run(x: Tensor3D, options: StackRunOptions): StackResult {
    const [steps, batch] = x.shape;
    const { lengths, state = this.zeroState(batch) } = options;
    if (options.state && this.bidirectional) {
      throw new RangeError(
        "Cannot start from a state: a bidirectional stack has none to go on from",
      );
    }
    if (state.length !== this.#levels.length) {
      throw new RangeError(
        `Cannot start from a state: expected one of each of ${this.#levels.length} layers, ` +
          `got ${state.length}`,
      );
    }
    if (lengths) checkLengths(x.shape, lengths);
    const padded = lengths?.some((n) => n < steps)
      ? { steps, lengths, mask: paddingMask(this.#engine, { steps, lengths }) }
      : undefined;
    const layers: Tensor3D[] = [], last: LayerState[] = [];
    let h = x;
    this.#levels.forEach((level, i) => {
      const made = this.#runLevel(level, { x: h, before: state[i], padded, context: options });
      layers.push(h = made.output);
      last.push(made.last);
    });
    const output = this.#drop(h, options);
    return { output, layers, last: this.bidirectional ? [] : last };
  }

  #runLevel(
    { forward, backward, link }: Level,
    { x, before, padded, context }: {
      x: Tensor3D;
      before: LayerState;
      padded?: Lengths & { mask: Tensor3D };
      context: LossContext;
    },
  ): { output: Tensor3D; last: LayerState } {
    const { tf } = this.#engine;
    const [steps, batch] = x.shape;
    const within = padded ?? { steps, lengths: new Array<number>(batch).fill(steps) };
    const dropped = this.#drop(x, context);
    const states = forward.run(dropped, before, this.#kept(forward, context));
    let output = states.h;
    if (backward) {
      const mirrored = reversed(this.#engine, dropped, within);
      const kept = this.#kept(backward, context);
      const fromEnd = backward.run(mirrored, backward.zeroState(batch), kept).h;
      output = tf.concat([output, reversed(this.#engine, fromEnd, within)], 2);
    }
    if (this.#options.residual) output = tf.add(output, this.#link(x, link));
    if (padded) output = tf.mul(output, padded.mask);
    const last = Object.fromEntries(
      Object.entries(states).map(([name, all]) => [name, lastSteps(this.#engine, all, within)]),
    ) as unknown as LayerState;
    return { output, last };
  }

  /** x itself, or x W_r. */
  #link(x: Tensor3D, link?: Linear): Tensor3D {
    if (!link) return x;
    const { tf } = this.#engine;
    const [steps, batch, inputs] = x.shape;
    const flat = tf.matMul(tf.reshape(x, [steps * batch, inputs]), link.parameters.W);
    return tf.reshape(flat, [steps, batch, this.width]);
  }

  #drop(x: Tensor3D, { training, random }: LossContext): Tensor3D {
    const { rate = 0, variational = false } = this.#options.dropout ?? {};
    if (!training || rate === 0) return x;
    const options = { rate, training, random };
    return variational
      ? variationalDropout(this.#engine, x, options)
      : dropout(this.#engine, x, options);
  }

  /** The mask of a layer's recurrent links, or none. */
  #kept({ width }: RecurrentLayer, { training, random }: LossContext): Tensor | undefined {
    const { recurrentRate: rate = 0 } = this.#options.dropout ?? {};
    if (!training || rate === 0) return undefined;
    return dropout(this.#engine, this.#engine.tf.ones([width, 1]), { rate, training, random });
  }

  /** Frees the parameters. */
  dispose(): void {
    for (const { forward, backward, link } of this.#levels) {
      forward.dispose();
      backward?.dispose();
      link?.dispose();
    }
  }
}

/** A layer's parameters under the names of the stack: b is b_h there. */
function numbered(parameters: NamedVariables, suffix: string): [string, Variable][] {
  return Object.entries(parameters).map(([name, variable]) => [
    `${name === "b" ? "b_h" : name}${suffix}`,
    variable,
  ]);
}
