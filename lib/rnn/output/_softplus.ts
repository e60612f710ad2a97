import type { Tensor } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";

/** log(1 + e^x) = −log σ(−x) as max(x, 0) + log(1 + e^−|x|), which does not overflow. */
export function softplus({ tf }: Engine, x: Tensor): Tensor {
  return tf.add(tf.relu(x), tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(x))))));
}
