import type { GradSaveFunc, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "./tensorflow.ts";

/** A value and the way back from its gradient to those of the inputs, in their order. */
export interface WithGradient<T extends Tensor> {
  /** The operation's result. */
  value: T;
  /** Gets ∂J/∂value and the tensors saved; may use no other tensors, they are disposed by then. */
  gradFunc(dy: T, saved: Tensor[]): Tensor | Tensor[];
}

/** Makes TensorFlow.js's automatic differentiation go through a computation on the heap. */
export function differentiable<T extends Tensor>(
  tf: TensorFlow,
  inputs: readonly Tensor[],
  forward: (save: GradSaveFunc) => WithGradient<T>,
): T {
  return tf.customGrad<T>((...args) => forward(args.at(-1) as GradSaveFunc))(...inputs);
}
