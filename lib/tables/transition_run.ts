import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import type { Engine } from "#lib/engine/mod.ts";
import type { JsonValue } from "#lib/nn/mod.ts";
import {
  loadNetwork,
  type NetworkShape,
  type NeuralRecipe,
  neuralTraining,
  saveNetwork,
  type TransitionNetwork,
  type TreebankSplit,
} from "#lib/parser/mod.ts";
import { wordVectors } from "./_word_vectors.ts";
import { checkpointFile } from "./language_model_run.ts";
import type { MeasureOptions } from "./table.ts";

/** How the network of a transition-based parser is trained: all that decides its figures. */
export interface TransitionRun {
  /** Its sizes. */
  shape: NetworkShape;
  /** How it starts and learns. */
  recipe: NeuralRecipe;
  /** Whether words start with vectors learned from raw text. */
  hasVectors: boolean;
}

/** What a run took; kept in its checkpoint. */
export type TransitionLog = {
  /** UAS on dev after each pass, in %; the best pass's parameters are kept. */
  validations: number[];
  /** Wall time of training in seconds, dev included. */
  seconds: number;
  /** The same in processor time. */
  cpuSeconds: number;
};

/** A trained network with what its training took. */
export interface TrainedNetwork {
  /** To be disposed by the caller. */
  network: TransitionNetwork;
  /** What its training took. */
  log: TransitionLog;
}

/** Where a run is trained. */
export interface TransitionRunOptions extends MeasureOptions {
  /** Name of the run. */
  id: string;
  /** What is learned from and chosen on. */
  treebank: Pick<TreebankSplit, "train" | "dev">;
  /** Where everything drawn comes from. */
  seed: number;
  /** What computes. */
  engine: Engine;
}

/** A quick run learns from the first sentences only, a few times, without vectors. */
const QUICK = { sentences: 1500, epochs: 4, batch: 200 };

/**
 * Trains a run's network. At full scale it is kept in {@linkcode checkpointFile} under the name
 * `<id>-<seed>`, and what is there is not trained again.
 */
export async function trainedNetwork(
  run: TransitionRun,
  options: TransitionRunOptions,
): Promise<TrainedNetwork> {
  if (options.scale === "quick") return await train(run, options);
  const file = checkpointFile(`${options.id}-${options.seed}`);
  const spec = JSON.stringify(specOf(run));
  if (!existsSync(file)) {
    const { network, log } = await train(run, options);
    mkdirSync(dirname(file), { recursive: true });
    await saveNetwork(network, file, { notes: { spec, log } });
    network.dispose();
  }
  const { network, notes } = await loadNetwork(options.engine, file);
  const { spec: found, log } = notes as { spec: string; log: TransitionLog };
  if (found === spec) return { network, log };
  network.dispose();
  throw new SyntaxError(
    `Cannot load ${file}: expected the run ${spec}, found ${found} (move the file away)`,
  );
}

/** A run in plain numbers and words. */
export function specOf(run: TransitionRun): JsonValue {
  const { optimizer: { name, rate, settings }, ...rest } = run.recipe;
  const recipe = { ...rest, optimizer: { name, rate, settings } };
  return JSON.parse(JSON.stringify({ ...run, recipe }));
}

async function train(
  { shape, recipe: full, hasVectors }: TransitionRun,
  options: TransitionRunOptions,
): Promise<TrainedNetwork> {
  const { id, seed, report, treebank: { train, dev } } = options,
    isQuick = options.scale === "quick";
  const vectors = hasVectors && !isQuick ? await wordVectors(options) : undefined;
  const recipe = isQuick ? { ...full, epochs: QUICK.epochs, batch: QUICK.batch } : full;
  const treebank = isQuick ? train.slice(0, QUICK.sentences) : train;
  const begun = performance.now(), cpu = process.cpuUsage(), validations: number[] = [];
  let network: TransitionNetwork | undefined;
  const training = { shape, recipe, vectors, dev, seed };
  for await (const at of neuralTraining(options.engine, treebank, training)) {
    network = at.network;
    if (at.devUas === undefined) continue;
    validations.push(at.devUas);
    report(
      `  ${id}, seed ${seed}: epoch ${at.epoch} of ${recipe.epochs}, loss ${at.loss.toFixed(4)}, ` +
        `${Math.round(at.tokensPerSecond)} configurations/s, UAS on dev ${at.devUas.toFixed(2)}`,
    );
  }
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - begun) / 1000, cpuSeconds = (user + system) / 1e6;
  return { network: network!, log: { validations, seconds, cpuSeconds } };
}
