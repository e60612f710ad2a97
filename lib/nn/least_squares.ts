/** Pairs of rows x and y. */
export interface LeastSquaresProblem {
  /** Shape [rows, inputs]. */
  readonly x: ArrayLike<number>;
  /** Shape [rows, outputs]. */
  readonly y: ArrayLike<number>;
  /** Numbers of a row of x. */
  readonly inputs: number;
  /** Numbers of a row of y. */
  readonly outputs: number;
  /** λ, what a squared entry of A costs; above 0 there always is one answer. @default {1e-6} */
  readonly ridge?: number;
}

/**
 * The affine map that takes rows x nearest to rows y: A and b with the least
 * Σ ‖x A + b − y‖² + λ ‖A‖², from the normal equations by Gaussian elimination.
 *
 * @returns A and below it b; shape [inputs + 1, outputs]
 * @throws {RangeError} if x and y do not hold equally many whole rows
 *
 * @example
 * ```ts
 * import { leastSquares } from "#lib/nn/mod.ts";
 *
 * const [a, b] = leastSquares({ x: [0, 1, 2], y: [1, 3, 5], inputs: 1, outputs: 1, ridge: 0 });
 * console.assert(Math.abs(a - 2) < 1e-9 && Math.abs(b - 1) < 1e-9); // y = 2x + 1
 * ```
 */
export function leastSquares(
  { x, y, inputs, outputs, ridge = 1e-6 }: LeastSquaresProblem,
): Float64Array {
  const rows = x.length / inputs;
  if (!Number.isInteger(rows) || y.length !== rows * outputs) {
    throw new RangeError(
      `Cannot fit a map: expected as many rows of ${inputs} numbers as of ${outputs}, got ` +
        `${x.length} and ${y.length} numbers`,
    );
  }
  const size = inputs + 1, width = size + outputs; // of a row of [XᵀX + λ | XᵀY]
  const system = new Float64Array(size * width), row = new Float64Array(width);
  for (let i = 0; i < inputs; i++) system[i * width + i] = ridge;
  row[inputs] = 1;
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < inputs; i++) row[i] = x[r * inputs + i];
    for (let o = 0; o < outputs; o++) row[size + o] = y[r * outputs + o];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < width; j++) system[i * width + j] += row[i] * row[j];
    }
  }
  eliminate(system, size, width);
  return Float64Array.from({ length: size * outputs }, (_, at) => {
    const [i, o] = [Math.floor(at / outputs), at % outputs];
    return system[i * width + size + o];
  });
}

/** Gauss and Jordan: makes the left part the identity; it is positive definite, so no row is moved. */
function eliminate(system: Float64Array, size: number, width: number): void {
  for (let i = 0; i < size; i++) {
    const pivot = system[i * width + i];
    for (let j = 0; j < width; j++) system[i * width + j] /= pivot;
    for (let other = 0; other < size; other++) {
      const factor = system[other * width + i];
      if (other === i || factor === 0) continue;
      for (let j = 0; j < width; j++) system[other * width + j] -= factor * system[i * width + j];
    }
  }
}
