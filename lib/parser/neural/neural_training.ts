import type { Engine } from "#lib/engine/mod.ts";
import {
  type Epoch,
  ParameterAverage,
  train,
  type TrainingReport,
  type WordVectors,
} from "#lib/nn/mod.ts";
import { type Random, seeded, shuffled } from "#lib/random/mod.ts";
import { scoreTrees } from "../attachment.ts";
import type { Treebank } from "../sentence.ts";
import { type Examples, oracleExamples } from "./oracle_examples.ts";
import { CHEN_MANNING_RECIPE, type NeuralRecipe } from "./neural_recipe.ts";
import { CHEN_MANNING_SHAPE, type NetworkShape } from "./network_shape.ts";
import { NeuralParser } from "./neural_parser.ts";
import { TransitionNetwork } from "./transition_network.ts";
import { transitionTask } from "./transition_task.ts";

/** How a neural parser is trained. */
export interface NeuralTrainingOptions {
  /** The network's sizes. @default {CHEN_MANNING_SHAPE} */
  shape?: NetworkShape;
  /** How it starts and learns. @default {CHEN_MANNING_RECIPE} */
  recipe?: NeuralRecipe;
  /** Words seen less often in training are unknown. @default {2} */
  cutoff?: number;
  /**
   * Vectors that words start with, of the shape's width; words below the cutoff are known too if they
   * have one. {@linkcode withFurtherWords} adds words that the treebank has not.
   * @default {none}
   */
  vectors?: WordVectors;
  /** Trees to choose the epoch by, by UAS. @default {none, the last epoch is taken} */
  dev?: Treebank;
  /** Seed of initial values, order and dropout. @default {1} */
  seed?: number;
}

/** How far training has come. */
export interface NeuralTrainingReport extends TrainingReport {
  /** The network as it stands. */
  readonly network: TransitionNetwork;
  /** Configurations learned from. */
  readonly examples: number;
  /** UAS on dev in %; at the end of an epoch, if there is a dev set. */
  readonly devUas?: number;
}

/**
 * Trains the network of a transition-based parser on the static oracle's configurations of the
 * projective trees, with reports every 10 updates and after each epoch. The network is the caller's
 * to dispose; after the last report it has the parameters of the epoch best on dev.
 *
 * @throws {RangeError} if there is nothing to learn from, heads are no tree with one root, or a
 * sentence's columns are of unequal length
 */
export async function* neuralTraining(
  engine: Engine,
  treebank: Treebank,
  options: NeuralTrainingOptions = {},
): AsyncGenerator<NeuralTrainingReport, void, void> {
  const { recipe = CHEN_MANNING_RECIPE, dev, seed = 1 } = options, random = seeded(seed);
  const network = newNetwork(engine, treebank, options, random);
  const examples = oracleExamples(treebank, network.task, network.shape.depths);
  const average = recipe.averageDecay > 0
    ? new ParameterAverage(network, { decay: recipe.averageDecay })
    : undefined;
  const batches = exampleBatches(examples, recipe.batch);
  const evaluate = async () => {
    average?.putIn();
    return dev ? 100 - await uasOf(network, dev) : NaN;
  };
  const reports = train(
    network,
    (random) => {
      average?.takeOut(); // each epoch goes on from the parameters themselves
      return batches(random);
    },
    { ...trainOptions(network, recipe), random, reportEvery: REPORT_EVERY, evaluate },
  );
  let step = 0;
  for await (const report of reports) {
    const { validation } = report;
    if (validation === undefined) average?.add(report.step - step);
    step = report.step;
    yield {
      ...{ ...report, network, examples: examples.targets.length },
      ...(validation === undefined || !dev ? {} : { devUas: 100 - validation }),
    };
  }
}

/** Updates between reports, and between additions to the average. */
const REPORT_EVERY = 10;

function newNetwork(
  engine: Engine,
  treebank: Treebank,
  { shape = CHEN_MANNING_SHAPE, recipe = CHEN_MANNING_RECIPE, cutoff, vectors }:
    NeuralTrainingOptions,
  random: Random,
): TransitionNetwork {
  const suffixes = shape.widths.x > 0;
  const task = transitionTask(treebank, { cutoff, suffixes, further: vectors?.words });
  const { dropoutRate, embeddings, hiddenBias } = recipe;
  return new TransitionNetwork(engine, {
    ...{ shape, task, dropoutRate, embeddings, hiddenBias, random },
    ...(vectors ? { vectors: scaled(vectors, recipe.vectorScale) } : {}),
  });
}

/** Vectors with the root mean square given. */
function scaled(given: WordVectors, size: number): WordVectors {
  const squares = given.vectors.reduce((sum, v) => sum + v * v, 0);
  const factor = size / Math.sqrt(squares / given.vectors.length);
  return { ...given, vectors: given.vectors.map((v) => v * factor) };
}

function trainOptions({ parameters }: TransitionNetwork, recipe: NeuralRecipe) {
  const { optimizer, schedule, epochs, lambda, regularised } = recipe;
  const only = Object.keys(parameters).filter((name) => !name.startsWith("E_"));
  return {
    ...{ optimizer, schedule, epochs },
    l2: { lambda, ...(regularised === "all" ? {} : { only }) },
  };
}

/** UAS in % of greedy parsing with a network. */
export async function uasOf(network: TransitionNetwork, dev: Treebank): Promise<number> {
  const parser = new NeuralParser(network);
  try {
    return scoreTrees(dev, await parser.parse(dev)).uas;
  } finally {
    parser.dispose();
  }
}

/** Minibatches of examples in a new order each epoch. */
export function exampleBatches({ rows, codes, targets }: Examples, size: number): Epoch<Examples> {
  const tokens = rows.length / targets.length;
  return function* (random: Random) {
    const order = shuffled(targets.keys(), random);
    for (let from = 0; from < order.length; from += size) {
      const chosen = order.slice(from, from + size);
      const batch = {
        rows: new Int32Array(chosen.length * tokens),
        codes: Int32Array.from(chosen, (i) => codes[i]),
        targets: Int32Array.from(chosen, (i) => targets[i]),
      };
      for (const [n, i] of chosen.entries()) {
        batch.rows.set(rows.subarray(i * tokens, (i + 1) * tokens), n * tokens);
      }
      yield batch;
    }
  };
}
