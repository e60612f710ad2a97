import type { TensorInfo } from "@tensorflow/tfjs";
import type { Machine } from "./_machine.ts";

/** Takes over TensorFlow.js's leaky ReLU on the wasm backend, which goes value by value. */
export function registerLeakyReluKernel({ tf, heap, kernels }: Machine): void {
  const other = tf.getKernel("LeakyRelu", "wasm").kernelFunc;
  tf.unregisterKernel("LeakyRelu", "wasm");
  tf.registerKernel({
    kernelName: "LeakyRelu",
    backendName: "wasm",
    kernelFunc: (kernel) => {
      const x = kernel.inputs.x as TensorInfo;
      if (x.dtype !== "float32") return other(kernel);
      const y = heap.tensor(x.shape);
      kernels.leakyRelu(heap.address(y), heap.address(x), y.size, Number(kernel.attrs!.alpha));
      return y;
    },
  });
}
