import type { GradSaveFunc, Tensor } from "@tensorflow/tfjs";
import type { Machine } from "./_machine.ts";

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

/**
 * A list for TensorFlow.js to save. It would clone each tensor, which is a kernel call and a step
 * of the tape that gradients of first order do not need: mapping gives tensors of the same memory.
 */
function withoutClones({ tf, heap }: Machine, tensors: readonly Tensor[]): Tensor[] {
  const map = () => tensors.map((tensor) => tf.keep(heap.share(tensor)));
  return Object.assign([...tensors], { map }) as Tensor[];
}

/** Makes TensorFlow.js's automatic differentiation go through a computation on the heap. */
export function differentiable<T extends Tensor>(
  machine: Machine,
  inputs: readonly Tensor[],
  forward: () => WithGradient<T>,
): T {
  return machine.tf.customGrad<T>((...args) => {
    const save = args.at(-1) as GradSaveFunc;
    const { value, saved, gradient } = forward();
    save(withoutClones(machine, saved.filter((tensor) => !isVariable(tensor))));
    const gradFunc = (dy: T, shared: Tensor[]) => {
      let next = 0;
      return gradient(dy, saved.map((t) => isVariable(t) ? t : shared[next++]));
    };
    return { value, gradFunc };
  })(...inputs);
}
