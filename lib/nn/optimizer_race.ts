import { seeded } from "#lib/random/mod.ts";
import { adagrad, adam, rmsprop } from "./adaptive.ts";
import { momentum, sgd } from "./gradient_descent.ts";
import type { Epoch } from "./minibatches.ts";
import type { Optimizer } from "./optimizer.ts";
import {
  constantRate,
  exponentialRate,
  halvingRate,
  type Schedule,
  triangularRate,
} from "./schedules.ts";
import { train } from "./train.ts";
import { DivergenceError, type Trainable } from "./training.ts";

/** One run of a race: a learning rule, its rate, and how the rate changes. */
export interface Racer {
  /** A name of {@linkcode raceOptimizers}. */
  optimizer: string;
  /** η at the start (of the cyclic schedule: the highest). */
  rate: number;
  /** A name of {@linkcode raceSchedules}. */
  schedule: string;
}

/** The optimizers of a race; SparseAdam is Adam that leaves the vectors of absent words alone. */
export const raceOptimizers: Readonly<Record<string, (rate: number) => Optimizer>> = {
  SGD: (rate) => sgd({ rate }),
  momentum: (rate) => momentum({ rate }),
  AdaGrad: (rate) => adagrad({ rate }),
  RMSprop: (rate) => rmsprop({ rate }),
  Adam: (rate) => adam({ rate }),
  SparseAdam: (rate) => adam({ rate }),
};

/** Powers of ten from 10⁻⁵ to 10¹. */
export const raceRates: readonly number[] = [1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10];

/** The schedules of the slide, given the updates of an epoch. */
export const raceSchedules: Readonly<Record<string, (rate: number, steps: number) => Schedule>> = {
  "constant": (rate) => constantRate(rate),
  "halved every epoch": (rate) => halvingRate(rate, { every: 1 }),
  "lr₀ e^(-t/2)": (rate) => exponentialRate(rate, { decay: 0.5 }),
  "cyclic": (rate, steps) =>
    triangularRate({ low: rate / 10, high: rate, steps: Math.ceil(steps / 2) }),
};

/** What all runs of a race have in common. */
export interface RaceCourse {
  /** Passes over the examples. */
  epochs: number;
  /** The validation loss to be reached, nats. */
  target: number;
  /** Updates between two measurements. */
  every: number;
  /** Where the start and the order of batches come from. */
  seed: number;
}

/** What is trained: for each run a model as it starts. */
export interface RaceEntry<Batch> {
  /** The model. */
  model: Trainable<Batch>;
  /** Its batches, in the order of their random numbers. */
  batches: Epoch<Batch>;
  /** Updates of an epoch. */
  updates: number;
  /** Its embedding matrices: SparseAdam moves only the rows a batch used. */
  embeddings: readonly string[];
  /** The validation loss as the model is, nats. */
  measure(): number;
}

/** How a run went. */
export interface RaceResult extends Racer {
  /** Validation loss at the start and after each `every` updates, nats. */
  losses: number[];
  /** The last of them; NaN where the run diverged. */
  finalLoss: number;
  /** Updates until the target was reached; NaN where it was not. */
  stepsToTarget: number;
  /** The update at which the loss ran away; NaN where it did not. */
  divergedAt: number;
}

/**
 * Trains a model as the racer does and measures it on the way. Racers whose entries start alike meet
 * the same batches.
 *
 * @throws {RangeError} if there is no such optimizer or schedule
 */
export async function race<Batch>(
  { model, batches, updates, embeddings, measure }: RaceEntry<Batch>,
  racer: Racer,
  course: RaceCourse,
): Promise<RaceResult> {
  const { optimizer, schedule } = rulesOf(racer, updates), losses = [measure()];
  let divergedAt = NaN;
  try {
    for await (
      const { step, validation } of train(model, batches, {
        ...{ optimizer, schedule, epochs: course.epochs, random: seeded(course.seed) },
        ...(racer.optimizer === "SparseAdam" ? { sparse: embeddings } : {}),
        reportEvery: course.every,
      })
    ) {
      if (validation === undefined && step % course.every === 0) losses.push(measure());
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    divergedAt = error.step;
  }
  const reached = losses.findIndex((loss) => loss <= course.target);
  return {
    ...{ ...racer, losses, divergedAt },
    finalLoss: Number.isNaN(divergedAt) ? losses.at(-1)! : NaN,
    stepsToTarget: reached < 0 ? NaN : reached * course.every,
  };
}

function rulesOf(racer: Racer, updates: number): { optimizer: Optimizer; schedule: Schedule } {
  const rule = raceOptimizers[racer.optimizer], plan = raceSchedules[racer.schedule];
  if (rule && plan) return { optimizer: rule(racer.rate), schedule: plan(racer.rate, updates) };
  throw new RangeError(
    `Cannot race: expected an optimizer of ${Object.keys(raceOptimizers).join(", ")} and a ` +
      `schedule of ${Object.keys(raceSchedules).join(", ")}, got ${JSON.stringify(racer)}`,
  );
}
