import type { Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { dropout, type DropoutOptions } from "#lib/nn/mod.ts";

/**
 * Dropout with one mask an example for all its time steps (Gal and Ghahramani 2016).
 *
 * @param x shape [T, B, D]
 * @throws {RangeError} if the rate is not in [0, 1)
 */
export function variationalDropout(
  engine: Engine,
  x: Tensor3D,
  options: DropoutOptions,
): Tensor3D {
  const { tf } = engine;
  const [, batch, width] = x.shape;
  return tf.tidy(() => tf.mul(x, dropout(engine, tf.ones([1, batch, width]), options)));
}
