import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";

/** Sequences of unequal length, each filled up at its end. */
export interface Lengths {
  /** T, time steps of the longest. */
  steps: number;
  /** Time steps of each example, shape [B]. */
  lengths: readonly number[];
}

/** Throws unless there is one length an example, each from 1 to T. */
export function checkLengths([steps, batch]: readonly number[], lengths: readonly number[]): void {
  const bad = lengths.find((n) => !(Number.isInteger(n) && n >= 1 && n <= steps));
  if (bad === undefined && lengths.length === batch) return;
  throw new RangeError(
    `Cannot use lengths: expected ${batch} whole numbers from 1 to ${steps}, got ` +
      (bad === undefined ? `${lengths.length} of them` : bad),
  );
}

/** Rows of x [T, B, D] by time step and example, t · B + b; [N, D]. */
function rowsAt({ tf, operations }: Engine, x: Tensor3D, at: Int32Array): Tensor2D {
  const [steps, batch, width] = x.shape;
  const flat = tf.reshape(x, [steps * batch, width]);
  return operations.embed(flat, tf.tensor1d(at, "int32")) as Tensor2D;
}

/** Each example's steps in the opposite order, within its own length; padding stays where it is. */
export function reversed(engine: Engine, x: Tensor3D, { steps, lengths }: Lengths): Tensor3D {
  const batch = lengths.length;
  const at = Int32Array.from({ length: steps * batch }, (_, i) => {
    const t = Math.floor(i / batch), b = i % batch;
    return (t < lengths[b] ? lengths[b] - 1 - t : t) * batch + b;
  });
  return engine.tf.reshape(rowsAt(engine, x, at), x.shape);
}

/** Each example's own last step of x [T, B, D]: shape [B, D]. */
export function lastSteps(engine: Engine, x: Tensor3D, { lengths }: Lengths): Tensor2D {
  return rowsAt(engine, x, Int32Array.from(lengths, (n, b) => (n - 1) * lengths.length + b));
}

/** 1 where there is a time step and 0 where there is padding, shape [T, B, 1]. */
export function paddingMask({ tf }: Engine, { steps, lengths }: Lengths): Tensor3D {
  const batch = lengths.length;
  const mask = Float32Array.from(
    { length: steps * batch },
    (_, i) => Math.floor(i / batch) < lengths[i % batch] ? 1 : 0,
  );
  return tf.tensor3d(mask, [steps, batch, 1]);
}
