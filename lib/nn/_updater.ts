import type { Tensor } from "@tensorflow/tfjs";
import type { Engine, Updates, UpdateTensors } from "#lib/engine/mod.ts";
import type { Optimizer, OptimizerState } from "./optimizer.ts";
import type { NamedVariables } from "./parameter.ts";

/** The numbers of one update. */
export interface UpdateSettings {
  /** η. */
  rate: number;
  /** The gradient is multiplied by this first. */
  scale: number;
}

type Kernel = (
  updates: Updates,
  tensors: UpdateTensors,
  numbers: UpdateSettings & { t: number; settings: Readonly<Record<string, number>> },
) => void;

/** The optimizers that have a kernel on the heap, by name; others run their own rule. */
const KERNELS: Readonly<Record<string, Kernel>> = {
  SGD: (updates, tensors, numbers) => updates.sgd(tensors, numbers),
  momentum: (updates, tensors, { settings, ...numbers }) =>
    updates.momentum(tensors, { ...numbers, momentum: settings.momentum, nesterov: false }),
  Nesterov: (updates, tensors, { settings, ...numbers }) =>
    updates.momentum(tensors, { ...numbers, momentum: settings.momentum, nesterov: true }),
  AdaGrad: (updates, tensors, { settings: { epsilon }, ...numbers }) =>
    updates.squares(tensors, { ...numbers, rho: 1, weight: 1, epsilon }),
  RMSprop: (updates, tensors, { settings: { rho, epsilon }, ...numbers }) =>
    updates.squares(tensors, { ...numbers, rho, weight: 1 - rho, epsilon }),
  Adam: (updates, tensors, { settings: { beta1, beta2, epsilon }, ...numbers }) =>
    updates.adam(tensors, { ...numbers, beta1, beta2, epsilon }),
};

/** Applies an optimizer to a model's variables, in place. */
export class Updater {
  readonly #engine: Engine;
  readonly #parameters: NamedVariables;
  readonly #optimizer: Optimizer;
  /** For each parameter, the accumulators. */
  readonly #slots: Record<string, Record<string, Tensor>> = {};
  /** Parameters that are updated only in rows whose gradient is not zero. */
  readonly #sparse: ReadonlySet<string>;
  #t = 0;

  constructor(
    engine: Engine,
    parameters: NamedVariables,
    { optimizer, sparse, state }: {
      optimizer: Optimizer;
      sparse: readonly string[];
      state?: OptimizerState;
    },
  ) {
    this.#engine = engine;
    this.#parameters = Object.fromEntries(
      Object.entries(parameters).filter(([, variable]) => variable.trainable),
    );
    this.#optimizer = optimizer;
    this.#sparse = new Set(sparse);
    this.#t = state?.t ?? 0;
    const [expected, got] = [optimizer.slots, state?.slots ?? optimizer.slots]
      .map((slots) => Object.keys(slots).sort().join(", "));
    if (expected !== got) {
      throw new RangeError(
        `Cannot resume with ${optimizer.name}: expected its accumulators (${expected}), got (${got})`,
      );
    }
    if (state) this.#checkSizes(state);
    for (const [name, { shape }] of Object.entries(this.#parameters)) {
      this.#slots[name] = {};
      for (const [slot, start] of Object.entries(optimizer.slots)) {
        this.#slots[name][slot] = this.#accumulator(shape, state?.slots[slot]?.[name] ?? start);
      }
    }
  }

  /** Whether accumulators that were saved are these parameters'. */
  #checkSizes({ slots }: OptimizerState): void {
    for (const [name, { size }] of Object.entries(this.#parameters)) {
      for (const [slot, arrays] of Object.entries(slots)) {
        const found = arrays[name]?.length ?? size; // a parameter that did not learn has none
        if (found === size) continue;
        throw new RangeError(
          `Cannot resume with ${slot} of ${name}: expected ${size} values, got ${found}`,
        );
      }
    }
  }

  #accumulator(shape: number[], start: number | ArrayLike<number>): Tensor {
    const { tf } = this.#engine;
    return tf.tidy(() =>
      tf.keep(
        typeof start === "number"
          ? tf.fill(shape, start)
          : tf.tensor(Float32Array.from(start), shape),
      )
    );
  }

  /** ‖g‖ over all gradients. */
  norm(gradients: Readonly<Record<string, Tensor>>): number {
    const { updates, values } = this.#engine;
    let squares = 0;
    for (const gradient of Object.values(gradients)) {
      if (updates) squares += updates.sumOfSquares(gradient);
      else for (const g of values(gradient)) squares += g * g;
    }
    return Math.sqrt(squares);
  }

  /** One update of every parameter that has a gradient. */
  apply(gradients: Readonly<Record<string, Tensor>>, settings: UpdateSettings): void {
    this.#t++;
    for (const [name, gradient] of Object.entries(gradients)) {
      const tensors = { theta: this.#parameters[name], gradient, slots: this.#slots[name] };
      if (this.#sparse.has(name)) {
        for (const rows of this.#rowsPresent(gradient)) {
          this.#step({ ...tensors, ...rows }, settings);
        }
      } else this.#step(tensors, settings);
    }
  }

  /** The rows with a derivative other than 0. */
  #rowsPresent(gradient: Tensor): { from: number; count: number }[] {
    const width = gradient.size / gradient.shape[0];
    const g = this.#engine.values(gradient), rows = [];
    for (let from = 0; from < g.length; from += width) {
      let i = from;
      while (i < from + width && g[i] === 0) i++;
      if (i < from + width) rows.push({ from, count: width });
    }
    return rows;
  }

  #step(tensors: UpdateTensors, { rate, scale }: UpdateSettings): void {
    const { updates } = this.#engine;
    const { name, settings } = this.#optimizer;
    const kernel = KERNELS[name];
    if (updates && kernel) kernel(updates, tensors, { rate, scale, t: this.#t, settings });
    else this.#plainStep(tensors, { rate, scale });
  }

  /** The optimizer's own rule, on the values themselves. */
  #plainStep({ theta, gradient, slots, from = 0, count }: UpdateTensors, settings: UpdateSettings) {
    const end = count === undefined ? undefined : from + count;
    const part = (tensor: typeof theta) => this.#engine.values(tensor).subarray(from, end);
    this.#optimizer.rule({
      theta: part(theta),
      gradient: part(gradient).map((g) => g * settings.scale),
      slots: Object.fromEntries(Object.entries(slots).map(([name, s]) => [name, part(s)])),
      t: this.#t,
      rate: settings.rate,
    });
  }

  /** A copy of everything the next update depends on. */
  state(): OptimizerState {
    const slots: Record<string, Record<string, Float32Array>> = {};
    for (const slot of Object.keys(this.#optimizer.slots)) {
      slots[slot] = {};
      for (const name of Object.keys(this.#parameters)) {
        slots[slot][name] = this.#engine.values(this.#slots[name][slot]).slice();
      }
    }
    return { t: this.#t, slots };
  }

  /** Frees the accumulators. */
  dispose(): void {
    for (const slots of Object.values(this.#slots)) {
      for (const tensor of Object.values(slots)) tensor.dispose();
    }
  }
}
