import type * as tfjs from "@tensorflow/tfjs";
import { type ProductAttributes, productLayout } from "./_matrix_kernels.ts";
import { replaceKernel } from "./_replace_kernel.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** What the product uses of TensorFlow.js's cpu backend. */
interface CpuBackend {
  readSync(dataId: object): Float32Array;
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tfjs.TensorInfo;
}

/**
 * A matrix product for the cpu backend: TensorFlow.js's own gives wrong results where both stacks
 * broadcast ([2, 1] against [3]).
 */
function multiply(
  backend: CpuBackend,
  { a, b }: { a: tfjs.TensorInfo; b: tfjs.TensorInfo },
  attributes: ProductAttributes,
): tfjs.TensorInfo {
  const { m, n, k, shape, pairs } = productLayout({ a, b }, attributes);
  const [A, B] = [backend.readSync(a.dataId), backend.readSync(b.dataId)];
  const C = new Float32Array(pairs.length * m * n), row = new Float64Array(n);
  const [ai, al] = attributes.transposeA ? [1, m] : [k, 1];
  const [bl, bj] = attributes.transposeB ? [1, k] : [n, 1];
  pairs.forEach(([matrixA, matrixB], p) => {
    for (let i = 0; i < m; i++) {
      row.fill(0);
      for (let l = 0; l < k; l++) {
        const x = A[matrixA * m * k + i * ai + l * al];
        for (let j = 0; j < n; j++) row[j] += x * B[matrixB * k * n + l * bl + j * bj];
      }
      C.set(row, (p * m + i) * n);
    }
  });
  return backend.makeTensorInfo(shape, "float32", C);
}

/** Takes over TensorFlow.js's matrix product on the cpu backend. */
export function registerCpuKernels(tf: TensorFlow): void {
  replaceKernel(
    tf,
    { name: "BatchMatMul", backend: "cpu" },
    () => ({ inputs, attrs, backend }) =>
      multiply(
        backend as unknown as CpuBackend,
        inputs as { a: tfjs.TensorInfo; b: tfjs.TensorInfo },
        attrs as unknown as ProductAttributes,
      ),
  );
}
