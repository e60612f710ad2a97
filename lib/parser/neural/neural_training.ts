import type { Engine } from "#lib/engine/mod.ts";
import { type Epoch, train, type TrainingReport } from "#lib/nn/mod.ts";
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
 * projective trees, with reports every 50 updates and after each epoch. The network is the caller's
 * to dispose; after the last report it has the parameters of the epoch best on dev.
 *
 * @throws {RangeError} if there is nothing to learn from
 */
export async function* neuralTraining(
  engine: Engine,
  treebank: Treebank,
  options: NeuralTrainingOptions = {},
): AsyncGenerator<NeuralTrainingReport, void, void> {
  const { recipe = CHEN_MANNING_RECIPE, dev, seed = 1 } = options;
  const { shape = CHEN_MANNING_SHAPE, cutoff } = options;
  const task = transitionTask(treebank, { cutoff, suffixes: shape.widths.x > 0 });
  const examples = oracleExamples(treebank, task, shape.depths);
  const { dropoutRate, embeddings, hiddenBias } = recipe, random = seeded(seed);
  const start = { shape, task, dropoutRate, embeddings, hiddenBias, random };
  const network = new TransitionNetwork(engine, start);
  const count = examples.targets.length;
  const only = Object.keys(network.parameters).filter((name) => !name.startsWith("E_"));
  const reports = train(network, exampleBatches(examples, recipe.batch), {
    optimizer: recipe.optimizer,
    schedule: recipe.schedule,
    epochs: recipe.epochs,
    l2: { lambda: recipe.lambda, ...(recipe.regularised === "all" ? {} : { only }) },
    random,
    reportEvery: 50,
    ...(dev ? { evaluate: async () => 100 - await uasOf(network, dev) } : {}),
  });
  for await (const report of reports) {
    const { validation } = report;
    yield {
      ...{ ...report, network, examples: count },
      ...(validation === undefined ? {} : { devUas: 100 - validation }),
    };
  }
}

/** UAS in % of greedy parsing with a network. */
async function uasOf(network: TransitionNetwork, dev: Treebank): Promise<number> {
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
