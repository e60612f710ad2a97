import type { TensorInfo } from "@tensorflow/tfjs";
import { registerCpuKernels } from "./_cpu_kernels.ts";
import { registerGradients } from "./_gradients.ts";
import { fusedOperations } from "./_fused_operations.ts";
import { Heap } from "./_heap.ts";
import type { TensorFlow } from "./tensorflow.ts";
import { heapUpdates } from "./_heap_updates.ts";
import { registerConvolutionKernels } from "./_convolution_kernels.ts";
import { registerIdentityKernel } from "./_identity_kernel.ts";
import { loadKernels } from "./_kernels.ts";
import type { Machine } from "./_machine.ts";
import { registerLeakyReluKernel } from "./_leaky_relu_kernel.ts";
import { registerMatrixKernels } from "./_matrix_kernels.ts";
import { multiplyArrays, multiplyOnHeap } from "./_multiply_into.ts";
import { registerMissingKernels } from "./_missing_kernels.ts";
import { findNativeProvider, type NativeSearch } from "./_native_product.ts";
import type { ProductProvider } from "./_product.ts";
import { variable } from "./_variable.ts";
import { wasmProvider } from "./_wasm_product.ts";
import { webgpuEngine } from "./_webgpu_engine.ts";
import { refuseDisposed } from "./_refuse_disposed.ts";
import type { Operations } from "./operations.ts";
import { plainOperations } from "./plain_operations.ts";
import type { Updates } from "./updates.ts";

/**
 * Who does the arithmetic: `native` is a BLAS library of the system on the memory of the wasm
 * backend, `wasm` our own kernels on it, `cpu` plain JavaScript. `webgpu` is TensorFlow.js's own
 * backend with the plain operations: for products and gradients whose results are awaited
 * (`await tensor.data()`), not for `train()`, which reads the loss at each step.
 */
export type EngineKind = "native" | "wasm" | "cpu" | "webgpu";

const KINDS: readonly EngineKind[] = ["native", "wasm", "cpu", "webgpu"];

/** What to use. */
export interface EngineOptions {
  /**
   * The kind to use if it is there.
   *
   * @default {the variable LECTURE_ENGINE, else the first of native, wasm, cpu that works}
   */
  prefer?: EngineKind;
  /**
   * Threads that large native products may use; results then differ in the last bits.
   * @default {1}
   */
  threads?: number;
}

/** TensorFlow.js, set up, with the operations of this library. */
export interface Engine {
  /** Who does the arithmetic. */
  readonly kind: EngineKind;
  /** What was picked and why, in one line. */
  readonly description: string;
  /** TensorFlow.js's core: tensors, variables, `tidy`, automatic differentiation. */
  readonly tf: TensorFlow;
  /** The operations networks spend their time in. */
  readonly operations: Operations;
  /** Learning rules in place on the heap; the `cpu` engine has none. */
  readonly updates?: Updates;
  /**
   * A float32 tensor's own values: what is written here is in the tensor. Not to be kept: on the
   * wasm heap the view ends with the next allocation.
   */
  values(tensor: TensorInfo): Float32Array;
  /**
   * C = A B into a tensor that is there: the product and nothing else, with no new tensor and no
   * gradient. What is left of a call's overhead counts where products are many and small.
   *
   * @param out C, shape [m, n], neither A nor B
   * @param factors A, shape [m, k], and B, shape [k, n]
   * @throws {RangeError} if the shapes do not fit, or a factor is not float32
   */
  multiplyInto(out: TensorInfo, factors: { a: TensorInfo; b: TensorInfo }): void;
}

/** What one process has set up; TensorFlow.js itself is as global. */
interface Setup {
  readonly tf: TensorFlow;
  machine?: Promise<Machine>;
  own?: ProductProvider;
  native?: NativeSearch;
  current?: Engine;
}

let setup: Promise<Setup> | undefined;

async function loadTensorFlow(): Promise<Setup> {
  const tf = await import("@tensorflow/tfjs");
  registerGradients(tf);
  refuseDisposed(tf);
  return { tf };
}

