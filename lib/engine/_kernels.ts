import { KERNELS_WASM } from "./_kernels_wasm.ts";

/**
 * The functions of lib/engine/assembly; arguments are described there. Addresses are byte offsets
 * into the heap the module was instantiated with.
 */
export interface Kernels {
  activateAll(kind: number, z: number, out: number, n: number): void;
  activateAllBackward(kind: number, kept: number, gradient: number, out: number, n: number): void;
  adamUpdate(theta: number, m: number, v: number, g: number, n: number, ...rest: number[]): void;
  addColumnSums(matrix: number, sums: number, rows: number, columns: number): void;
  addDirect(row: number, n: number, table: number, places: number, count: number): void;
  addScaled(y: number, x: number, n: number, alpha: number): void;
  copy(to: number, from: number, n: number): void;
  crossEntropy(
    ...[z, bias, targets, biasGradient, rows, n, scale, withGradient]: [
      ...[number, number, number, number, number, number, number, boolean],
    ]
  ): number;
  dropoutMask(out: number, n: number, seed: number, threshold: number, value: number): void;
  exponentials(y: number, x: number, n: number): void;
  fillRows(matrix: number, bias: number, rows: number, columns: number): void;
  firstBadId(ids: number, n: number, rows: number, skipped: number): number;
  firstIdBeyond(ids: number, n: number, rows: number): number;
  gatherRows(table: number, ids: number, out: number, n: number, width: number): void;
  gruGates(a: number, before: number, reset: number, rows: number, units: number): void;
  gruGatesBackward(a: number, before: number, dReset: number, ...rest: number[]): void;
  gruState(a: number, before: number, h: number, rows: number, units: number): void;
  gruStateBackward(a: number, before: number, dh: number, ...rest: number[]): void;
  initialise(): void;
  leakyRelu(y: number, x: number, n: number, slope: number): void;
  learnDirect(
    ...[gradient, n, table, squares, places, count, rate]: [
      ...[number, number, number, number, number, number, number],
    ]
  ): void;
  logSoftmaxRows(z: number, out: number, rows: number, n: number): void;
  lstmStep(z: number, before: number, c: number, tanhC: number, h: number, ...rest: number[]): void;
  lstmStepBackward(gates: number, before: number, tanhC: number, ...rest: number[]): void;
  momentumUpdate(
    ...[theta, v, g, n, rate, mu, nesterov, scale]: [
      ...[number, number, number, number, number, number, boolean, number],
    ]
  ): void;
  product(
    ...[m, n, k, a, ai, al, b, bl, bj, c, ldc, accumulate, work]: [
      ...[number, number, number, number, number, number, number, number, number, number],
      ...[number, boolean, number],
    ]
  ): void;
  productWorkspace(): number;
  scale(y: number, x: number, n: number, alpha: number): void;
  scatterAddRows(table: number, ids: number, rows: number, ...rest: number[]): void;
  scatterToRows(table: number, ids: number, rows: number, ...rest: number[]): void;
  segmentMax(z: number, starts: number, out: number, at: number, ...rest: number[]): void;
  segmentMaxBackward(dy: number, at: number, dz: number, ...rest: number[]): void;
  squareUpdate(theta: number, G: number, g: number, n: number, ...rest: number[]): void;
  sumOfSquares(x: number, n: number): number;
  sumRows(table: number, ids: number, bias: number, out: number, ...rest: number[]): void;
  zero(p: number, n: number): void;
}

/** Activations the kernels know, numbered as in assembly/elementwise.ts. */
export const ACTIVATION_KINDS = { identity: 0, tanh: 1, logistic: 2, relu: 3, cube: 4 } as const;

/** Makes the kernels work on a memory. */
export async function loadKernels(memory: WebAssembly.Memory): Promise<Kernels> {
  const bytes = Uint8Array.fromBase64(KERNELS_WASM);
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory, log: Math.log } });
  const kernels = instance.exports as unknown as Kernels;
  kernels.initialise();
  return kernels;
}
