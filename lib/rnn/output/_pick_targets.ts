import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";

/**
 * matrix[i, targets[i]] for each row i; 0 where the target is −1.
 *
 * @param matrix shape [N, V]
 * @param targets int32, shape [N]
 */
export function pickTargets({ tf }: Engine, matrix: Tensor, targets: Tensor): Tensor1D {
  const [rows, columns] = matrix.shape;
  const places = targets.dataSync().map((target, i) => i * columns + Math.max(target, 0));
  const found = tf.gather(tf.reshape(matrix, [rows * columns]), tf.tensor1d(places, "int32"));
  return tf.where(tf.greaterEqual(targets, 0), found, tf.zerosLike(found)) as Tensor1D;
}
