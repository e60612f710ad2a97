import type { NamedTensorMap, Scalar } from "@tensorflow/tfjs";
import type { OnEngine } from "./parameter.ts";

/**
 * J and its gradients under TensorFlow.js's own names, to be called inside `tidy`. Where the loss
 * throws, TensorFlow.js would keep its tape and all tensors saved on it: they are freed.
 */
export function variableGradients(
  { engine: { tf }, parameters }: OnEngine,
  loss: () => Scalar,
): { value: Scalar; grads: NamedTensorMap } {
  try {
    return tf.variableGrads(loss, Object.values(parameters));
  } catch (error) {
    const { state } = tf.engine();
    for (const { saved } of state.activeTape ?? []) saved?.forEach((tensor) => tensor.dispose());
    (state as { activeTape: unknown }).activeTape = null;
    throw error;
  }
}
