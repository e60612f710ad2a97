import type { Tensor } from "@tensorflow/tfjs";
import type { DenseActivation, Engine } from "#lib/engine/mod.ts";

/** Activations that tensors can go through; see the {@linkcode Activation}s for the formulas. */
export type TensorActivation = DenseActivation | "hardTanh" | "leakyRelu" | "swish";

/**
 * f(z) for each element of a tensor. The numbers are those of {@linkcode leakyRelu} (a = 0.01) and
 * {@linkcode swish} (β = 1).
 */
export function activateTensor<T extends Tensor>(
  { tf }: Engine,
  activation: TensorActivation,
  z: T,
): T {
  switch (activation) {
    case "identity":
      return tf.clone(z);
    case "tanh":
      return tf.tanh(z);
    case "logistic":
      return tf.sigmoid(z);
    case "relu":
      return tf.relu(z);
    case "cube":
      return tf.tidy(() => tf.mul(z, tf.mul(z, z)));
    case "hardTanh":
      return tf.clipByValue(z, -1, 1);
    case "leakyRelu":
      return tf.leakyRelu(z, 0.01);
    case "swish":
      return tf.tidy(() => tf.mul(z, tf.sigmoid(z)));
  }
}

/** Parametric ReLU with a learned slope a (a scalar, or one a unit): max(z, 0) + a · min(z, 0). */
export function parametricReluTensor({ tf }: Engine, z: Tensor, a: Tensor): Tensor {
  return tf.tidy(() => tf.add(tf.relu(z), tf.mul(a, tf.minimum(z, 0))));
}
