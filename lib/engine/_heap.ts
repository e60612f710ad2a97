import type * as tfjs from "@tensorflow/tfjs";
import type { TensorFlow } from "./tensorflow.ts";

/** What the heap uses of the emscripten module inside the wasm backend. */
interface WasmModule {
  asm: {
    memory: WebAssembly.Memory;
    malloc(bytes: number): number;
    free(address: number): void;
  };
  HEAPU32: Uint32Array;
  _malloc(bytes: number): number;
  _free(address: number | null): void;
}

/** What the heap uses of TensorFlow.js's wasm backend. */
interface WasmBackend {
  wasm: WasmModule;
  dataIdMap: { get(dataId: object): { memoryOffset: number } };
  incRef(dataId: object): void;
  makeOutput(shape: readonly number[], dtype: string): tfjs.TensorInfo;
}

const ALIGNMENT = 64; // bytes: one cache line, and what AVX-512 likes

/**
 * The memory of TensorFlow.js's wasm backend, where all tensors live: their addresses, views of
 * their values, and new tensors.
 */
export class Heap {
  /** The memory itself; it grows, so views of it do not last. */
  readonly memory: WebAssembly.Memory;
  readonly #tf: TensorFlow;
  readonly #backend: WasmBackend;

  /** Takes over the allocation of the wasm backend, which must be the active one. */
  constructor(tf: TensorFlow) {
    this.#tf = tf;
    this.#backend = tf.backend() as unknown as WasmBackend;
    this.memory = this.#backend.wasm.asm.memory;
    guardAllocation(this.#backend.wasm);
  }

  /** Where a tensor's values begin, in bytes from the start of the memory. */
  address(tensor: tfjs.TensorInfo): number {
    return this.#backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A new float32 tensor with undefined values; `tidy` disposes it like any other. */
  tensor(shape: readonly number[]): tfjs.Tensor {
    const info = this.#backend.makeOutput([...shape], "float32");
    return this.#tf.engine().makeTensorFromTensorInfo(info);
  }

  /** A new float32 tensor of zeros. */
  zeros(shape: readonly number[]): tfjs.Tensor {
    const tensor = this.tensor(shape);
    this.values(tensor).fill(0);
    return tensor;
  }

  /** One more tensor of the same memory, which is freed with the last of them. */
  share(tensor: tfjs.TensorInfo): tfjs.Tensor {
    this.#backend.incRef(tensor.dataId);
    return this.#tf.engine().makeTensorFromTensorInfo(tensor);
  }

  /** A tensor's own values, to read and write, until the next allocation. */
  values(tensor: tfjs.TensorInfo): Float32Array {
    const size = tensor.shape.reduce((product, n) => product * n, 1);
    return new Float32Array(this.memory.buffer, this.address(tensor), size);
  }

  /** The address of so many bytes, until {@linkcode release}. */
  reserve(bytes: number): number {
    return this.#backend.wasm._malloc(bytes);
  }

  /** Gives back what {@linkcode reserve} returned. */
  release(address: number): void {
    this.#backend.wasm._free(address);
  }
}

/**
 * Aligns allocations to cache lines and makes a failed one throw. TensorFlow.js does not look: at
 * the limit of 4 GB `malloc` returns 0 and the new tensor overlaps the start of the memory.
 */
function guardAllocation(wasm: WasmModule): void {
  const { malloc, free } = wasm.asm; // wasm._malloc puts itself back when it is first called
  wasm._malloc = (bytes) => {
    const start = malloc(bytes + 2 * ALIGNMENT) >>> 0;
    if (start === 0) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes for a tensor: the wasm heap (4 GB at most) is full ` +
          "(dispose tensors, wrap steps in tidy(), or use smaller batches)",
      );
    }
    const aligned = start + ALIGNMENT - (start % ALIGNMENT); // at least 8 bytes after the start
    wasm.HEAPU32[aligned / 4 - 1] = start;
    return aligned;
  };
  wasm._free = (address) => {
    if (address) free(wasm.HEAPU32[address / 4 - 1]);
  };
}
