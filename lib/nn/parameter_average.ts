import type { OnEngine } from "./parameter.ts";

/** How a {@linkcode ParameterAverage} forgets. */
export interface ParameterAverageOptions {
  /** β, the share of the average that stays at an update; 0.9999 averages over 10,000 updates. */
  decay: number;
}

/**
 * The exponential average of a model's parameters over updates, θ̄ ← β θ̄ + (1 − β) θ: steadier than
 * the last ones where the learning rate does not fall to 0 (Polyak and Juditsky 1992). At first β is
 * at most (1 + t) / (10 + t), so that the initial values are soon forgotten.
 */
export class ParameterAverage {
  readonly #model: OnEngine;
  readonly #decay: number;
  readonly #average: Record<string, Float32Array>;
  #own: Record<string, Float32Array> | undefined;
  #updates = 0;

  /** Begins with the parameters as they are. */
  constructor(model: OnEngine, { decay }: ParameterAverageOptions) {
    if (!(decay >= 0 && decay < 1)) {
      throw new RangeError(`Cannot average parameters: expected a decay in [0, 1), got ${decay}`);
    }
    this.#model = model;
    this.#decay = decay;
    this.#average = this.#copy();
  }

  #copy(): Record<string, Float32Array> {
    const { engine: { values }, parameters } = this.#model;
    return Object.fromEntries(
      Object.entries(parameters).map(([name, variable]) => [name, values(variable).slice()]),
    );
  }

  /** Takes the parameters as they are into account, after so many updates of them. */
  add(updates = 1): void {
    this.#updates += updates;
    const start = (1 + this.#updates) / (10 + this.#updates);
    const share = 1 - Math.min(this.#decay, start) ** updates;
    for (const [name, variable] of Object.entries(this.#model.parameters)) {
      const theta = this.#model.engine.values(variable), average = this.#average[name];
      for (let i = 0; i < theta.length; i++) average[i] += share * (theta[i] - average[i]);
    }
  }

  /** Puts the average into the model and keeps the model's own parameters. */
  putIn(): void {
    if (this.#own) return;
    this.#own = this.#copy();
    this.#put(this.#average);
  }

  /** Puts the model's own parameters back, after {@linkcode putIn}. */
  takeOut(): void {
    if (this.#own) this.#put(this.#own);
    this.#own = undefined;
  }

  #put(values: Readonly<Record<string, Float32Array>>): void {
    const { engine, parameters } = this.#model;
    for (const [name, variable] of Object.entries(parameters)) {
      engine.values(variable).set(values[name]);
    }
  }
}
