/**
 * The column of each row's largest value, the first of equal ones.
 *
 * @param values row after row, shape [N, columns]
 * @returns shape [N]
 */
export function highest(values: ArrayLike<number>, columns: number): Int32Array {
  return Int32Array.from({ length: values.length / columns }, (_, row) => {
    let best = 0;
    for (let c = 1; c < columns; c++) {
      if (values[row * columns + c] > values[row * columns + best]) best = c;
    }
    return best;
  });
}
