import type { TensorInfo } from "@tensorflow/tfjs";
import type { Machine } from "./_machine.ts";
import { replaceKernel } from "./_replace_kernel.ts";

/**
 * Takes over TensorFlow.js's `clone` on the wasm backend, which copies; automatic differentiation
 * clones all it saves. Tensors do not change, so a clone may share their memory, as on the cpu
 * backend. Variables do change, in place, and are still copied.
 */
export function registerIdentityKernel({ tf, heap }: Machine): void {
  replaceKernel(tf, { name: "Identity", backend: "wasm" }, (copy) => (kernel) => {
    const x = kernel.inputs.x as TensorInfo;
    return "trainable" in x || x.dtype === "string" ? copy(kernel) : heap.share(x);
  });
}
