import type { TensorInfo } from "@tensorflow/tfjs";
import type { Machine } from "./_machine.ts";
import type { Updates, UpdateTensors } from "./updates.ts";

function sizeOf(tensor: TensorInfo): number {
  return tensor.shape.reduce((product, n) => product * n, 1);
}

/** The learning rules of assembly/update.ts. */
export function heapUpdates({ heap, kernels }: Machine): Updates {
  /** The number of elements to update, and where those of a tensor begin. */
  const range = ({ theta, from = 0, count = sizeOf(theta) - from }: UpdateTensors) => ({
    n: count,
    at: (tensor: TensorInfo) => heap.address(tensor) + 4 * from,
  });
  return {
    sumOfSquares: (x) => kernels.sumOfSquares(heap.address(x), sizeOf(x)),
    sgd(tensors, { rate, scale }) {
      const { n, at } = range(tensors);
      kernels.addScaled(at(tensors.theta), at(tensors.gradient), n, -rate * scale);
    },
    momentum(tensors, { rate, scale, momentum, nesterov }) {
      const { n, at } = range(tensors);
      const [theta, v, g] = [tensors.theta, tensors.slots.v, tensors.gradient].map(at);
      kernels.momentumUpdate(theta, v, g, n, rate, momentum, nesterov, scale);
    },
    squares(tensors, { rate, scale, rho, weight, epsilon }) {
      const { n, at } = range(tensors);
      const [theta, G, g] = [tensors.theta, tensors.slots.G, tensors.gradient].map(at);
      kernels.squareUpdate(theta, G, g, n, rate, rho, weight, epsilon, scale);
    },
    adam(tensors, { rate, scale, beta1, beta2, epsilon, t }) {
      const { n, at } = range(tensors);
      const { theta, gradient, slots } = tensors;
      const [p, m, v, g] = [theta, slots.m, slots.v, gradient].map(at);
      const step = rate / (1 - beta1 ** t), shrink = 1 / Math.sqrt(1 - beta2 ** t);
      const shares = [beta1, 1 - beta1, beta2, 1 - beta2];
      kernels.adamUpdate(p, m, v, g, n, step, ...shares, shrink, epsilon, scale);
    },
  };
}