/** Starts the wasm backend once and puts our kernels into it. */
async function startWasm(state: Setup): Promise<Machine> {
  const { tf } = state;
  await import("@tensorflow/tfjs-backend-wasm");
  if (!await tf.setBackend("wasm")) throw new Error("TensorFlow.js's wasm backend did not start");
  const heap = new Heap(tf);
  const kernels = await loadKernels(heap.memory);
  const machine = { tf, heap, kernels, provider: wasmProvider(heap, kernels) };
  registerConvolutionKernels(machine);
  registerIdentityKernel(machine);
  registerLeakyReluKernel(machine);
  registerMatrixKernels(machine);
  registerMissingKernels(machine);
  return machine;
}

async function wasmEngine(state: Setup, machine: Machine, prefer?: EngineKind): Promise<Engine> {
  const { tf } = state;
  await tf.setBackend("wasm");
  const own = state.own ??= machine.provider;
  const native = prefer === "wasm"
    ? { reason: "asked for" }
    : state.native ??= findNativeProvider(machine.heap, own);
  machine.provider = native.provider ?? own;
  const kind = native.provider ? "native" : "wasm";
  const why = native.provider ? "" : ` (${native.reason})`;
  return {
    kind,
    description: `${kind}: matrix products by ${machine.provider.name}${why}`,
    tf,
    operations: fusedOperations(machine),
    updates: heapUpdates(machine),
    values: (tensor) => machine.heap.values(tensor),
    multiplyInto: (out, factors) => multiplyOnHeap(machine, out, factors),
  };
}

async function cpuEngine({ tf }: Setup, reason: string): Promise<Engine> {
  await tf.setBackend("cpu");
  registerCpuKernels(tf);
  (tf.backend() as unknown as { firstUse: boolean }).firstUse = false; // it would print an advert
  const values = (tensor: TensorInfo) => tf.backend().readSync(tensor.dataId) as Float32Array;
  return {
    kind: "cpu",
    description: `cpu: plain JavaScript, slow (${reason})`,
    tf,
    operations: plainOperations(tf),
    values,
    multiplyInto: (out, factors) => multiplyArrays(values, out, factors),
  };
}

async function start(state: Setup, prefer?: EngineKind): Promise<Engine> {
  if (prefer === "cpu") return await cpuEngine(state, "asked for");
  if (prefer === "webgpu") {
    const found = await webgpuEngine(state.tf);
    if (found) return found;
    const other = await start(state);
    return { ...other, description: `${other.description} (webgpu has no adapter)` };
  }
  let machine: Machine;
  try {
    machine = await (state.machine ??= startWasm(state));
  } catch (error) {
    if (prefer) throw error;
    return await cpuEngine(state, `wasm did not start: ${(error as Error).message}`);
  }
  return await wasmEngine(state, machine, prefer);
}

/** What `LECTURE_ENGINE` asks for, such as `wasm`, whose results are the same on every machine. */
function kindOfVariable(): EngineKind | undefined {
  const wanted = variable("LECTURE_ENGINE"), kind = KINDS.find((each) => each === wanted);
  if (wanted === undefined || kind) return kind;
  throw new Error(
    `Cannot use LECTURE_ENGINE: expected one of ${KINDS.join(", ")}, got "${wanted}"`,
  );
}

/**
 * Sets TensorFlow.js up, once a process, and picks who does the arithmetic. Asked again without a
 * preference it returns the engine in use; with another preference it switches, and tensors made
 * before move along when they are used.
 *
 * @throws {Error} if the engine preferred cannot start at all, the library that the variable
 * `LECTURE_BLAS` names cannot be used, or `LECTURE_ENGINE` names no engine
 *
 * @example
 * ```ts
 * import { engine } from "#lib/engine/mod.ts";
 *
 * const { tf, kind } = await engine();
 * const product = tf.matMul([[1, 2]], [[3], [4]]);
 * console.log(kind, product.dataSync()[0]); // 11
 * product.dispose();
 * ```
 */
export async function engine({ prefer, threads }: EngineOptions = {}): Promise<Engine> {
  const state = await (setup ??= loadTensorFlow());
  if (!state.current || (prefer && state.current.kind !== prefer)) {
    state.current = await start(state, prefer ?? kindOfVariable());
  }
  if (threads) (await state.machine)?.provider.setThreads?.(threads);
  return state.current;
}

/**
 * What {@linkcode engine} picked and why, in one line.
 *
 * @throws {Error} if no engine was set up yet
 */
export async function describeEngine(): Promise<string> {
  const current = (await setup)?.current;
  if (current) return current.description;
  throw new Error("Cannot describe the engine: none is set up yet (await engine() first)");
}
