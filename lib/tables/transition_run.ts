import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { type JsonValue, momentum } from "#lib/nn/mod.ts";
import {
  BeamParser,
  globalTraining,
  type GlobalTrainingOptions,
  loadNetwork,
  loadPerceptron,
  type NetworkShape,
  type NeuralRecipe,
  neuralTraining,
  perceptronTraining,
  type PerceptronTrainingOptions,
  saveNetwork,
  savePerceptron,
  type StructuredPerceptron,
  type TransitionNetwork,
  type Treebank,
  withFurtherWords,
} from "#lib/parser/mod.ts";
import { checkRun, type ExpectedRun } from "./_kept_file.ts";
import { wordVectors } from "./_word_vectors.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import type { SeedOptions, TrainingLog } from "./seeded_row.ts";

/** How the network of a transition-based parser is trained: all that decides its figures. */
export interface TransitionRun {
  /** Its sizes. */
  shape: NetworkShape;
  /** How it starts and learns. */
  recipe: NeuralRecipe;
  /** Whether words start with vectors learned from raw text. */
  hasVectors: boolean;
}

/** A trained network with what its training took. */
export interface TrainedNetwork {
  /** To be disposed by the caller. */
  network: TransitionNetwork;
  /** What its training took. */
  log: TrainingLog;
}

/** A quick run learns from the first sentences only, a few times, without vectors. */
const QUICK = { sentences: 1500, epochs: 4, batch: 200 };

/**
 * Trains a run's network. At full scale it is kept in {@linkcode checkpointFile} under the name
 * `<id>-<seed>`, and what is there is not trained again.
 *
 * @throws {SyntaxError} if what is there is damaged, or of another run
 */
export async function trainedNetwork(
  run: TransitionRun,
  options: SeedOptions,
): Promise<TrainedNetwork> {
  if (options.scale === "quick") return await train(run, options);
  const file = checkpointFile(`${options.id}-${options.seed}`), spec = specOf(run);
  if (!existsSync(file)) {
    const { network, log } = await train(run, options);
    await saveNetwork(network, inFolder(file), { notes: { spec, log } });
    network.dispose();
  }
  const { network, notes } = await loadNetwork(options.engine, file);
  return { network, log: logOf(notes, { file, run: spec, model: network }) };
}

