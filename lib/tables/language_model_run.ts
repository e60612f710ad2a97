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
import { keepTraining, logOf } from "./_kept_training.ts";
import { checkpointFile } from "./checkpoint_file.ts";
import type { TrainingLog } from "./seeded_row.ts";

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

/** What a run took; kept in its checkpoint. Validations are cross-entropies in nats. */
export type RunLog = TrainingLog & {
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

/**
 * Trains a run and keeps the model in {@linkcode checkpointFile}. Interrupted or killed, it goes on
 * where the last epoch ended when it is called again; a model that is there is not trained again.
 *
 * @returns the file
 * @throws {SyntaxError} if what was begun is damaged, or another run
 */
export async function trainRun(
  run: LanguageModelRun,
  options: TrainRunOptions,
): Promise<string> {
  const { id, engine, text, report, reportEvery = 100 } = options;
  const { vocabulary, ids, counts } = indexTrainingText(text.train, text);
  const valid = vocabulary.encodeSentences(text.valid), random = seeded(run.seed);
  const model = buildLanguageModel(engine, run.model, { vocabulary, counts, random });
  try {
    await keepTraining({
      ...{ id, run },
      reports: (resume, onValidation) =>
        nn.train(model, model.batches(ids, run), {
          ...{ ...trainingOptions(run), random, resume, reportEvery },
          evaluate: () => {
            onValidation();
            return fit(model, valid).crossEntropy;
          },
        }),
      save: (_, path, { training, notes: { log } }) =>
        nn.saveCheckpoint(path, {
          ...{ model, vocabulary: vocabulary.words.slice(3), training },
          config: {
            ...{ run, log: { ...log, tokens: log.validations.length * ids.length } },
            counts: Array.from(counts),
          },
        }),
      dispose: () => {},
      score: (nats) => nats,
      report: (at) => report?.({ ...at, epochs: run.epochs }),
    });
  } finally {
    model.dispose();
  }
  return checkpointFile(id);
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
  const file = checkpointFile(id);
  const { vocabulary: words = [], config, parameters } = await nn.loadCheckpoint(file);
  const log = logOf<RunLog>(config, { file, run });
  const { counts } = config as { counts?: number[] }; // of the training text's words
  const vocabulary = spelled ? new OpenVocabulary(words, spelled) : new Vocabulary(words);
  const model = buildLanguageModel(engine, run.model, {
    ...{ vocabulary, counts, random: seeded(run.seed) },
  });
  nn.putParameters(model, parameters);
  return { model, log };
}
