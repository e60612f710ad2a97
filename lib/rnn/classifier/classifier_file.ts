import { engine } from "#lib/engine/mod.ts";
import {
  type JsonValue,
  loadCheckpoint,
  putParameters,
  saveCheckpoint,
  type TrainingState,
} from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";
import { SentenceClassifier } from "./sentence_classifier.ts";
import type { EncoderSizes } from "./sentence_encoder.ts";

const FORMAT = "sentence-classifier-1";
const MARKS = 3; // a vocabulary adds its own

/** All of a classifier but its weights. */
interface Config {
  format: typeof FORMAT;
  sizes: EncoderSizes;
  words: readonly string[];
  classes: readonly string[];
}

/** What goes into a file besides the classifier; `loadCheckpoint` gives it back. */
export interface SaveSentenceClassifierOptions {
  /** Where its training stands, from a report. @default {nothing: it is done} */
  training?: TrainingState;
  /** Anything, as `config.notes`. @default {null} */
  notes?: JsonValue;
}

/** Writes a classifier to a file (safetensors), which appears whole or not at all. */
export async function saveSentenceClassifier(
  classifier: SentenceClassifier,
  path: string,
  { training, notes = null }: SaveSentenceClassifierOptions = {},
): Promise<void> {
  const { classes, encoder: { sizes, vocabulary } } = classifier;
  const config = {
    ...{ format: FORMAT, sizes: { ...sizes }, notes },
    ...{ words: vocabulary.words.slice(MARKS), classes: [...classes] },
  };
  await saveCheckpoint(path, { model: classifier, config, training });
}

/**
 * Reads a classifier that {@linkcode saveSentenceClassifier} wrote; the caller disposes it.
 *
 * @throws {SyntaxError} if the file is not such a classifier, or damaged
 */
export async function loadSentenceClassifier(path: string): Promise<SentenceClassifier> {
  const checkpoint = await loadCheckpoint(path);
  const config = checkpoint.config as unknown as Config;
  if (config?.format !== FORMAT) {
    throw new SyntaxError(
      `Cannot read a classifier from ${path}: expected the format "${FORMAT}", got` +
        ` ${JSON.stringify(config?.format)} (train it anew)`,
    );
  }
  const { sizes, classes } = config, vocabulary = new Vocabulary(config.words);
  const options = { sizes, classes, vocabulary, random: seeded(0) };
  const classifier = new SentenceClassifier(await engine(), options);
  try {
    putParameters(classifier, checkpoint.parameters);
  } catch (error) {
    classifier.dispose();
    throw error;
  }
  return classifier;
}
