import type { Engine } from "#lib/engine/mod.ts";
import { race, type RaceCourse, type Racer, type RaceResult } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import type { Treebank } from "../sentence.ts";
import { CHEN_MANNING_SHAPE } from "./network_shape.ts";
import { CHEN_MANNING_RECIPE } from "./neural_recipe.ts";
import { exampleBatches, uasOf } from "./neural_training.ts";
import { type Examples, oracleExamples } from "./oracle_examples.ts";
import { TransitionNetwork } from "./transition_network.ts";
import { transitionTask } from "./transition_task.ts";

/** The course of {@linkcode raceParser}. */
export interface ParserRaceCourse extends RaceCourse {
  /** Trees to learn from. */
  train: Treebank;
  /** Trees on whose transitions the loss is measured on the way, nats a transition. */
  valid: Treebank;
}

/** How a run of the parser went. */
export interface ParserRaceResult extends RaceResult {
  /** UAS on the validation trees at the end, in %; NaN where the run diverged. */
  uas: number;
}

/**
 * Trains Chen & Manning's network (48 embeddings of 50, 200 cubed units, dropout, batches of 200, no
 * L2) as the racer does.
 *
 * @throws {RangeError} if there is no such optimizer or schedule
 */
export async function raceParser(
  engine: Engine,
  racer: Racer,
  course: ParserRaceCourse,
): Promise<ParserRaceResult> {
  const { dropoutRate, embeddings: initial } = CHEN_MANNING_RECIPE, shape = CHEN_MANNING_SHAPE;
  const task = transitionTask(course.train), size = 200;
  const [train, valid] = [course.train, course.valid]
    .map((treebank) => oracleExamples(treebank, task, shape.depths));
  const model = new TransitionNetwork(engine, {
    ...{ shape, task, dropoutRate, embeddings: initial, random: seeded(course.seed) },
  });
  const entry = {
    ...{ model, batches: exampleBatches(train, size), embeddings: ["E_w", "E_t", "E_l"] },
    updates: Math.ceil(train.targets.length / size),
    measure: () => meanLoss(model, valid),
  };
  try {
    const result = await race(entry, racer, course);
    const diverged = Number.isNaN(result.finalLoss);
    return { ...result, uas: diverged ? NaN : await uasOf(model, course.valid) };
  } finally {
    model.dispose();
  }
}

/** Mean of −log p(right transition) without dropout, nats. */
function meanLoss(model: TransitionNetwork, { rows, codes, targets }: Examples): number {
  const { tf, values } = model.engine, tokens = rows.length / targets.length, size = 1000;
  let sum = 0;
  for (let from = 0; from < targets.length; from += size) {
    const batch = {
      rows: rows.subarray(from * tokens, (from + size) * tokens),
      codes: codes.subarray(from, from + size),
      targets: targets.subarray(from, from + size),
    };
    tf.tidy(() => {
      const [mean] = values(model.loss(batch, { training: false, random: seeded(1) }));
      sum += mean * batch.targets.length;
    });
  }
  return sum / targets.length;
}
