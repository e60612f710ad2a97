// Products of a few rows, or by a vector, where packing B would take as long as multiplying.
import {
  copyEdge, packPanelOfA, packPanelOfB, PANEL_BYTES, tile, TILE_COLUMNS,
} from "./tile";
import { multiplyAdd } from "./vector";

/**
 * C = A B (or C += A B) for A of at most 6 rows and B with its rows as they are: to pack B would take
 * as long as to multiply by it. `packedA` (for 6 rows of `depthOfA`), `packedB`
 * and `scratch` are scratch memory.
 */
export function thinProduct(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ai: i32,
  al: i32,
  b: usize,
  bl: i32,
  c: usize,
  ldc: i32,
  accumulate: bool,
  packedA: usize,
  depthOfA: i32,
  packedB: usize,
  scratch: usize,
): void {
  const stride = <usize> bl * 4;
  for (let lk = 0; lk < k; lk += depthOfA) {
    const depth = min(depthOfA, k - lk), add = accumulate || lk > 0;
    const rowsOfB = b + <usize> lk * stride;
    packPanelOfA(packedA, a + <usize> lk * al * 4, depth, ai, al, m);
    let j = 0;
    for (; j + TILE_COLUMNS <= n; j += TILE_COLUMNS) {
      const at = <usize> j * 4;
      tile(packedA, rowsOfB + at, stride, depth, c + at, <usize> ldc * 4, m, add);
    }
    if (j < n && n > TILE_COLUMNS && !add) { // the last 8 columns, some of them once more
      const at = <usize> (n - TILE_COLUMNS) * 4;
      tile(packedA, rowsOfB + at, stride, depth, c + at, <usize> ldc * 4, m, false);
    } else if (j < n) {
      const at = <usize> j * 4;
      packPanelOfB(packedB, rowsOfB + at, depth, bl, 1, n - j);
      tile(packedA, packedB, PANEL_BYTES, depth, scratch, PANEL_BYTES, m, false);
      copyEdge(scratch, c + at, ldc, m, n - j, add);
    }
  }
}

/** C = A b (or C += A b), the rows of A and the vector b each without gaps, C `ldc` apart. */
export function timesVector(
  m: i32,
  k: i32,
  a: usize,
  ai: i32,
  b: usize,
  c: usize,
  ldc: i32,
  accumulate: bool,
): void {
  for (let i = 0; i < m; i++) {
    const sum = dot(a + <usize> i * ai * 4, b, k), to = c + <usize> i * ldc * 4;
    store<f32>(to, accumulate ? load<f32>(to) + sum : sum);
  }
}

/** Σ x_l y_l over `n` numbers, in 16 partial sums. */
function dot(x: usize, y: usize, n: i32): f32 {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, l = 0;
  for (; l + 16 <= n; l += 16) {
    s0 = multiplyAdd(v128.load(x), v128.load(y), s0);
    s1 = multiplyAdd(v128.load(x, 16), v128.load(y, 16), s1);
    s2 = multiplyAdd(v128.load(x, 32), v128.load(y, 32), s2);
    s3 = multiplyAdd(v128.load(x, 48), v128.load(y, 48), s3);
    x += 64, y += 64;
  }
  const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  let sum = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) +
    f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3);
  for (; l < n; l++, x += 4, y += 4) sum += load<f32>(x) * load<f32>(y);
  return sum;
}
