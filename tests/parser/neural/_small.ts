import type { Engine } from "#lib/engine/mod.ts";
import {
  CHEN_MANNING_DEPTHS,
  type NetworkShape,
  TransitionNetwork,
  transitionTask,
  type TransitionTaskOptions,
  type Treebank,
} from "#lib/parser/mod.ts";
import { uniform } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { SMALL_TREEBANK } from "../_small_treebank.ts";

/** Embeddings of different widths, an odd number of units. */
export const SMALL_SHAPE: NetworkShape = {
  depths: CHEN_MANNING_DEPTHS,
  widths: { w: 5, t: 3, l: 2, x: 0 },
  hidden: [7],
  activation: "cube",
  outputBias: false,
};

/** An untrained network of the small treebank's symbols, with values large enough to matter. */
export function smallNetwork(
  engine: Engine,
  { shape = SMALL_SHAPE, treebank = SMALL_TREEBANK, ...task }: TransitionTaskOptions & {
    shape?: NetworkShape;
    treebank?: Treebank;
  } = {},
): TransitionNetwork {
  return new TransitionNetwork(engine, {
    ...{ shape, dropoutRate: 0, embeddings: uniform(1), hiddenBias: 0.1, random: seeded(1) },
    task: transitionTask(treebank, {
      cutoff: 1,
      ...task,
      suffixes: shape.widths.x > 0,
    }),
  });
}
