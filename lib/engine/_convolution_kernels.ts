import type { NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs";
import type { Machine } from "./_machine.ts";
import { replaceKernel } from "./_replace_kernel.ts";

/** Kernels of the wasm backend whose library keeps what it made of weights, by their memory's name. */
const KERNELS = [
  ...["Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2D", "Prelu"],
] as const;

/** Their inputs that are such weights. */
const WEIGHTS = ["filter", "bias", "preluActivationWeights", "alpha"] as const;

/**
 * Hands TensorFlow.js's convolutions and parametric ReLU copies of their weights on the wasm
 * backend: variables change in place, and these kernels would go on with the first values.
 */
export function registerConvolutionKernels({ tf, heap }: Machine): void {
  const copy = (x: TensorInfo) => {
    const to = heap.tensor(x.shape);
    heap.values(to).set(heap.values(x));
    return to;
  };
  for (const name of KERNELS) {
    replaceKernel(tf, { name, backend: "wasm" }, (own) => (kernel) => {
      const copies: NamedTensorInfoMap = {};
      for (const input of WEIGHTS) {
        const weights = kernel.inputs[input] as TensorInfo | undefined;
        if (weights?.dtype === "float32") copies[input] = copy(weights);
      }
      try {
        return own({ ...kernel, inputs: { ...kernel.inputs, ...copies } });
      } finally {
        tf.dispose(copies as never);
      }
    });
  }
}
