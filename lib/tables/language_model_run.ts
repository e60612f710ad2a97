import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "#lib/data/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import { fit } from "#lib/lm/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import {
  buildLanguageModel,
  type LanguageModelSpec,
  type RecurrentLanguageModel,
} from "#lib/rnn/mod.ts";
import { OpenVocabulary, Vocabulary } from "#lib/text/mod.ts";
import { indexTrainingText } from "./_index_training_text.ts";
import { Stopwatch } from "./_stopwatch.ts";

/** A recurrent language model and how it is trained: all that decides its figures. */
export type LanguageModelRun = {
  /** The model. */
  model: LanguageModelSpec;
  /** B, lanes of the text. */
  batchSize: number;
  /** T, steps that errors are propagated back through. */
  steps: number;
  /** The learning rule. @default {"sgd"} */
  optimizer?: "sgd" | "adam";
  /** Embedding matrices of which only rows present in a batch are updated. @default {none} */
  sparse?: string[];
  /** η for the mean loss of a batch; of SGD T times that for a sum over time, as papers have it. */
  rate: number;
  /** Gradients of the mean loss are clipped to this norm: a T-th of that of a sum over time. */
  clipNorm: number;
  /** Passes over the text at most; three in a row that bring nothing on validation end it. */
  epochs: number;
  /** When the rate falls: by a plan, or once validation improves by less than this share. */
  schedule: { hold: number; decay: number } | { improvement: number };
  /** Where first weights and masks come from. */
  seed: number;
};

/** What a run took; kept in its checkpoint. */
export type RunLog = {
  /** Validation cross-entropy after each epoch, nats; the best epoch's parameters are kept. */
  validations: number[];
  /** Wall time of training in seconds, validation left out. */
  seconds: number;
  /** The same in processor time. */
  cpuSeconds: number;
  /** Words trained on. */
  tokens: number;
};

/** A text to learn from, and one to choose epochs on. */
export interface TrainingText {
  /** Sentences to learn from. */
  train: string[][];
  /** Sentences to choose the epoch on. */
  valid: string[][];
  /** Words of `train` seen less often are known by their letters alone. @default {1} */
  leastCount?: number;
}

/** Where a run is trained, and who is told. */
export interface TrainRunOptions {
  /** Name of the run: of its files. */
  id: string;
  /** What computes. */
  engine: Engine;
  /** What is learned from. */
  text: TrainingText;
  /** Is told how far it is, every {@linkcode reportEvery} updates. */
  report?: (progress: RunProgress) => void;
  /** Updates between reports. @default {100} */
  reportEvery?: number;
}

/** How far a run is. */
export interface RunProgress extends nn.TrainingReport {
  /** Passes over the text at most. */
  epochs: number;
}

/** A trained model with what its training took. */
export interface TrainedLanguageModel {
  /** To be disposed by the caller. */
  model: RecurrentLanguageModel;
  /** What its training took. */
  log: RunLog;
}

/** The file a run's trained model is kept in. */
export function checkpointFile(id: string): string {
  return join(cacheFolder(), "models", `${id}.safetensors`);
}

/**
 * Trains a run and keeps the model in {@linkcode checkpointFile}. Interrupted or killed, it goes on
 * where the last epoch ended when it is called again.
 *
 * @returns the file
 */
export async function trainRun(
  run: LanguageModelRun,
  options: TrainRunOptions,
): Promise<string> {
  const { id, engine, text } = options;
  const file = checkpointFile(id), unfinished = `${file}.training`;
  mkdirSync(join(file, ".."), { recursive: true });
  const saved = existsSync(unfinished) ? await loadRun(unfinished, run) : undefined;
  const { vocabulary, ids, counts } = indexTrainingText(text.train, text);
  const random = seeded(run.seed);
  const model = buildLanguageModel(engine, run.model, { vocabulary, counts, random });
  const log: RunLog = saved?.log ?? { validations: [], seconds: 0, cpuSeconds: 0, tokens: 0 };
  const save = (path: string, training?: nn.TrainingState) =>
    nn.saveCheckpoint(path, {
      ...{ model, vocabulary: vocabulary.words.slice(3), training },
      config: { run, log, counts: Array.from(counts) },
    });
  try {
    const valid = vocabulary.encodeSentences(text.valid);
    const stopwatch = new Stopwatch();
    const evaluate = () => {
      stopwatch.addTo(log);
      return fit(model, valid).crossEntropy;
    };
    const training = { ...trainingOptions(run), random, resume: saved?.training, evaluate };
    const epoch = model.batches(ids, run), { reportEvery = 100, report } = options;
    for await (const at of nn.train(model, epoch, { ...training, reportEvery })) {
      report?.({ ...at, epochs: run.epochs });
      if (at.validation === undefined) continue;
      log.validations.push(at.validation);
      log.tokens += ids.length;
      await save(unfinished, at.state());
      stopwatch.restart();
    }
    await save(file);
  } finally {
    model.dispose();
  }
  return file;
}

/** Epochs in a row without gain after which a planned run ends: more never brought any. */
const PATIENCE = 3;

function trainingOptions(
  { optimizer = "sgd", sparse, rate, clipNorm, epochs, schedule }: LanguageModelRun,
) {
  const planned = "hold" in schedule ? nn.heldRate(rate, schedule) : nn.plateauRate(rate, schedule);
  const patience = "hold" in schedule ? PATIENCE : 2;
  return {
    ...{ optimizer: nn[optimizer]({ rate }), sparse },
    ...{ schedule: planned, epochs, clipNorm, patience },
  };
}

/** What is kept beside the parameters. */
interface RunConfig {
  run: LanguageModelRun;
  log: RunLog;
  /** How often each word occurs in the training text. */
  counts?: number[];
}

/** Reads a checkpoint and makes sure that it is one of this run. */
async function loadRun(
  file: string,
  run: LanguageModelRun,
): Promise<nn.Checkpoint & RunConfig> {
  const checkpoint = await nn.loadCheckpoint(file);
  const config = checkpoint.config as unknown as RunConfig;
  const [expected, found] = [run, config.run] // that may go on to more epochs
    .map((value) => JSON.stringify({ ...value, epochs: undefined }));
  if (expected === found) return { ...checkpoint, ...config };
  throw new SyntaxError(
    `Cannot load ${file}: expected the run ${expected}, found ${found} (move the file away)`,
  );
}

/** Which model is loaded. */
export interface LoadRunOptions {
  /** Name of the run. */
  id: string;
  /** The run. */
  run: LanguageModelRun;
  /** Sentences whose words outside the vocabulary are known by their letters. @default {none} */
  spelled?: readonly string[][];
}

/**
 * Loads what {@linkcode trainRun} kept.
 *
 * @throws {SyntaxError} if the file is damaged, or the model of another run
 */
export async function loadTrainedRun(
  engine: Engine,
  { id, run, spelled }: LoadRunOptions,
): Promise<TrainedLanguageModel> {
  const { vocabulary: words = [], ...found } = await loadRun(checkpointFile(id), run);
  const vocabulary = spelled ? new OpenVocabulary(words, spelled) : new Vocabulary(words);
  const { parameters, log, counts } = found;
  const model = buildLanguageModel(engine, run.model, {
    ...{ vocabulary, counts, random: seeded(run.seed) },
  });
  nn.putParameters(model, parameters);
  return { model, log };
}
