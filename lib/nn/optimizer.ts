import type { NamedArrays } from "./named_arrays.ts";

/** Numbers of one parameter, its gradient or an accumulator of its size. */
export type Values = Float32Array | Float64Array;

/** Where an optimizer stands between two updates: plain arrays, fit to be saved. */
export interface OptimizerState {
  /** t, the number of updates made. */
  readonly t: number;
  /** For each accumulator (such as Adam's `m`), one array a parameter. */
  readonly slots: Readonly<Record<string, NamedArrays>>;
}

/** What an update starts from. */
export interface UpdateInput {
  /** θ. */
  parameters: NamedArrays;
  /** ∂J/∂θ, same names and lengths. */
  gradients: NamedArrays;
  /** What `init` or the last `update` returned. */
  state: OptimizerState;
  /** η of this update, from a schedule. @default {the optimizer's own rate} */
  rate?: number;
}

/** What an update gives. */
export interface UpdateResult {
  /** The new θ. */
  parameters: Record<string, Values>;
  /** For the next update. */
  state: OptimizerState;
}

/** One parameter array at one update, for {@linkcode Optimizer.rule}. */
export interface RuleInput {
  /** Changed in place. */
  theta: Values;
  /** ∂J/∂θ. */
  gradient: Values;
  /** The accumulators under their names, changed in place. */
  slots: Readonly<Record<string, Values>>;
  /** The number of this update, from 1. */
  t: number;
  /** η. */
  rate: number;
}

/** A learning rule as a pair of pure functions, `init` and `update` (the form of Optax). */
export interface Optimizer {
  /** The field's name for it. */
  readonly name: string;
  /** η where no schedule says otherwise. */
  readonly rate: number;
  /** The rule's other numbers, such as `beta1`. */
  readonly settings: Readonly<Record<string, number>>;
  /** The accumulators and the value they start with. */
  readonly slots: Readonly<Record<string, number>>;
  /** The rule itself on one array, in place: the same formula the engine's kernels compute. */
  rule(input: RuleInput): void;
  /** The state before the first update. */
  init(parameters: NamedArrays): OptimizerState;
  /** One update; nothing passed in is changed. */
  update(input: UpdateInput): UpdateResult;
}

/** What tells one elementwise optimizer from another. */
export type OptimizerDefinition = Omit<Optimizer, "init" | "update">;

/**
 * Makes an optimizer of a rule that treats every parameter array alike.
 *
 * @throws {RangeError} if the rate is negative or not a number
 */
export function defineOptimizer(definition: OptimizerDefinition): Optimizer {
  const { name, rate, slots } = definition;
  if (!(rate >= 0)) {
    throw new RangeError(`Cannot build ${name}: expected a rate of 0 or more, got ${rate}`);
  }
  return {
    ...definition,
    init: (parameters) => ({
      t: 0,
      slots: mapValues(slots, (start) => likeEach(parameters, start)),
    }),
    update: (input) => update(definition, input),
  };
}

function update(definition: OptimizerDefinition, input: UpdateInput): UpdateResult {
  const { gradients, state, rate = definition.rate } = input;
  const parameters = mapValues(input.parameters, (theta) => theta.slice());
  const slots = mapValues(state.slots, (arrays) => mapValues(arrays, (array) => array.slice()));
  const t = state.t + 1;
  for (const [name, theta] of Object.entries(parameters)) {
    const gradient = gradients[name];
    if (gradient?.length !== theta.length) {
      throw new RangeError(
        `Cannot update ${name}: expected ${theta.length} derivatives, got ${gradient?.length ?? 0}`,
      );
    }
    definition.rule({ theta, gradient, slots: mapValues(slots, (s) => s[name]), t, rate });
  }
  return { parameters, state: { t, slots } };
}

function likeEach(parameters: NamedArrays, start: number): Record<string, Values> {
  return mapValues(parameters, (theta) => theta.map(() => start));
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  f: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]));
}
