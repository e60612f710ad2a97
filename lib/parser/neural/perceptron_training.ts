import { seeded, shuffled } from "#lib/random/mod.ts";
import { scoreTrees } from "../attachment.ts";
import { isProjective } from "../projectivity.ts";
import type { Treebank } from "../sentence.ts";
import { BeamParser } from "./beam_parser.ts";
import {
  type SearchEnd,
  searchSentence,
  type SearchTrace,
  searchWithGold,
  stepsBack,
} from "./beam_search.ts";
import { type PerceptronUpdate, StructuredPerceptron } from "./structured_perceptron.ts";
import { TabledNetwork } from "./tabled_network.ts";
import type { TransitionNetwork } from "./transition_network.ts";

/** How {@linkcode perceptronTraining} learns. */
export interface PerceptronTrainingOptions {
  /** B in training. @default {8} */
  width?: number;
  /** Passes over the sentences. @default {3} */
  epochs?: number;
  /** Sentences searched side by side, whose updates are made together. @default {16} */
  batch?: number;
  /** Trees to choose the pass by, by UAS. @default {none, the last pass is taken} */
  dev?: Treebank;
  /** Seed of the order of sentences. @default {1} */
  seed?: number;
}

/** How far training has come, after each pass and every 50 updates. */
export interface PerceptronTrainingReport {
  /** Passes complete. */
  readonly epoch: number;
  /** Sentences gone over in this pass. */
  readonly sentences: number;
  /** Share of sentences whose gold way fell out of the beam, since the last report. */
  readonly earlyUpdates: number;
  /** Share of sentences after which v changed, since the last report. */
  readonly updates: number;
  /** The caller disposes it; after the last report it has the averaged weights of the best pass. */
  readonly perceptron: StructuredPerceptron;
  /** UAS on dev with the averaged weights in %; after a pass, if there is a dev set. */
  readonly devUas?: number;
}

const REPORT_EVERY = 50; // updates

/**
 * Trains a {@linkcode StructuredPerceptron} on a trained network's activations (Weiss et al. 2015,
 * section 2.4): where the gold way falls out of the beam, or is not the best at the end,
 * v += Σ φ(gold way so far) − Σ φ(best way so far).
 */
export async function* perceptronTraining(
  network: TransitionNetwork,
  treebank: Treebank,
  { width = 8, epochs = 3, batch = 16, dev, seed = 1 }: PerceptronTrainingOptions = {},
): AsyncGenerator<PerceptronTrainingReport, void, void> {
  const { task, shape } = network, random = seeded(seed);
  const sentences = treebank.filter(({ tree }) => isProjective(tree.heads))
    .map((sentence) => searchSentence(sentence, task));
  const perceptron = new StructuredPerceptron(network);
  const tabled = new TabledNetwork(network, { tabled: 10_000 });
  const scores = (inputs: Int32Array, codes: Int32Array) =>
    perceptron.scores(tabled, { inputs, codes });
  let best = { uas: -1, weights: new Float32Array() };
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = shuffled(sentences, random);
      let seen = 0, early = 0, changed = 0, updates = 0;
      for (let from = 0; from < order.length; from += batch) {
        const chosen = order.slice(from, from + batch);
        const { numbers } = tabled;
        tabled.prepare(chosen.map(({ rows }) => rows), 0);
        const trace = searchWithGold(chosen, { task, shape, numbers, width, scores });
        const wrong = trace.ends.filter(isWrong);
        if (wrong.length > 0) perceptron.update(tabled, updateOf(trace, wrong));
        seen += chosen.length;
        changed += wrong.length;
        early += wrong.filter(({ holdsGold }) => !holdsGold).length;
        if (++updates % REPORT_EVERY > 0) continue;
        await new Promise((resolve) => setTimeout(resolve));
        yield {
          epoch,
          sentences: from + chosen.length,
          perceptron,
          ...shares({ seen, early, changed }),
        };
        [seen, early, changed] = [0, 0, 0];
      }
      perceptron.putAverage();
      const devUas = dev ? await uasOf(perceptron, dev, width) : undefined;
      if (devUas === undefined || devUas > best.uas) {
        best = { uas: devUas ?? -1, weights: perceptron.weights.slice() };
      }
      if (epoch === epochs - 1) perceptron.weights.set(best.weights);
      const report = { epoch: epoch + 1, sentences: order.length, perceptron };
      yield { ...report, ...shares({ seen, early, changed }), ...(dev ? { devUas } : {}) };
      if (epoch < epochs - 1) perceptron.takeAverage();
    }
  } finally {
    tabled.dispose();
  }
}

/** Whether the best way is another than the gold one. */
export function isWrong({ items, gold, holdsGold }: SearchEnd): boolean {
  return !holdsGold || items[0].path !== gold.path;
}

/** φ of the gold way and −φ of the best one; steps both have in common cancel out. */
export function updateOf(trace: SearchTrace, wrong: readonly SearchEnd[]): PerceptronUpdate {
  const { inputs, codes } = trace, width = inputs.length / codes.length;
  const changes: { from: number; transition: number; sign: number }[] = [];
  for (const { gold, items } of wrong) {
    const shared = new Set(stepsBack(gold.path));
    const common = new Set([...stepsBack(items[0].path)].filter((step) => shared.has(step)));
    for (const [path, sign] of [[gold.path, 1], [items[0].path, -1]] as const) {
      for (const step of stepsBack(path)) if (!common.has(step)) changes.push({ ...step, sign });
    }
  }
  const chosen = new Int32Array(changes.length * width);
  for (const [i, { from }] of changes.entries()) {
    chosen.set(inputs.subarray(from * width, (from + 1) * width), i * width);
  }
  return {
    inputs: chosen,
    codes: Int32Array.from(changes, ({ from }) => codes[from]),
    transitions: Int32Array.from(changes, ({ transition }) => transition),
    signs: Float32Array.from(changes, ({ sign }) => sign),
  };
}

function shares({ seen, early, changed }: { seen: number; early: number; changed: number }) {
  return { earlyUpdates: early / Math.max(seen, 1), updates: changed / Math.max(seen, 1) };
}

async function uasOf(
  perceptron: StructuredPerceptron,
  dev: Treebank,
  width: number,
): Promise<number> {
  const parser = new BeamParser(perceptron.network, { width, scores: perceptron });
  try {
    return scoreTrees(dev, await parser.parse(dev)).uas;
  } finally {
    parser.dispose();
  }
}
