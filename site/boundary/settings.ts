/// <reference lib="dom" />
import type { Examples, Labelled } from "#lib/classify/mod.ts";
import {
  blobs,
  circle,
  type HiddenActivation,
  MultilayerPerceptron,
  spiral,
  twoMoons,
  xor,
} from "#lib/feedforward/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";

/** Classes a point may have. */
export const CLASSES = 3;

const DATA = { circle, twoMoons, spiral, xor, blobs };

/** What the form of the page says. */
export interface Settings {
  /** The points to begin with: a name in DATA, or `none`. */
  data: string;
  /** The class of the points a click places. */
  label: number;
  /** Units of each hidden layer. */
  hidden: readonly number[];
  /** f. */
  activation: HiddenActivation;
  /** η. */
  rate: number;
  /** λ of the L2 term; 0 for none. */
  lambda: number;
}

/** Reads the form. */
export function readSettings(form: HTMLFormElement): Settings {
  const fields = new FormData(form);
  const text = (name: string) => String(fields.get(name));
  const number = (name: string) => Number(fields.get(name));
  const units = Math.min(128, Math.max(1, Math.round(number("units"))));
  return {
    data: text("data"),
    label: number("label"),
    hidden: Array.from({ length: number("layers") }, () => units),
    activation: text("activation") as HiddenActivation,
    rate: number("rate"),
    lambda: number("lambda"),
  };
}

/** The points of a data set, 100 a class at most. */
export function initialPoints({ data }: Settings): Labelled[] {
  const draw = DATA[data as keyof typeof DATA];
  if (!draw) return [];
  const { x, y, features }: Examples = draw({ count: 200, random: seeded(5) });
  return Array.from(
    y,
    (label, i) => ({ x: [...x.subarray(i * features, (i + 1) * features)], label }),
  );
}

/** The network the form describes, with new weights. */
export function newNetwork(engine: Engine, settings: Settings, seed: number): MultilayerPerceptron {
  const { hidden, activation } = settings;
  const sizes = { features: 2, hidden, classes: CLASSES, activation };
  return new MultilayerPerceptron(engine, { ...sizes, random: seeded(seed) });
}
