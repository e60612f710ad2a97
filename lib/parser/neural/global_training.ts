import type { Scalar, Tensor } from "@tensorflow/tfjs";
import {
  momentum,
  type Optimizer,
  ParameterAverage,
  train,
  type Trainable,
  type TrainingReport,
} from "#lib/nn/mod.ts";
import { type Random, seeded, shuffled } from "#lib/random/mod.ts";
import { scoreTrees } from "../attachment.ts";
import { isProjective } from "../projectivity.ts";
import type { Treebank } from "../sentence.ts";
import { beamLoss } from "./beam_loss.ts";
import { BeamParser } from "./beam_parser.ts";
import { type SearchSentence, searchSentence, searchWithGold } from "./beam_search.ts";
import { plainRows } from "./token_rows.ts";
import type { TransitionNetwork } from "./transition_network.ts";

/** How {@linkcode globalTraining} learns. */
export interface GlobalTrainingOptions {
  /** B in training. @default {8} */
  width?: number;
  /** Passes over the sentences. @default {3} */
  epochs?: number;
  /** Sentences in a batch. @default {8} */
  batch?: number;
  /** The learning rule. @default {momentum({ rate: 0.02 })} */
  optimizer?: Optimizer;
  /** β of the average of parameters, which is what is kept. @default {0.99} */
  averageDecay?: number;
  /** Trees to choose the pass by, by UAS. @default {none, the last pass is taken} */
  dev?: Treebank;
  /** Seed of the order of sentences. @default {1} */
  seed?: number;
}

/** How far training has come. */
export interface GlobalTrainingReport extends TrainingReport {
  /** UAS on dev in %; at the end of a pass, if there is a dev set. */
  readonly devUas?: number;
}

/** What was searched, with the slopes of its loss: plain numbers. */
export interface SearchedBatch {
  /** Embedding rows of all configurations; shape [N, tokens]. */
  readonly rows: Int32Array;
  /** ∂L/∂ρ of the mean loss; shape [N, transitions]. */
  readonly slopes: Float32Array;
  /** Mean loss of a sentence, nats. */
  readonly loss: number;
}

/**
 * Trains all parameters of a network, which should be trained locally before, with global
 * normalization (Andor et al. 2016): the loss is that of a conditional random field over whole ways,
 * its sum taken over the beam, with early update; see {@linkcode beamLoss}. The network is changed
 * in place; after the last report it has the averaged parameters of the best pass.
 */
export async function* globalTraining(
  network: TransitionNetwork,
  treebank: Treebank,
  options: GlobalTrainingOptions = {},
): AsyncGenerator<GlobalTrainingReport, void, void> {
  const { epochs = 3, batch = 8, width = 8, optimizer = momentum({ rate: 0.02 }) } = options;
  const { averageDecay = 0.99, dev, seed = 1 } = options;
  const sentences = treebank.filter(({ tree }) => isProjective(tree.heads))
    .map((sentence) => searchSentence(sentence, network.task));
  const average = new ParameterAverage(network, { decay: averageDecay });
  const epoch = function* (random: Random) {
    average.takeOut();
    const order = shuffled(sentences, random);
    for (let from = 0; from < order.length; from += batch) {
      yield searchBatch(network, order.slice(from, from + batch), { width });
    }
  };
  const reports = train(globalModel(network), epoch, {
    ...{ optimizer, epochs, random: seeded(seed), reportEvery: REPORT_EVERY },
    evaluate: async () => {
      average.putIn();
      return dev ? 100 - await uasOf(network, dev, width) : NaN;
    },
  });
  let step = 0;
  for await (const report of reports) {
    const { validation } = report;
    if (validation === undefined) average.add(report.step - step);
    step = report.step;
    yield { ...report, ...(validation === undefined || !dev ? {} : { devUas: 100 - validation }) };
  }
}

/** Updates between reports, and between additions to the average. */
const REPORT_EVERY = 10;

/** Searches sentences with the parameters as they are. */
export function searchBatch(
  network: TransitionNetwork,
  sentences: readonly SearchSentence[],
  { width }: { width: number },
): SearchedBatch {
  const { task, shape, groups, engine: { tf, values } } = network;
  const classes = task.legal.inventory.size;
  const trace = searchWithGold(sentences, {
    ...{ task, shape, width, numbers: plainRows(groups) },
    scores(inputs) {
      let scores: Float32Array = new Float32Array();
      tf.tidy(() => {
        scores = values(network.scores(network.hiddenLayers(inputs).at(-1)!));
      });
      return scores;
    },
  });
  const { loss, slopes } = beamLoss(trace, classes);
  for (let i = 0; i < slopes.length; i++) slopes[i] /= sentences.length;
  return { rows: trace.inputs, slopes, loss: loss / sentences.length };
}

/** The network with the loss of what was searched, whose slopes are known. */
export function globalModel(network: TransitionNetwork): Trainable<SearchedBatch> {
  const { engine, parameters } = network, { tf } = engine;
  return {
    engine,
    parameters,
    loss({ rows, slopes, loss }): Scalar {
      const known = tf.customGrad<Scalar>((...args) => {
        const scores = args[0] as Tensor;
        return {
          value: tf.scalar(loss),
          gradFunc: (dy) => tf.mul(tf.tensor(slopes, scores.shape), dy),
        };
      });
      return known(network.scores(network.hiddenLayers(rows).at(-1)!));
    },
    tokens: ({ slopes }) => slopes.length / network.task.legal.inventory.size,
  };
}

async function uasOf(network: TransitionNetwork, dev: Treebank, width: number): Promise<number> {
  const parser = new BeamParser(network, { width, scores: "network" });
  try {
    return scoreTrees(dev, await parser.parse(dev)).uas;
  } finally {
    parser.dispose();
  }
}
