import { readFile } from "node:fs/promises";
import { writeWhole } from "#lib/files/mod.ts";
import type { JsonValue } from "./json_value.ts";
import type { OptimizerState } from "./optimizer.ts";
import type { NamedVariables, OnEngine } from "./parameter.ts";
import { decodeSafetensors, encodeSafetensors, type TensorData } from "./safetensors.ts";
import type { TrainingState } from "./training.ts";

/** What goes into a checkpoint besides the parameters. */
export interface CheckpointOptions {
  /** What is needed to build the model again: sizes and settings. */
  config: JsonValue;
  /** The words, by id. @default {none} */
  vocabulary?: readonly string[];
  /**
   * Where training stands, from a report: stored beside the model, which may have other parameters
   * by now, such as those of its best epoch. Without it the model alone is stored.
   */
  training?: TrainingState;
}

/** What a checkpoint holds. */
export interface Checkpoint {
  /** As it was given. */
  config: JsonValue;
  /** As it was given. */
  vocabulary?: string[];
  /** The model's parameters under their names. */
  parameters: Record<string, TensorData>;
  /** For {@linkcode train}'s `resume`; only if it was given. */
  training?: TrainingState;
}

const FORMAT = "cs224n-lecture5 checkpoint 1";
const SLOT = "optimizer", BEST = "best", LAST = "training", CARRIED = "carried";

/** A training state without its parameters and accumulators, which are stored as tensors. */
type TrainingNumbers =
  & Pick<TrainingState, "epoch" | "batch" | "step" | "random" | "order" | "carried" | "validations">
  & { t: number; slots: string[]; best?: { validation: number; epochsSince: number } };

type Arrays = Readonly<Record<string, Float32Array | Float64Array>>;

/** Tensors of one group, named `group.parameter`. */
function group(
  prefix: string,
  arrays: Arrays,
  shapes: Readonly<Record<string, readonly number[]>>,
): [string, TensorData][] {
  return Object.entries(arrays).map(([name, data]) => [
    prefix + name,
    { shape: shapes[name], data },
  ]);
}

function numbersOf(state: TrainingState): TrainingNumbers {
  const { epoch, batch, step, random, order, optimizer, carried, best, validations } = state;
  return {
    ...{ epoch, batch, step, random, order, t: optimizer.t, slots: Object.keys(optimizer.slots) },
    ...(carried ? { carried } : {}),
    ...(best ? { best: { validation: best.validation, epochsSince: best.epochsSince } } : {}),
    ...(validations ? { validations } : {}),
  };
}

/**
 * Stores a model in a safetensors file: its parameters, the config and vocabulary in its header,
 * and where training stands. The file is written beside the old one and then takes its place, so
 * that there is a whole checkpoint at every moment.
 *
 * @param path the file
 * @throws {RangeError} if a parameter's name has a dot (the training state uses such names), or a
 * number of the config is not finite
 */
export async function saveCheckpoint(
  path: string,
  { model, config, vocabulary, training }: CheckpointOptions & {
    model: OnEngine;
  },
): Promise<void> {
  const { engine: { values }, parameters } = model;
  const dotted = Object.keys(parameters).find((name) => name.includes("."));
  if (dotted) throw new RangeError(`Cannot store parameter ${dotted}: its name has a dot`);
  checkFinite(config);
  const shapes = shapesOf(parameters);
  const now = Object.fromEntries(
    Object.entries(parameters).map(([name, v]) => [name, values(v).slice()]),
  );
  const differ = Object.entries(training?.parameters ?? {})
    .filter(([name, data]) => !data.every((v, i) => Object.is(v, now[name]?.[i])));
  const progress = training && progressOf(training);
  const tensors = Object.fromEntries([
    ...group("", now, shapes),
    ...group(`${LAST}.`, Object.fromEntries(differ), shapes),
    ...Object.entries(training?.optimizer.slots ?? {})
      .flatMap(([slot, arrays]) => group(`${SLOT}.${slot}.`, arrays, shapes)),
    ...group(`${BEST}.`, training?.best?.parameters ?? {}, shapes),
    ...(progress?.arrays ?? []),
  ]);
  const metadata: Record<string, string> = { format: FORMAT, config: JSON.stringify(config) };
  if (vocabulary) metadata.vocabulary = JSON.stringify(vocabulary);
  if (progress) metadata.training = progress.json;
  await writeWhole(path, encodeSafetensors({ tensors, metadata }));
}

