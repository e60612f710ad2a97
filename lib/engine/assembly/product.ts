// Matrix product C = A B or C += A B in float32, after Goto and van de Geijn 2008: blocks of A and
// B are packed into panels that stay in cache, and a tile of 6×8 results stays in 12 registers.
import { thinProduct, timesVector } from "./thin_product";
import {
  copyEdge, packPanelOfA, packPanelOfB, PANEL_BYTES, tile, TILE_COLUMNS, TILE_ROWS,
} from "./tile";

const BLOCK_K: i32 = 256; // depth of a packed block
const BLOCK_N: i32 = 1024; // columns of B packed at a time
const BLOCK_M: i32 = 96; // rows of A packed at a time

/** Bytes of scratch memory {@link product} needs. */
export function productWorkspace(): i32 {
  const b = BLOCK_K * (BLOCK_N + TILE_COLUMNS);
  const a = BLOCK_K * (BLOCK_M + TILE_ROWS);
  return (a + b + TILE_ROWS * TILE_COLUMNS) * 4 + 64;
}

/** All tiles of a packed block: A is `m` × `k`, B is `k` × `n`. */
function multiplyBlock(
  a: usize,
  b: usize,
  c: usize,
  scratch: usize,
  m: i32,
  n: i32,
  k: i32,
  ldc: i32,
  accumulate: bool,
): void {
  for (let j = 0; j < n; j += TILE_COLUMNS) {
    const columns = min(TILE_COLUMNS, n - j);
    for (let i = 0; i < m; i += TILE_ROWS) {
      const rows = min(TILE_ROWS, m - i);
      const to = c + (<usize> i * ldc + <usize> j) * 4;
      const full = columns == TILE_COLUMNS;
      const out = full ? to : scratch, rowBytes = <usize> (full ? ldc : TILE_COLUMNS) * 4;
      const rowsOfA = a + <usize> (i * k) * 4, columnsOfB = b + <usize> (j * k) * 4;
      tile(rowsOfA, columnsOfB, PANEL_BYTES, k, out, rowBytes, rows, full && accumulate);
      if (!full) copyEdge(scratch, to, ldc, rows, columns, accumulate);
    }
  }
}

/**
 * C = A B (or C += A B when `accumulate`), with A(i, l) = a[i·ai + l·al], B(l, j) = b[l·bl + j·bj]
 * and C(i, j) = c[i·ldc + j]; so any mixture of transposed operands. `work` is the scratch memory.
 */
export function product(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ai: i32,
  al: i32,
  b: usize,
  bl: i32,
  bj: i32,
  c: usize,
  ldc: i32,
  accumulate: bool,
  work: usize,
): void {
  const packedB = work;
  const packedA = packedB + <usize> (BLOCK_K * (BLOCK_N + TILE_COLUMNS)) * 4;
  const scratch = packedA + <usize> (BLOCK_K * (BLOCK_M + TILE_ROWS)) * 4;
  if (n == 1 && al == 1 && bl == 1) return timesVector(m, k, a, ai, b, c, ldc, accumulate);
  if (m <= TILE_ROWS && bj == 1) {
    const depth = BLOCK_K * (BLOCK_M + TILE_ROWS) / TILE_ROWS; // that there is room for
    thinProduct(m, n, k, a, ai, al, b, bl, c, ldc, accumulate, packedA, depth, packedB, scratch);
    return;
  }
  for (let jn = 0; jn < n; jn += BLOCK_N) {
    const columns = min(BLOCK_N, n - jn);
    for (let lk = 0; lk < k; lk += BLOCK_K) {
      const depth = min(BLOCK_K, k - lk);
      for (let j = 0; j < columns; j += TILE_COLUMNS) {
        const from = b + (<usize> lk * bl + <usize> (jn + j) * bj) * 4;
        const width = min(TILE_COLUMNS, columns - j);
        packPanelOfB(packedB + <usize> (j * depth) * 4, from, depth, bl, bj, width);
      }
      for (let im = 0; im < m; im += BLOCK_M) {
        const rows = min(BLOCK_M, m - im);
        for (let i = 0; i < rows; i += TILE_ROWS) {
          const from = a + (<usize> (im + i) * ai + <usize> lk * al) * 4;
          const height = min(TILE_ROWS, rows - i);
          packPanelOfA(packedA + <usize> (i * depth) * 4, from, depth, ai, al, height);
        }
        const to = c + (<usize> im * ldc + <usize> jn) * 4;
        multiplyBlock(
          packedA,
          packedB,
          to,
          scratch,
          rows,
          columns,
          depth,
          ldc,
          accumulate || lk > 0,
        );
      }
    }
  }
}
