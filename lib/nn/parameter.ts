import type { Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Initializer } from "./initializers.ts";

/** How a new parameter starts. */
export interface ParameterOptions {
  /** Its shape, weight matrices as [inputs, outputs]. */
  shape: readonly number[];
  /** What fills it. */
  initializer: Initializer;
  /** Where the draws come from. */
  random: Random;
  /** Whether optimizers update it; else it is kept and saved, but its owner changes it. @default {true} */
  trainable?: boolean;
}

/** A new parameter: a variable that lives until it is disposed, in or out of `tidy`. */
export function parameter(
  { tf }: Engine,
  { shape, initializer, random, trainable }: ParameterOptions,
): Variable {
  const values = initializer(shape, random);
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape]), trainable));
}

/** Parameters of a model or layer under the names (letters) of its matrices. */
export type NamedVariables = Readonly<Record<string, Variable>>;

/** A model's parameters and the engine they are on. */
export interface OnEngine {
  /** Where the model computes. */
  readonly engine: Engine;
  /** What is learned, under the letters of the slides. */
  readonly parameters: NamedVariables;
}

/** Something that owns parameters. */
export interface HasParameters {
  /** The parameters, under their letters. */
  readonly parameters: NamedVariables;
  /** Frees the parameters; it cannot be used afterwards. */
  dispose(): void;
}

/** Frees parameters. */
export function disposeParameters(parameters: NamedVariables): void {
  for (const variable of Object.values(parameters)) variable.dispose();
}
