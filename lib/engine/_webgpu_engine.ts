import type { Operations } from "./operations.ts";
import { plainOperations } from "./plain_operations.ts";
import type { TensorFlow } from "./tensorflow.ts";

function refuse(): never {
  throw new TypeError("Cannot reach a tensor's memory on webgpu: use await tensor.data()");
}

/** The engine of a graphics processor: memory is out of reach. */
export interface WebgpuEngine {
  readonly kind: "webgpu";
  readonly description: string;
  readonly tf: TensorFlow;
  readonly operations: Operations;
  readonly values: () => never;
  readonly multiplyInto: () => never;
}

/** TensorFlow.js on the graphics processor (or a program that acts as one), if there is one. */
export async function webgpuEngine(tf: TensorFlow): Promise<WebgpuEngine | undefined> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) return;
  await import("@tensorflow/tfjs-backend-webgpu");
  if (!await tf.setBackend("webgpu")) return;
  return {
    kind: "webgpu",
    description: `webgpu: ${adapter.info.description || adapter.info.vendor} (asked for)`,
    tf,
    operations: plainOperations(tf),
    values: refuse,
    multiplyInto: refuse,
  };
}
