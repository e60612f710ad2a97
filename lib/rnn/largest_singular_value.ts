/**
 * The largest singular value of a square matrix: by how much it can stretch a vector. Power
 * iteration on Wᵀ W.
 *
 * @param W row by row, n × n
 * @returns ‖W‖₂, never more; to about 1e-9 of itself where the next singular value is smaller by a
 * thousandth, else to what lies between the two
 * @throws {RangeError} if the matrix is not square
 */
export function largestSingularValue(W: ArrayLike<number>): number {
  const n = Math.sqrt(W.length);
  if (!Number.isInteger(n) || n === 0) {
    throw new RangeError(`Cannot find a singular value: expected n × n numbers, got ${W.length}`);
  }
  let v = Float64Array.from({ length: n }, (_, i) => Math.sin(i + 1)), value = 0;
  for (let step = 0; step < 10_000; step++) {
    const next = transposedTimes(W, times(W, v));
    const norm = Math.hypot(...next), before = value;
    if (norm === 0) return 0;
    v = next.map((each) => each / norm);
    value = Math.hypot(...times(W, v));
    if (Math.abs(value - before) <= 1e-12 * value) break;
  }
  return value;
}

function times(W: ArrayLike<number>, v: Float64Array): Float64Array<ArrayBuffer> {
  const n = v.length;
  return Float64Array.from(v, (_, i) => v.reduce((sum, each, j) => sum + W[i * n + j] * each, 0));
}

function transposedTimes(W: ArrayLike<number>, v: Float64Array): Float64Array<ArrayBuffer> {
  const n = v.length;
  return Float64Array.from(v, (_, j) => v.reduce((sum, each, i) => sum + W[i * n + j] * each, 0));
}
