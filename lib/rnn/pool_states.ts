import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { checkLengths, lastSteps } from "./_lengths.ts";

/**
 * How the states of a sentence become one vector: the state after the last word (in two directions:
 * that of each after all words), or the largest or mean value of each unit over all words.
 */
export type Pooling = "final" | "max" | "mean";

const POOLINGS: readonly Pooling[] = ["final", "max", "mean"];

/**
 * Makes sure that there is such a way.
 *
 * @throws {TypeError} if there is not
 */
export function checkPooling(pooling: Pooling): void {
  if (POOLINGS.includes(pooling)) return;
  throw new TypeError(
    `Cannot pool states: expected one of ${POOLINGS.join(", ")}, got "${pooling}"`,
  );
}

/** What {@linkcode poolStates} is told. */
export interface PoolOptions {
  /** Which way. */
  pooling: Pooling;
  /** Words of each sentence, shape [B]; what comes after is padding and never counts. */
  lengths: readonly number[];
  /** Whether the second half of each state comes from reading from the end. */
  bidirectional: boolean;
}

/**
 * A vector for each sentence (lecture, "RNNs can be used for sentence classification": "Basic way:
 * use final hidden state. Usually better: take element-wise max or mean of all hidden states").
 * Differentiable; of the maximum, only the step where a unit was largest (the first, of equal ones)
 * gets its gradient.
 *
 * @param states h⁽¹⁾ … h⁽ᵀ⁾, shape [T, B, H], 0 at padding
 * @returns shape [B, H]
 * @throws {TypeError} if there is no such way
 * @throws {RangeError} if there is not one length a sentence, each from 1 to T
 */
export function poolStates(engine: Engine, states: Tensor3D, options: PoolOptions): Tensor2D {
  const { tf } = engine;
  const { pooling, lengths, bidirectional } = options;
  checkPooling(pooling);
  checkLengths(states.shape, lengths);
  if (pooling === "max") return largest(engine, states, lengths);
  if (pooling === "mean") {
    return tf.div(tf.sum(states, 0), tf.tensor2d([...lengths], [lengths.length, 1])) as Tensor2D;
  }
  const within = { steps: states.shape[0], lengths };
  if (!bidirectional) return lastSteps(engine, states, within);
  const [forth, back] = tf.split<Tensor3D>(states, 2, 2);
  const first = tf.slice(back, [0, 0, 0], [1, -1, -1]);
  return tf.concat([lastSteps(engine, forth, within), tf.squeeze(first, [0])], 1) as Tensor2D;
}

/** max_t h⁽ᵗ⁾ of each unit over its sentence's own steps. */
function largest(
  { tf, operations, values }: Engine,
  states: Tensor3D,
  lengths: readonly number[],
): Tensor2D {
  const [steps, batch, width] = states.shape, row = batch * width;
  const h = values(states), at = Int32Array.from({ length: row }, (_, i) => i);
  for (let t = 1; t < steps; t++) {
    for (let b = 0; b < batch; b++) {
      if (t >= lengths[b]) continue;
      for (let i = b * width; i < (b + 1) * width; i++) {
        if (h[t * row + i] > h[at[i]]) at[i] = t * row + i;
      }
    }
  }
  const each = tf.reshape(states, [steps * row, 1]);
  const chosen = operations.embed(each, tf.tensor1d(at, "int32"));
  return tf.reshape(chosen, [batch, width]);
}