/** JSON would make null of a number that is not finite. */
function checkFinite(value: JsonValue, place = "config"): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`Cannot store ${place}: expected a finite number, got ${value}`);
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    checkFinite(each, Array.isArray(value) ? `${place}[${name}]` : `${place}.${name}`);
  }
}

/** A training's numbers as JSON, where ∞ and NaN are words; typed arrays become tensors. */
function progressOf(training: TrainingState): { json: string; arrays: [string, TensorData][] } {
  const arrays: [string, TensorData][] = [];
  const json = JSON.stringify(numbersOf(training), (_, value) => {
    if (ArrayBuffer.isView(value)) {
      const data = value as TensorData["data"], tensor = `${CARRIED}.${arrays.length}`;
      arrays.push([tensor, { shape: [data.length], data }]);
      return { tensor };
    }
    return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
  });
  return { json, arrays };
}

function readProgress(json: string, tensors: Readonly<Record<string, TensorData>>) {
  return JSON.parse(json, (_, value) => {
    if (value === "Infinity" || value === "-Infinity" || value === "NaN") return Number(value);
    return value?.tensor === undefined ? value : tensors[value.tensor].data;
  }) as TrainingNumbers;
}

function shapesOf(parameters: NamedVariables): Record<string, readonly number[]> {
  return Object.fromEntries(Object.entries(parameters).map(([name, { shape }]) => [name, shape]));
}

/**
 * Reads a checkpoint.
 *
 * @throws {SyntaxError} if the file is cut off, damaged, or no checkpoint of this library
 */
export async function loadCheckpoint(path: string): Promise<Checkpoint> {
  try {
    return await readCheckpoint(path);
  } catch (error) {
    if (!(error instanceof SyntaxError) || error.message.includes(path)) throw error;
    throw new SyntaxError(`Cannot load ${path}: ${error.message}`, { cause: error });
  }
}

async function readCheckpoint(path: string): Promise<Checkpoint> {
  const { tensors, metadata } = decodeSafetensors(await readFile(path));
  if (metadata.format !== FORMAT) {
    throw new SyntaxError(
      `Cannot load ${path}: expected a "${FORMAT}", got "${metadata.format ?? "no format"}"`,
    );
  }
  const named = Object.entries(tensors);
  const parameters = Object.fromEntries(named.filter(([name]) => !name.includes(".")));
  return {
    config: JSON.parse(metadata.config),
    ...(metadata.vocabulary ? { vocabulary: JSON.parse(metadata.vocabulary) } : {}),
    parameters,
    ...(metadata.training
      ? { training: trainingOf(readProgress(metadata.training, tensors), tensors, parameters) }
      : {}),
  };
}

/** Puts a training state together again. */
function trainingOf(
  { t, slots, best, ...numbers }: TrainingNumbers,
  tensors: Readonly<Record<string, TensorData>>,
  parameters: Readonly<Record<string, TensorData>>,
): TrainingState {
  const arrays = (prefix: string) =>
    Object.fromEntries(
      Object.keys(parameters).filter((name) => prefix + name in tensors) // all but what cannot learn
        .map((name) => [name, tensors[prefix + name].data as Float32Array]),
    );
  const optimizer: OptimizerState = {
    t,
    slots: Object.fromEntries(slots.map((slot) => [slot, arrays(`${SLOT}.${slot}.`)])),
  };
  return {
    ...numbers,
    parameters: { ...arrays(""), ...arrays(`${LAST}.`) },
    optimizer,
    ...(best ? { best: { ...best, parameters: arrays(`${BEST}.`) } } : {}),
  };
}

/**
 * Puts stored parameters into a model.
 *
 * @throws {RangeError} if names or shapes differ; the model is then unchanged
 */
export function putParameters(
  { engine: { values }, parameters }: OnEngine,
  stored: Readonly<Record<string, TensorData>>,
): void {
  const missing = Object.keys(parameters).filter((name) => !(name in stored));
  const extra = Object.keys(stored).filter((name) => !(name in parameters));
  if (missing.length + extra.length > 0) {
    throw new RangeError(
      `Cannot put parameters in: missing are [${missing}], unknown are [${extra}]`,
    );
  }
  for (const [name, { shape }] of Object.entries(parameters)) {
    if (String(stored[name].shape) === String(shape)) continue;
    throw new RangeError(
      `Cannot put ${name} in: expected shape [${shape}], got [${stored[name].shape}]`,
    );
  }
  for (const [name, variable] of Object.entries(parameters)) {
    values(variable).set(stored[name].data);
  }
}
