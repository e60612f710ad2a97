import type { Scalar } from "@tensorflow/tfjs";
import type { Random, SeededRandom } from "#lib/random/mod.ts";
import type { L2Options } from "./losses.ts";
import type { Optimizer, OptimizerState } from "./optimizer.ts";
import type { OnEngine } from "./parameter.ts";
import type { Replicas } from "./replicas.ts";
import type { Schedule } from "./schedules.ts";

/** What a model's loss may need besides the batch. */
export interface LossContext {
  /** Whether parameters are being trained: dropout is on. */
  training: boolean;
  /** Where masks come from. */
  random: Random;
  /** η as a share of the optimizer's: for parts that learn by a rule of their own. @default {1} */
  rateShare?: number;
}

/** A model that {@linkcode train} can train. */
export interface Trainable<Batch> extends OnEngine {
  /** J of a batch, differentiable, in nats where it is a likelihood; called inside `tidy`. */
  loss(batch: Batch, context: LossContext): Scalar;
  /** How many predictions a batch holds, for the speed in reports. */
  tokens?(batch: Batch): number;
  /** Cuts a batch into so many shares of plain data, for `replicas`; shares may be empty. */
  split?(batch: Batch, shares: number): Batch[];
}

/** How {@linkcode train} trains. */
export interface TrainOptions<Batch> {
  /** The learning rule. */
  optimizer: Optimizer;
  /** η of each moment; the optimizer's own rate is then above 0. @default {that rate, always} */
  schedule?: Schedule;
  /** Passes over the data, 0 or more; may be Infinity. @default {1} */
  epochs?: number;
  /** Gradients are clipped to this global norm, above 0. @default {not clipped} */
  clipNorm?: number;
  /** Adds λ Σ θ² to the objective. @default {nothing} */
  l2?: L2Options;
  /**
   * Names of embedding matrices of which only the rows present in the batch are updated (with Adam
   * this is SparseAdam); a row is present if one of its derivatives is not 0. @default {none}
   */
  sparse?: readonly string[];
  /** The order of batches and all masks come from here; its state is saved and restored. */
  random: SeededRandom;
  /** Measures the model after each epoch, less is better; the best parameters are kept. */
  evaluate?(model: Trainable<Batch>): number | Promise<number>;
  /** Stops after this many epochs without improvement, which `evaluate` tells. @default {never} */
  patience?: number;
  /**
   * A report comes after so many updates, and at the end of an epoch if there is `evaluate` or an
   * update was not yet reported. @default {1}
   */
  reportEvery?: number;
  /** Where to go on, from {@linkcode TrainingReport.state}. @default {the beginning} */
  resume?: TrainingState;
  /**
   * Workers that take their share of each batch; the model must then be able to `split` batches.
   * @default {none}
   */
  replicas?: Replicas;
}

/** How training goes; what an {@linkcode train} loop gets. */
export interface TrainingReport {
  /** Epochs complete, with the part of the present one unknown: from 0. */
  epoch: number;
  /** Updates made. */
  step: number;
  /** Mean loss of the batches since the last report, the L2 term included. */
  loss: number;
  /** η of the last update. */
  learningRate: number;
  /** ‖g‖ of the last update, before clipping. */
  gradientNorm: number;
  /** Predictions a second since the last report, `evaluate` left out; NaN where they are not counted. */
  tokensPerSecond: number;
  /** What `evaluate` returned; only at the end of an epoch. */
  validation?: number;
  /**
   * Everything needed to go on from here, copied at the time of the call.
   *
   * @throws {Error} if the training is over: it is to be called inside the loop
   */
  state(): TrainingState;
}

/** Where training stands: numbers, arrays and nothing else. */
export interface TrainingState {
  /** Epochs complete. */
  epoch: number;
  /** Batches of the present epoch that are done. */
  batch: number;
  /** Updates made. */
  step: number;
  /** θ under its names. */
  parameters: Record<string, Float32Array>;
  /** The optimizer's accumulators. */
  optimizer: OptimizerState;
  /** The random sequence now. */
  random: readonly number[];
  /** The seed of the present epoch's order. */
  order: number;
  /** What the last batch handed on to the next (see {@linkcode Epoch}); inside an epoch. */
  carried?: object;
  /** The best `evaluate` result so far, its parameters, and the epochs since. */
  best?: { validation: number; parameters: Record<string, Float32Array>; epochsSince: number };
  /** What `evaluate` returned after each epoch, for schedules that depend on it. */
  validations?: readonly number[];
}

/** Training ran away; the model's parameters are back at the last good state. */
export class DivergenceError extends Error {
  /** The name of this kind of error. */
  override readonly name = "DivergenceError";

  /** Says where, at which rate and how. */
  constructor(
    /** The number of the update that was not made, from 1. */
    readonly step: number,
    /** η of that update, the loss, and the step the parameters were put back to. */
    readonly details: { learningRate: number; loss: number; restoredStep: number },
  ) {
    const { learningRate, loss, restoredStep } = details;
    super(
      `Training diverged at step ${step} with learning rate ${learningRate}: the loss is ${loss} ` +
        `(use a smaller rate or clip gradients; the parameters of step ${restoredStep} are back)`,
    );
  }
}
