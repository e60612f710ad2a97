import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Engine } from "#lib/engine/mod.ts";
import {
  windowBatches,
  WindowLanguageModel,
  type WindowLanguageModelConfig,
} from "#lib/feedforward/mod.ts";
import { perplexity } from "#lib/lm/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences, Vocabulary } from "#lib/text/mod.ts";
import { checkpointFile, type TrainRunOptions } from "./language_model_run.ts";

/** A fixed-window model and how it is trained: all that decides its figures. */
export interface WindowRun {
  /** Name of its row and of its checkpoint. */
  id: string;
  /** Sizes. */
  config: WindowLanguageModelConfig;
  /** η of AdaGrad in the first epochs; `plateauRate` halves it. */
  rate: number;
  /** The share of the last perplexity by which an epoch must improve, or η is halved. */
  improvement: number;
  /** Predictions an update. */
  batchSize: number;
  /** The most passes over the text. */
  epochs: number;
  /** Where the start, the order and the masks come from. */
  seed: number;
}

/** What training a {@linkcode WindowRun} took; kept in the checkpoint. */
export interface WindowTraining {
  /** Validation perplexity after each epoch; the best epoch's parameters are kept. */
  validations: number[];
  /** Wall time in seconds, validation included. */
  seconds: number;
  /** Predictions trained on a second, validation left out. */
  tokensPerSecond: number;
}

/**
 * Trains a run to its end and keeps the model in {@linkcode checkpointFile}. Interrupted, it goes on
 * where the last epoch ended when it is called again; a model that is there is not trained again.
 *
 * @returns the file
 */
export async function trainWindowRun(
  run: WindowRun,
  options: Omit<TrainRunOptions, "id">,
): Promise<string> {
  const file = checkpointFile(run.id), unfinished = `${file}.training`;
  if (existsSync(file)) return file;
  mkdirSync(dirname(file), { recursive: true });
  const { engine, text, report } = options;
  const { vocabulary, ids, counts } = indexSentences(text.train);
  const valid = vocabulary.encodeSentences(text.valid);
  const model = new WindowLanguageModel(engine, {
    ...{ ...run.config, vocabulary, counts, random: seeded(run.seed) },
  });
  const saved = existsSync(unfinished) ? await nn.loadCheckpoint(unfinished) : undefined;
  const took = takenBefore(saved);
  const save = (path: string, training?: nn.TrainingState) =>
    nn.saveCheckpoint(path, {
      ...{ model, vocabulary: vocabulary.words.slice(3), training },
      config: { run: { ...run, config: { ...run.config } }, training: { ...took } },
    });
  try {
    let since = performance.now(), speeds = 0, parts = 0;
    for await (
      const at of nn.train(model, windowBatches(model.examples(ids), { size: run.batchSize }), {
        ...trainingOptions(run),
        evaluate: () => perplexity(model, valid),
        resume: saved?.training,
      })
    ) {
      if (Number.isFinite(at.tokensPerSecond)) {
        [speeds, parts] = [speeds + at.tokensPerSecond, parts + 1];
      }
      const validation = at.validation && Math.log(at.validation);
      report?.({ ...at, epochs: run.epochs, ...(validation ? { validation } : {}) });
      if (at.validation === undefined) continue;
      took.validations.push(at.validation);
      took.seconds += (performance.now() - since) / 1000;
      took.tokensPerSecond = speeds / parts;
      since = performance.now();
      await save(unfinished, at.state());
    }
    await save(file);
    rmSync(unfinished, { force: true });
  } finally {
    model.dispose();
  }
  return file;
}

function trainingOptions(run: WindowRun) {
  return {
    optimizer: nn.adagrad({ rate: run.rate }),
    schedule: nn.plateauRate(run.rate, { improvement: run.improvement }),
    epochs: run.epochs,
    patience: 2,
    clipNorm: 5,
    sparse: ["E"],
    random: seeded(run.seed),
    reportEvery: 500,
  };
}

function takenBefore(saved: nn.Checkpoint | undefined): WindowTraining {
  if (!saved) return { validations: [], seconds: 0, tokensPerSecond: NaN };
  return (saved.config as unknown as { training: WindowTraining }).training;
}

/** A trained model with what its training took. */
export interface TrainedWindowModel {
  /** To be disposed by the caller. */
  model: WindowLanguageModel;
  /** What its training took. */
  training: WindowTraining;
}

/**
 * Loads what {@linkcode trainWindowRun} kept.
 *
 * @throws {SyntaxError} if the file is damaged, or the model of another run
 */
export async function loadWindowRun(engine: Engine, run: WindowRun): Promise<TrainedWindowModel> {
  const file = checkpointFile(run.id);
  const { config, vocabulary, parameters } = await nn.loadCheckpoint(file);
  const found = config as unknown as { run: WindowRun; training: WindowTraining };
  const [expected, got] = [run, found.run] // that may go on to more epochs
    .map((run) => JSON.stringify({ ...run, epochs: undefined }));
  if (expected !== got) {
    throw new SyntaxError(`Cannot load ${file}: expected the model of ${expected}, found ${got}`);
  }
  const model = new WindowLanguageModel(engine, {
    ...{ ...run.config, vocabulary: new Vocabulary(vocabulary ?? []), random: seeded(run.seed) },
  });
  nn.putParameters(model, parameters);
  return { model, training: found.training };
}
