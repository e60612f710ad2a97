import type { Heap } from "./_heap.ts";
import type { TensorFlow } from "./tensorflow.ts";
import type { Kernels } from "./_kernels.ts";
import type { ProductProvider } from "./_product.ts";

/** What the wasm and native engines compute with. */
export interface Machine {
  /** TensorFlow.js. */
  readonly tf: TensorFlow;
  /** Its wasm memory. */
  readonly heap: Heap;
  /** Our kernels on that memory. */
  readonly kernels: Kernels;
  /** Who computes matrix products now; `engine()` changes it. */
  provider: ProductProvider;
}
