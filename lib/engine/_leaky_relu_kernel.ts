import type { TensorInfo } from "@tensorflow/tfjs";
import type { Machine } from "./_machine.ts";
import { replaceKernel } from "./_replace_kernel.ts";

/** Takes over TensorFlow.js's leaky ReLU on the wasm backend, which goes value by value. */
export function registerLeakyReluKernel({ tf, heap, kernels }: Machine): void {
  replaceKernel(tf, { name: "LeakyRelu", backend: "wasm" }, (own) => (kernel) => {
    const x = kernel.inputs.x as TensorInfo;
    if (x.dtype !== "float32") return own(kernel);
    const y = heap.tensor(x.shape);
    kernels.leakyRelu(heap.address(y), heap.address(x), y.size, Number(kernel.attrs!.alpha));
    return y;
  });
}
