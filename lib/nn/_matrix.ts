/** A B of A (n × k) and B (k × m), all row by row. */
export function product(
  a: Float64Array,
  b: Float64Array,
  { n, k, m }: { n: number; k: number; m: number },
): Float64Array {
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let l = 0; l < k; l++) {
      for (let j = 0; j < m; j++) out[i * m + j] += a[i * k + l] * b[l * m + j];
    }
  }
  return out;
}

/** Aᵀ of A (rows × columns). */
export function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from(a, (_, i) => a[(i % rows) * columns + Math.floor(i / rows)]);
}

/** `width` columns of A from column `from` on. */
export function columnsOf(
  a: Float64Array,
  columns: number,
  from: number,
  width: number,
): Float64Array {
  const rows = a.length / columns;
  return Float64Array.from(
    { length: rows * width },
    (_, i) => a[Math.floor(i / width) * columns + from + i % width],
  );
}

/** Puts a matrix of `width` columns into a wider one, from column `offset` on. */
export function copyColumns(
  { from, width, to, columns, offset }: {
    from: Float64Array;
    width: number;
    to: Float64Array;
    columns: number;
    offset: number;
  },
): void {
  from.forEach((v, i) => to[Math.floor(i / width) * columns + offset + i % width] = v);
}
