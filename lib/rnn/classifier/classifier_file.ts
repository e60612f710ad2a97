import { loadModel, saveCheckpoint, type SaveModelOptions } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";
import { SentenceClassifier } from "./sentence_classifier.ts";
import type { EncoderSizes } from "./sentence_encoder.ts";

const FORMAT = "sentence-classifier-1";
const MARKS = 3; // a vocabulary adds its own

/** All of a classifier but its weights. */
interface Config {
  sizes: EncoderSizes;
  words: readonly string[];
  classes: readonly string[];
}

/** Writes a classifier to a file (safetensors), which appears whole or not at all. */
export async function saveSentenceClassifier(
  classifier: SentenceClassifier,
  path: string,
  { training, notes = null }: SaveModelOptions = {},
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
  const { model } = await loadModel(path, {
    ...{ format: FORMAT, what: "a classifier" },
    build: (engine, { sizes, classes, words }: Config) =>
      new SentenceClassifier(engine, {
        ...{ sizes, classes, vocabulary: new Vocabulary(words), random: seeded(0) },
      }),
  });
  return model;
}
