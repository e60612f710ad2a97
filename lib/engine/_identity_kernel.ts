import type { TensorInfo } from "@tensorflow/tfjs";
import type { Machine } from "./_machine.ts";

/**
 * Takes over TensorFlow.js's `clone` on the wasm backend, which copies; automatic differentiation
 * clones all it saves. Tensors do not change, so a clone may share their memory, as on the cpu
 * backend. Variables do change, in place, and are still copied.
 */
export function registerIdentityKernel({ tf, heap }: Machine): void {
  const copy = tf.getKernel("Identity", "wasm").kernelFunc;
  tf.unregisterKernel("Identity", "wasm");
  tf.registerKernel({
    kernelName: "Identity",
    backendName: "wasm",
    kernelFunc: (kernel) => {
      const x = kernel.inputs.x as TensorInfo;
      return "trainable" in x || x.dtype === "string" ? copy(kernel) : heap.share(x);
    },
  });
}
