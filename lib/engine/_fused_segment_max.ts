import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import { expectShape, expectStarts } from "./_checks.ts";
import { differentiable } from "./_differentiable.ts";
import type { Machine } from "./_machine.ts";

/** See {@linkcode Operations.segmentMax}. */
export function segmentMax(machine: Machine, z: Tensor, starts: readonly number[]): Tensor2D {
  const { tf, heap, kernels } = machine;
  expectShape("z", z, [-1, -1]);
  expectStarts(starts, z.shape[0]);
  const segments = starts.length - 1, width = z.shape[1]!;
  return differentiable<Tensor2D>(machine, [z], () => {
    const value = heap.tensor([segments, width]) as Tensor2D, at = heap.tensor([segments, width]);
    const first = tf.tensor1d([...starts], "int32");
    const [from, begin, to, places] = [z, first, value, at].map((t) => heap.address(t));
    kernels.segmentMax(from, begin, to, places, segments, width);
    const gradient = (dy: Tensor, [at]: Tensor[]) => {
      const dz = heap.zeros(z.shape);
      const [up, places, down] = [dy, at, dz].map((t) => heap.address(t));
      kernels.segmentMaxBackward(up, places, down, segments, width);
      return dz;
    };
    return { value, saved: [at], gradient };
  });
}
