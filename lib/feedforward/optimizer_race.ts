import type { Engine } from "#lib/engine/mod.ts";
import { perplexity } from "#lib/lm/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { windowBatches } from "./window_batches.ts";
import { WindowLanguageModel } from "./window_language_model.ts";

/** One run of the race: a learning rule, its rate, and how the rate changes. */
export interface Racer {
  /** A name of {@linkcode raceOptimizers}. */
  optimizer: string;
  /** η at the start (of the cyclic schedule: the highest). */
  rate: number;
  /** A name of {@linkcode raceSchedules}. */
  schedule: string;
}

/** The optimizers of the race; SparseAdam is Adam that leaves the vectors of absent words alone. */
export const raceOptimizers: Readonly<Record<string, (rate: number) => nn.Optimizer>> = {
  SGD: (rate) => nn.sgd({ rate }),
  momentum: (rate) => nn.momentum({ rate }),
  AdaGrad: (rate) => nn.adagrad({ rate }),
  RMSprop: (rate) => nn.rmsprop({ rate }),
  Adam: (rate) => nn.adam({ rate }),
  SparseAdam: (rate) => nn.adam({ rate }),
};

/** Powers of ten from 10⁻⁵ to 10¹. */
export const raceRates: readonly number[] = [1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10];

/** The schedules of the slide, given the updates of an epoch. */
export const raceSchedules: Readonly<
  Record<string, (rate: number, steps: number) => nn.Schedule>
> = {
  "constant": (rate) => nn.constantRate(rate),
  "halved every epoch": (rate) => nn.halvingRate(rate, { every: 1 }),
  "lr₀ e^(-t/2)": (rate) => nn.exponentialRate(rate, { decay: 0.5 }),
  "cyclic": (rate, steps) =>
    nn.triangularRate({ low: rate / 10, high: rate, steps: Math.ceil(steps / 2) }),
};

/** What all runs of a race have in common. */
export interface RaceCourse {
  /** Sentences to learn from. */
  train: readonly (readonly string[])[];
  /** Sentences whose perplexity is measured on the way. */
  valid: readonly (readonly string[])[];
  /** Passes over the text. */
  epochs: number;
  /** The validation loss to be reached, nats a word. */
  target: number;
  /** Updates between two measurements. */
  every: number;
  /** Where the start and the order of batches come from. */
  seed: number;
}

/** How a run went. */
export interface RaceResult extends Racer {
  /** Validation cross-entropy at the start and after each `every` updates, nats a word. */
  losses: number[];
  /** The last of them; NaN where the run diverged. */
  finalLoss: number;
  /** Updates until the target was reached; NaN where it was not. */
  stepsToTarget: number;
  /** The update at which the loss ran away; NaN where it did not. */
  divergedAt: number;
}

/**
 * Trains the course's fixed-window model (n = 3 words, d = 16, H = 32, batches of 64) as the racer does.
 * All racers start from the same weights and meet the same batches.
 *
 * @throws {RangeError} if there is no such optimizer or schedule
 */
export async function raceRun(
  engine: Engine,
  racer: Racer,
  course: RaceCourse,
): Promise<RaceResult> {
  const optimizer = raceOptimizers[racer.optimizer]?.(racer.rate);
  const scheduled = raceSchedules[racer.schedule];
  if (!optimizer || !scheduled) {
    throw new RangeError(
      `Cannot race: expected an optimizer of ${Object.keys(raceOptimizers).join(", ")} and a ` +
        `schedule of ${Object.keys(raceSchedules).join(", ")}, got ${JSON.stringify(racer)}`,
    );
  }
  const { vocabulary, ids } = indexSentences(course.train, { minCount: 3 });
  const valid = vocabulary.encodeSentences(course.valid);
  const model = new WindowLanguageModel(engine, {
    ...{ window: 3, width: 16, hidden: 32, vocabulary, random: seeded(course.seed) },
  });
  const size = 64, schedule = scheduled(racer.rate, Math.ceil(ids.length / size));
  const measure = () => Math.log(perplexity(model, valid));
  const losses = [measure()];
  let divergedAt = NaN;
  try {
    for await (
      const { step, validation } of nn.train(model, windowBatches(model.examples(ids), { size }), {
        ...{ optimizer, schedule, epochs: course.epochs, random: seeded(course.seed) },
        ...(racer.optimizer === "SparseAdam" ? { sparse: ["E"] } : {}),
        reportEvery: course.every,
      })
    ) {
      if (validation === undefined && step % course.every === 0) losses.push(measure());
    }
  } catch (error) {
    if (!(error instanceof nn.DivergenceError)) throw error;
    divergedAt = error.step;
  } finally {
    model.dispose();
  }
  return { ...racer, losses, divergedAt, ...outcome(losses, divergedAt, course) };
}

function outcome(losses: number[], divergedAt: number, { target, every }: RaceCourse) {
  const reached = losses.findIndex((loss) => loss <= target);
  return {
    finalLoss: Number.isNaN(divergedAt) ? losses.at(-1)! : NaN,
    stepsToTarget: reached < 0 ? NaN : reached * every,
  };
}
