import type { GradSaveFunc, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "./tensorflow.ts";

/** A value and the way back from its gradient to those of the inputs, in their order. */
export interface WithGradient<T extends Tensor> {
  /** The operation's result. */
  value: T;
  /** What the way back needs; everything else is disposed by then. */
  saved: Tensor[];
  /** From ∂J/∂value and the tensors saved to the gradients of the inputs. */
  gradient(dy: T, saved: Tensor[]): Tensor | Tensor[];
}

/** Variables outlive the tape. */
function isVariable(tensor: Tensor): boolean {
  return "trainable" in tensor;
}

/** Makes TensorFlow.js's automatic differentiation go through a computation on the heap. */
export function differentiable<T extends Tensor>(
  tf: TensorFlow,
  inputs: readonly Tensor[],
  forward: () => WithGradient<T>,
): T {
  return tf.customGrad<T>((...args) => {
    const save = args.at(-1) as GradSaveFunc;
    const { value, saved, gradient } = forward();
    save(saved.filter((tensor) => !isVariable(tensor))); // each one costs a clone
    const gradFunc = (dy: T, clones: Tensor[]) => {
      let next = 0;
      return gradient(dy, saved.map((t) => isVariable(t) ? t : clones[next++]));
    };
    return { value, gradFunc };
  })(...inputs);
}
