import type { KernelFunc } from "@tensorflow/tfjs";
import type { TensorFlow } from "./tensorflow.ts";

/**
 * Puts a kernel in the place of TensorFlow.js's own.
 *
 * @param make the new one; it may call the one that was there
 */
export function replaceKernel(
  tf: TensorFlow,
  { name, backend }: { name: string; backend: "wasm" | "cpu" },
  make: (own: KernelFunc) => KernelFunc,
): void {
  const own = tf.getKernel(name, backend).kernelFunc;
  tf.unregisterKernel(name, backend);
  tf.registerKernel({ kernelName: name, backendName: backend, kernelFunc: make(own) });
}