function inFolder(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

/** What a checkpoint says its run took; the model of another run is freed. */
function logOf(
  notes: JsonValue,
  { model, ...expected }: ExpectedRun & { model: { dispose(): void } },
): TrainingLog {
  const { spec, log } = notes as { spec: JsonValue; log: TrainingLog };
  try {
    checkRun(spec, expected);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return log;
}

/** A run in plain numbers and words. */
export function specOf(run: TransitionRun): JsonValue {
  const { optimizer: { name, rate, settings }, ...rest } = run.recipe;
  const recipe = { ...rest, optimizer: { name, rate, settings } };
  return JSON.parse(JSON.stringify({ ...run, recipe }));
}

/**
 * Puts a network through structured training, or takes what was trained before from the same
 * network.
 *
 * @throws {SyntaxError} if what is there is damaged, of another run or from another network
 */
export async function structuredParser(
  kind: "perceptron" | "global",
  { network, options }: { network: TransitionNetwork; options: SeedOptions },
): Promise<{ parser: BeamParser; log: TrainingLog; dispose: () => void }> {
  const file = checkpointFile(`${options.id}-${options.seed}`);
  const spec = { start: hashOf(network), ...STRUCTURED[kind] };
  const isKept = options.scale === "full" && existsSync(file);
  if (kind === "global") {
    const kept = isKept ? await loadNetwork(options.engine, file) : undefined;
    const log = kept
      ? logOf(kept.notes, { file, run: spec, model: kept.network })
      : await logged(options, globalTraining(network, ...trainingOf(kind, options)));
    if (!kept && options.scale === "full") {
      await saveNetwork(network, inFolder(file), { notes: { spec, log } });
    }
    const trained = kept?.network ?? network;
    const parser = new BeamParser(trained, { width: WIDTH, scores: "network" });
    return {
      parser,
      log,
      dispose: () => [parser, kept?.network].forEach((each) => each?.dispose()),
    };
  }
  if (isKept) {
    const { perceptron, notes } = await loadPerceptron(network, file);
    const log = logOf(notes, { file, run: spec, model: perceptron });
    return { ...withPerceptron(network, perceptron), log };
  }
  let perceptron: StructuredPerceptron | undefined;
  const reports = perceptronTraining(network, ...trainingOf(kind, options));
  const log = await logged(options, seen(reports, (at) => perceptron = at.perceptron));
  if (options.scale === "full") {
    await savePerceptron(perceptron!, inFolder(file), { notes: { spec, log } });
  }
  return { ...withPerceptron(network, perceptron!), log };
}

/** SHA-256 of a network's parameters, in lower-case hexadecimal. */
function hashOf({ engine, parameters }: TransitionNetwork): string {
  const hash = createHash("sha256");
  for (const parameter of Object.values(parameters)) hash.update(engine.values(parameter));
  return hash.digest("hex");
}

/** B of structured training and of parsing. */
const WIDTH = 8;
/** How structured training goes. */
export const STRUCTURED = {
  perceptron: { width: WIDTH, epochs: 3 },
  global: { width: WIDTH, epochs: 3, batch: 8, rate: 0.02, averageDecay: 0.999 },
};

function trainingOf(
  kind: "perceptron" | "global",
  { treebank: { train, dev }, scale, seed }: SeedOptions,
): [Treebank, PerceptronTrainingOptions & GlobalTrainingOptions] {
  const { rate, ...rest } = { rate: 0, ...STRUCTURED[kind] }, isQuick = scale === "quick";
  const epochs = isQuick ? 1 : rest.epochs;
  const rule = kind === "global" ? { optimizer: momentum({ rate }) } : {};
  return [isQuick ? train.slice(0, QUICK.sentences) : train, {
    ...rest,
    ...rule,
    epochs,
    dev,
    seed,
  }];
}

function withPerceptron(network: TransitionNetwork, perceptron: StructuredPerceptron) {
  const parser = new BeamParser(network, { width: WIDTH, scores: perceptron });
  return { parser, dispose: () => [parser, perceptron].forEach((each) => each.dispose()) };
}

async function* seen<Report>(
  reports: AsyncIterable<Report>,
  see: (report: Report) => void,
): AsyncGenerator<Report> {
  for await (const report of reports) {
    see(report);
    yield report;
  }
}

async function train(
  { shape, recipe: full, hasVectors }: TransitionRun,
  options: SeedOptions,
): Promise<TrainedNetwork> {
  const { seed, treebank: { train, dev } } = options, isQuick = options.scale === "quick";
  const vectors = hasVectors && !isQuick ? await wordVectors(options) : undefined;
  const recipe = isQuick ? { ...full, epochs: QUICK.epochs, batch: QUICK.batch } : full;
  const treebank = isQuick ? train.slice(0, QUICK.sentences) : train;
  let network: TransitionNetwork | undefined;
  const reports = neuralTraining(options.engine, treebank, { shape, recipe, vectors, dev, seed });
  const log = await logged(options, seen(reports, (at) => network = at.network));
  if (!vectors) return { network: network!, log };
  const extended = withFurtherWords(network!, vectors);
  network!.dispose();
  return { network: extended, log };
}

/** Goes through training and keeps what it took; says how far it is after each pass. */
async function logged(
  { id, seed, report }: SeedOptions,
  reports: AsyncIterable<{ epoch: number; devUas?: number; loss?: number }>,
): Promise<TrainingLog> {
  const begun = performance.now(), cpu = process.cpuUsage(), validations: number[] = [];
  for await (const { epoch, devUas, loss } of reports) {
    if (devUas === undefined) continue;
    validations.push(devUas);
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    const lossNow = loss === undefined ? "" : `, loss ${loss.toFixed(4)}`;
    report(
      `  ${id}, seed ${seed}: epoch ${epoch}${lossNow}, UAS on dev ${
        devUas.toFixed(2)
      }, ${seconds} s`,
    );
  }
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - begun) / 1000, cpuSeconds = (user + system) / 1e6;
  return { validations, seconds, cpuSeconds };
}
