import type { Engine } from "#lib/engine/mod.ts";
import { perplexity } from "#lib/lm/mod.ts";
import { race, type RaceCourse, type Racer, type RaceResult } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { windowBatches } from "./window_batches.ts";
import { WindowLanguageModel } from "./window_language_model.ts";

/** The course of {@linkcode raceWindowModel}. */
export interface WindowRaceCourse extends RaceCourse {
  /** Sentences to learn from. */
  train: readonly (readonly string[])[];
  /** Sentences whose cross-entropy is measured on the way, nats a word. */
  valid: readonly (readonly string[])[];
}

/**
 * Trains a fixed-window language model (n = 3 words, d = 16, H = 32, batches of 64) as the racer does.
 *
 * @throws {RangeError} if there is no such optimizer or schedule
 */
export async function raceWindowModel(
  engine: Engine,
  racer: Racer,
  course: WindowRaceCourse,
): Promise<RaceResult> {
  const { vocabulary, ids } = indexSentences(course.train, { minCount: 3 });
  const valid = vocabulary.encodeSentences(course.valid);
  const model = new WindowLanguageModel(engine, {
    ...{ window: 3, width: 16, hidden: 32, vocabulary, random: seeded(course.seed) },
  });
  const size = 64;
  const entry = {
    ...{ model, batches: windowBatches(model.examples(ids), { size }), embeddings: ["E"] },
    updates: Math.ceil(ids.length / size),
    measure: () => Math.log(perplexity(model, valid)),
  };
  try {
    return await race(entry, racer, course);
  } finally {
    model.dispose();
  }
}
