import type { TensorInfo } from "@tensorflow/tfjs";
import type { Machine } from "./_machine.ts";

/** A product's factors: A, shape [m, k], and B, shape [k, n]. */
export interface Factors {
  /** A, float32, shape [m, k]. */
  a: TensorInfo;
  /** B, float32, shape [k, n]. */
  b: TensorInfo;
}

function checkShapes({ shape: [rows, columns] }: TensorInfo, { a, b }: Factors): void {
  const [m, k] = a.shape, [kB, n] = b.shape;
  const isFit = k === kB && rows === m && columns === n && a.shape.length === 2;
  if (!isFit || a.dtype !== "float32" || b.dtype !== "float32") {
    throw new RangeError(
      `Cannot multiply ${a.dtype} [${a.shape}] by ${b.dtype} [${b.shape}] into ` +
        `[${rows}, ${columns}]: expected float32 [m, k], [k, n] and [m, n]`,
    );
  }
}

/** C = A B on the heap. */
export function multiplyOnHeap({ heap, provider }: Machine, out: TensorInfo, factors: Factors) {
  checkShapes(out, factors);
  const { a, b } = factors, [m, k] = a.shape, n = b.shape[1];
  const [A, B, C] = [heap.address(a), heap.address(b), heap.address(out)];
  provider.product({ m, n, k, a: A, b: B, c: C });
}

/** C = A B in plain loops, on the tensors' own arrays. */
export function multiplyArrays(
  values: (tensor: TensorInfo) => Float32Array,
  out: TensorInfo,
  factors: Factors,
): void {
  checkShapes(out, factors);
  const [m, k] = factors.a.shape, n = factors.b.shape[1];
  const [A, B, C] = [factors.a, factors.b, out].map(values);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += A[i * k + l] * B[l * n + j];
      C[i * n + j] = sum;
    }
  }
}
