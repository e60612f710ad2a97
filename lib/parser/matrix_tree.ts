import { ArcScores } from "./arc_scores.ts";

/** The sum over all trees, and each arc's share of it. */
export interface TreeMarginals {
  /** log Z = log Σ_trees exp(score of the tree), natural logarithm. */
  logPartition: number;
  /** P(arc) = Σ over the trees with the arc of exp(score − log Z); over a word's heads it sums to 1. */
  marginals: ArcScores;
}

/**
 * Sums over all trees with one root, crossing arcs allowed, by the Matrix-Tree theorem (Tutte 1984;
 * Koo, Globerson, Carreras and Collins 2007, section 3.2), in O(n³).
 *
 * With A the exponentials of the scores between words and r those from ROOT, the Laplacian
 * L̂_{mm} = Σ_h A_{hm}, L̂_{hm} = −A_{hm}, with its first row replaced by r, has the determinant Z.
 * Marginals are the derivatives of log Z by the scores, from the inverse of L̂.
 *
 * @param scores finite, or −Infinity for an arc that must not be
 * @throws {RangeError} if the arcs allowed make no tree with one root
 */
export function matrixTree(scores: ArcScores): TreeMarginals {
  const n = scores.words;
  const marginals = new ArcScores(n);
  if (n === 0) return { logPartition: 0, marginals };
  // each word's scores lose their largest, which every tree has once: exponentials stay at most 1
  const largest = Float64Array.from(
    { length: n + 1 },
    (_, m) => m === 0 ? 0 : largestInto(scores, m),
  );
  const weight = (h: number, m: number) => Math.exp(scores.at(h, m) - largest[m]);

  const laplacian = Array.from({ length: n }, () => new Float64Array(n));
  for (let m = 1; m <= n; m++) {
    for (let h = 1; h <= n; h++) {
      if (h === m) continue;
      laplacian[h - 1][m - 1] -= weight(h, m);
      laplacian[m - 1][m - 1] += weight(h, m);
    }
  }
  for (let m = 1; m <= n; m++) laplacian[0][m - 1] = weight(0, m);
  const { logDeterminant, inverse } = invert(laplacian);
  if (!Number.isFinite(logDeterminant)) {
    throw new RangeError(
      `Cannot sum over the trees of ${n} words: expected arcs that make one with a single root`,
    );
  }
  for (let m = 1; m <= n; m++) {
    marginals.set(0, m, weight(0, m) * inverse[m - 1][0]);
    for (let h = 1; h <= n; h++) {
      if (h === m) continue;
      const diagonal = m === 1 ? 0 : inverse[m - 1][m - 1];
      const offDiagonal = h === 1 ? 0 : inverse[m - 1][h - 1];
      marginals.set(h, m, weight(h, m) * (diagonal - offDiagonal));
    }
  }
  return { logPartition: logDeterminant + largest.reduce((sum, s) => sum + s, 0), marginals };
}

function largestInto(scores: ArcScores, dependent: number): number {
  let largest = -Infinity;
  for (let head = 0; head <= scores.words; head++) {
    if (head !== dependent) largest = Math.max(largest, scores.at(head, dependent));
  }
  return largest;
}

/** Gauss–Jordan elimination with partial pivoting; −Infinity or NaN for a singular matrix. */
function invert(matrix: Float64Array[]): { logDeterminant: number; inverse: Float64Array[] } {
  const n = matrix.length;
  const inverse = Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n);
    row[i] = 1;
    return row;
  });
  let logDeterminant = 0;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) pivot = row;
    }
    for (const rows of [matrix, inverse]) {
      [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    }
    const divisor = matrix[column][column];
    logDeterminant += Math.log(Math.abs(divisor));
    for (const row of [matrix[column], inverse[column]]) {
      for (let j = 0; j < n; j++) row[j] /= divisor;
    }
    for (let i = 0; i < n; i++) {
      const factor = matrix[i][column];
      if (i === column || factor === 0) continue;
      for (let j = 0; j < n; j++) {
        matrix[i][j] -= factor * matrix[column][j];
        inverse[i][j] -= factor * inverse[column][j];
      }
    }
  }
  return { logDeterminant, inverse };
}
