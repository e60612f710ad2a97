import type { Scalar, Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import { highest } from "#lib/classify/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import {
  type Epoch,
  type HasParameters,
  Linear,
  type LossContext,
  type NamedVariables,
  type Trainable,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Cell } from "../recurrent_layer.ts";
import { RecurrentStack } from "../recurrent_stack.ts";
import type { LongRangeBatch, LongRangeTask } from "./long_range_task.ts";

/** What a {@linkcode LastStateNetwork} is. */
export interface LastStateOptions {
  /** What happens at a time step. */
  cell: Cell;
  /** What is to be learned. */
  task: LongRangeTask;
  /** H. */
  units: number;
  /** What gates keep at the start: see {@linkcode RecurrentLayerOptions.forgetBias}. @default {0} */
  forgetBias?: number;
  /** Where the draws come from. */
  random: Random;
}

/** How well a {@linkcode LastStateNetwork} does. */
export interface LongRangeScore {
  /** Mean loss: −log P or squared error. */
  loss: number;
  /**
   * The share of right answers: of classes the likeliest (the first of equal ones), of numbers
   * those within 0.04.
   */
  accuracy: number;
}

/** Farthest from the sum that still counts as right, after Hochreiter and Schmidhuber 1997. */
const CLOSE = 0.04;
const NOT_TRAINING = { training: false, random: () => 0 };

/** One recurrent layer that reads a sequence, and an answer from its last state h⁽ᵀ⁾ alone. */
export class LastStateNetwork implements Trainable<LongRangeBatch>, HasParameters {
  /** Where the network computes. */
  readonly engine: Engine;
  /** Those of the layer, U and b2. */
  readonly parameters: NamedVariables;
  readonly #task: LongRangeTask;
  readonly #stack: RecurrentStack;
  readonly #output: Linear;

  /** Draws new weights. */
  constructor(engine: Engine, options: LastStateOptions) {
    const { cell, task, units, forgetBias, random } = options;
    this.engine = engine;
    this.#task = task;
    this.#stack = new RecurrentStack(engine, {
      ...{ cell, inputs: task.inputs, units, forgetBias, random },
    });
    this.#output = new Linear(engine, { inputs: units, outputs: task.outputs, random });
    const { W: U, b: b2 } = this.#output.parameters;
    this.parameters = { ...this.#stack.parameters, U, b2 };
  }

  /** So many batches of new sequences: an epoch. */
  batches(options: { steps: number; batchSize: number; batches: number }): Epoch<LongRangeBatch> {
    const task = this.#task;
    return function* (random) {
      for (let i = 0; i < options.batches; i++) yield task.draw({ ...options, random });
    };
  }

  /** J: the mean of −log P(class), nats, or of squared errors. */
  loss(batch: LongRangeBatch, context: LossContext): Scalar {
    return this.#lossOf(this.#inputs(batch), batch.targets, context);
  }

  /** Sequences in a batch. */
  tokens({ targets }: LongRangeBatch): number {
    return targets.length;
  }

  /** How well the network does on a batch. */
  score(batch: LongRangeBatch): LongRangeScore {
    const { tf, values } = this.engine, { outputs } = this.#task, { targets } = batch;
    let loss = NaN, answers = new Float32Array(0);
    tf.tidy(() => {
      loss = values(this.loss(batch, NOT_TRAINING))[0];
      answers = values(this.#answers(this.#inputs(batch), NOT_TRAINING)).slice();
    });
    const likeliest = highest(answers, outputs);
    const isRight = (target: number, b: number) =>
      outputs === 1 ? Math.abs(answers[b] - target) < CLOSE : likeliest[b] === target;
    return { loss, accuracy: targets.filter(isRight).length / targets.length };
  }

  /** ‖∂J/∂x⁽ᵗ⁾‖ over all sequences for t = 1 … T: how much of the loss reaches each step. */
  gradientNorms(batch: LongRangeBatch): number[] {
    const { tf, values } = this.engine, { steps } = batch;
    let gradient = new Float32Array(0);
    tf.tidy(() => {
      const J = (x: Tensor) => this.#lossOf(x as Tensor3D, batch.targets, NOT_TRAINING);
      gradient = values(tf.grad(J)(this.#inputs(batch))).slice();
    });
    const size = gradient.length / steps;
    return Array.from(
      { length: steps },
      (_, t) => Math.hypot(...gradient.subarray(t * size, (t + 1) * size)),
    );
  }

  #inputs({ steps, inputs, targets }: LongRangeBatch): Tensor3D {
    return this.engine.tf.tensor3d(inputs, [steps, targets.length, this.#task.inputs]);
  }

  #lossOf(x: Tensor3D, targets: Float32Array, context: LossContext): Scalar {
    const { tf, operations } = this.engine;
    const answers = this.#answers(x, context);
    if (this.#task.outputs > 1) {
      return operations.crossEntropy(answers, tf.tensor1d(Int32Array.from(targets), "int32"));
    }
    return tf.mean(tf.square(tf.sub(answers, tf.tensor2d(targets, [targets.length, 1]))));
  }

  /** U h⁽ᵀ⁾ + b₂, shape [B, outputs]. */
  #answers(x: Tensor3D, context: LossContext): Tensor2D {
    return this.#output.apply(this.#stack.run(x, context).last[0].h);
  }

  /** Frees the parameters. */
  dispose(): void {
    this.#stack.dispose();
    this.#output.dispose();
  }
}
