import type { AdamOptions } from "./adaptive.ts";
import type { Values } from "./optimizer.ts";

/** The gradient of an embedding matrix: only the rows a batch used. */
export interface SparseGradient {
  /** Row numbers, shape [n]; a row may occur more than once. */
  rows: ArrayLike<number>;
  /** The derivatives of those rows, row by row, shape [n, width]. */
  values: Values;
}

/** Where {@linkcode SparseAdam} stands. */
export interface SparseAdamState {
  /** t, the number of updates made, whatever their rows. */
  readonly t: number;
  /** The mean gradient, the size of the matrix. */
  readonly m: Values;
  /** The mean squared gradient, the size of the matrix. */
  readonly v: Values;
}

/** What an update of {@linkcode SparseAdam} starts from. */
export interface SparseUpdateInput {
  /** The embedding matrix, row by row. */
  table: Values;
  /** Its gradient. */
  gradient: SparseGradient;
  /** What `init` or the last `update` returned. */
  state: SparseAdamState;
  /** η of this update. @default {the rate given at the start} */
  rate?: number;
}

/** Adam for embedding matrices, as a pair of pure functions. */
export interface SparseAdam {
  /** The state before the first update. */
  init(table: Values): SparseAdamState;
  /** One update; nothing passed in is changed. */
  update(input: SparseUpdateInput): { table: Values; state: SparseAdamState };
}

/**
 * Adds up the derivatives of rows that occur more than once.
 *
 * @returns each row once, in order of first occurrence
 * @throws {RangeError} if the values do not divide evenly among the rows, or a row is not whole
 */
export function sumDuplicateRows({ rows, values }: SparseGradient): SparseGradient {
  const width = values.length / rows.length;
  if (rows.length > 0 && !Number.isInteger(width)) {
    throw new RangeError(
      `Cannot read a sparse gradient: expected ${rows.length} rows of equal length, got ` +
        `${values.length} values`,
    );
  }
  const wrong = Array.from(rows).find((row) => row !== (row | 0));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot read a sparse gradient: expected whole numbers of rows, got ${wrong}`,
    );
  }
  const place = new Map<number, number>();
  for (const row of Array.from(rows)) if (!place.has(row)) place.set(row, place.size);
  const sums = values.slice(0, place.size * width || 0).fill(0);
  Array.from(rows).forEach((row, i) => {
    const to = place.get(row)! * width;
    for (let j = 0; j < width; j++) sums[to + j] += values[i * width + j];
  });
  return { rows: Int32Array.from(place.keys()), values: sums };
}

/**
 * SparseAdam: Adam's update of m, v and θ for the rows present in this batch's gradient only; the
 * bias correction counts all updates, and absent rows do not decay (as PyTorch's `SparseAdam`).
 *
 * @throws {RangeError} if the rate is negative or not a number; at an update, if a row is not there
 */
export function sparseAdam(options: AdamOptions): SparseAdam {
  const { rate: ownRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  if (!(ownRate >= 0)) {
    throw new RangeError(`Cannot build SparseAdam: expected a rate of 0 or more, got ${ownRate}`);
  }
  return {
    init: (table) => ({ t: 0, m: table.map(() => 0), v: table.map(() => 0) }),
    update({ table, gradient, state, rate = ownRate }) {
      const { rows, values } = sumDuplicateRows(gradient);
      const width = values.length / rows.length;
      const [theta, m, v, t] = [table.slice(), state.m.slice(), state.v.slice(), state.t + 1];
      const [correction1, correction2] = [1 - beta1 ** t, 1 - beta2 ** t];
      Array.from(rows).forEach((row, k) => {
        if (!(row >= 0 && (row + 1) * width <= table.length)) {
          throw new RangeError(
            `Cannot update row ${row}: the matrix has ${table.length / width} rows`,
          );
        }
        for (let j = 0; j < width; j++) {
          const [i, g] = [row * width + j, values[k * width + j]];
          m[i] = beta1 * m[i] + (1 - beta1) * g;
          v[i] = beta2 * v[i] + (1 - beta2) * g * g;
          theta[i] -= rate * (m[i] / correction1) / (Math.sqrt(v[i] / correction2) + epsilon);
        }
      });
      return { table: theta, state: { t, m, v } };
    },
  };
}
