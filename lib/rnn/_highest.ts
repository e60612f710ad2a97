/** The column of each row's largest value, the first of equal ones. */
export function highest(scores: Float32Array, columns: number): Int32Array {
  return Int32Array.from({ length: scores.length / columns }, (_, row) => {
    let best = 0;
    for (let c = 1; c < columns; c++) {
      if (scores[row * columns + c] > scores[row * columns + best]) best = c;
    }
    return best;
  });
}
