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
import { keepTraining, logOf } from "./_kept_training.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import type { TrainRunOptions } from "./language_model_run.ts";
import type { TrainingLog } from "./seeded_row.ts";

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

/**
 * Trains a run to its end and keeps the model in {@linkcode checkpointFile}. Interrupted, it goes on
 * where the last epoch ended when it is called again; a model that is there is not trained again.
 *
 * @returns the file
 * @throws {SyntaxError} if what was begun is damaged, or another run
 */
export async function trainWindowRun(
  run: WindowRun,
  options: Omit<TrainRunOptions, "id">,
): Promise<string> {
  const { engine, text, report } = options, { epochs } = run;
  const { vocabulary, ids, counts } = indexSentences(text.train);
  const valid = vocabulary.encodeSentences(text.valid);
  const model = new WindowLanguageModel(engine, {
    ...{ ...run.config, vocabulary, counts, random: seeded(run.seed) },
  });
  try {
    await keepTraining({
      ...{ id: run.id, run: jsonOf(run) },
      reports: (resume, onValidation) =>
        nn.train(model, windowBatches(model.examples(ids), { size: run.batchSize }), {
          ...{ ...trainingOptions(run), resume },
          evaluate: () => {
            onValidation();
            return perplexity(model, valid);
          },
        }),
      save: (_, path, { training, notes: { run, log } }) =>
        nn.saveCheckpoint(path, {
          ...{ model, vocabulary: vocabulary.words.slice(3), training },
          config: { run, training: log },
        }),
      dispose: () => {},
      score: (perplexity) => perplexity,
      report: (at) => {
        const validation = at.validation && Math.log(at.validation);
        report?.({ ...at, epochs, ...(validation ? { validation } : {}) });
      },
    });
  } finally {
    model.dispose();
  }
  return checkpointFile(run.id);
}

function jsonOf(run: WindowRun): nn.JsonValue {
  return { ...run, config: { ...run.config } };
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

/** A trained model with what its training took. */
export interface TrainedWindowModel {
  /** To be disposed by the caller. */
  model: WindowLanguageModel;
  /** What its training took; validations are perplexities. */
  log: TrainingLog;
}

/**
 * Loads what {@linkcode trainWindowRun} kept.
 *
 * @throws {SyntaxError} if the file is damaged, or the model of another run
 */
export async function loadWindowRun(engine: Engine, run: WindowRun): Promise<TrainedWindowModel> {
  const file = checkpointFile(run.id);
  const { config, vocabulary, parameters } = await nn.loadCheckpoint(file);
  const log = logOf(config, { file, run: jsonOf(run) });
  const model = new WindowLanguageModel(engine, {
    ...{ ...run.config, vocabulary: new Vocabulary(vocabulary ?? []), random: seeded(run.seed) },
  });
  nn.putParameters(model, parameters);
  return { model, log };
}
