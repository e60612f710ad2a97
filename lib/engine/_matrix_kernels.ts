import type * as tfjs from "@tensorflow/tfjs";
import type { Machine } from "./_machine.ts";
import { replaceKernel } from "./_replace_kernel.ts";

/** How a product of stacks of matrices is laid out. */
export interface ProductLayout {
  /** Rows of each result. */
  m: number;
  /** Columns of each result. */
  n: number;
  /** Columns of A, rows of B. */
  k: number;
  /** The result's shape. */
  shape: number[];
  /** For each matrix of the result, which matrix of A and of B it comes from. */
  pairs: [number, number][];
}

/** What TensorFlow.js's matrix product takes besides its operands. */
export interface ProductAttributes {
  /** Whether A is given as its transpose. */
  transposeA: boolean;
  /** Whether B is given as its transpose. */
  transposeB: boolean;
}

/** Which matrix of an operand with these leading dimensions belongs to each of the result's. */
function matrixIndices(own: readonly number[], result: readonly number[]): number[] {
  let indices = [0], stride = own.reduce((product, n) => product * n, 1);
  const missing = result.length - own.length;
  result.forEach((length, axis) => {
    const ownLength = axis < missing ? 1 : own[axis - missing];
    stride /= ownLength || 1;
    const step = ownLength === 1 ? 0 : stride;
    indices = indices.flatMap((index) => Array.from({ length }, (_, i) => index + i * step));
  });
  return indices;
}

/**
 * Lays out A B for matrices, and for stacks of matrices whose leading dimensions broadcast.
 *
 * @throws {RangeError} if the shapes do not fit, a TypeError if they are not float32
 */
export function productLayout(
  { a, b }: { a: tfjs.TensorInfo; b: tfjs.TensorInfo },
  at: ProductAttributes,
): ProductLayout {
  if (a.dtype !== "float32" || b.dtype !== "float32") {
    throw new TypeError(`Cannot multiply matrices: expected float32, got ${a.dtype}, ${b.dtype}`);
  }
  const [rowsA, columnsA] = a.shape.slice(-2), [rowsB, columnsB] = b.shape.slice(-2);
  const [m, k] = at.transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [kB, n] = at.transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const rank = Math.max(batchA.length, batchB.length);
  const batch = Array.from({ length: rank }, (_, i) => {
    const [x, y] = [batchA.at(i - rank) ?? 1, batchB.at(i - rank) ?? 1];
    return x === 1 ? y : x;
  });
  const fits = (own: readonly number[]) =>
    own.every((length, i) => length === 1 || length === batch[i + rank - own.length]);
  if (k !== kB || !fits(batchA) || !fits(batchB)) {
    throw new RangeError(
      `Cannot multiply [${a.shape}]${at.transposeA ? "ᵀ" : ""} by ` +
        `[${b.shape}]${at.transposeB ? "ᵀ" : ""}: the shapes do not fit`,
    );
  }
  const fromB = matrixIndices(batchB, batch);
  const pairs = matrixIndices(batchA, batch).map((i, p): [number, number] => [i, fromB[p]]);
  return { m, n, k, shape: [...batch, m, n], pairs };
}

function multiply(
  machine: Machine,
  { a, b }: { a: tfjs.TensorInfo; b: tfjs.TensorInfo },
  attributes: ProductAttributes,
): tfjs.Tensor {
  const { m, n, k, shape, pairs } = productLayout({ a, b }, attributes);
  const { heap, provider } = machine;
  const out = heap.tensor(shape);
  const [A, B, C] = [heap.address(a), heap.address(b), heap.address(out)];
  pairs.forEach(([i, j], p) => {
    const at = { a: A + 4 * i * m * k, b: B + 4 * j * k * n, c: C + 4 * p * m * n };
    provider.product({ m, n, k, ...at, ...attributes });
  });
  return out;
}

/** Takes over TensorFlow.js's matrix products on the wasm backend. */
export function registerMatrixKernels(machine: Machine): void {
  const { tf } = machine;
  type Inputs = Record<"a" | "b" | "bias" | "preluActivationWeights", tfjs.Tensor>;
  const replace = (name: string, kernel: tfjs.KernelFunc) =>
    replaceKernel(tf, { name, backend: "wasm" }, () => kernel);
  replace(
    "BatchMatMul",
    ({ inputs, attrs }) =>
      multiply(machine, inputs as Inputs, attrs as unknown as ProductAttributes),
  );
  replace("_FusedMatMul", ({ inputs, attrs }) => {
    const { bias, preluActivationWeights } = inputs as Inputs;
    const { activation, leakyreluAlpha } = attrs as Record<string, unknown>;
    return tf.tidy(() => {
      const product = multiply(machine, inputs as Inputs, attrs as unknown as ProductAttributes);
      const z = bias ? tf.add(product, bias) : product;
      if (activation === "prelu") return tf.prelu(z, preluActivationWeights);
      if (activation === "leakyrelu") return tf.leakyRelu(z, leakyreluAlpha as number);
      if (!activation || activation === "linear") return z;
      return tf[activation as "relu" | "relu6" | "elu" | "sigmoid"](z);
    });
  });
}
