// What matrix products are made of: a tile of 6×8 results that stays in 12 registers, and the panels
// of A and B it reads.
import { multiplyAdd } from "./vector";

export const TILE_ROWS: i32 = 6;
export const TILE_COLUMNS: i32 = 8;
export const PANEL_BYTES: usize = 32; // a step of a packed panel of B

/**
 * The 6×8 tile of C at `c`, of which `rows` rows are stored: sums over `k` of packed A (6 a step)
 * times B, 8 numbers at `b`, then 8 numbers `bBytes` on, and so forth.
 */
@inline
export function tile(
  a: usize,
  b: usize,
  bBytes: usize,
  k: i32,
  c: usize,
  rowBytes: usize,
  rows: i32,
  accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  for (let l = 0; l < k; l++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = multiplyAdd(x, b0, c00), c01 = multiplyAdd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = multiplyAdd(x, b0, c10), c11 = multiplyAdd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = multiplyAdd(x, b0, c20), c21 = multiplyAdd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = multiplyAdd(x, b0, c30), c31 = multiplyAdd(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = multiplyAdd(x, b0, c40), c41 = multiplyAdd(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = multiplyAdd(x, b0, c50), c51 = multiplyAdd(x, b1, c51);
    a += 24;
    b += bBytes;
  }
  storeRow(c, c00, c01, accumulate);
  if (rows > 1) storeRow(c + rowBytes, c10, c11, accumulate);
  if (rows > 2) storeRow(c + 2 * rowBytes, c20, c21, accumulate);
  if (rows > 3) storeRow(c + 3 * rowBytes, c30, c31, accumulate);
  if (rows > 4) storeRow(c + 4 * rowBytes, c40, c41, accumulate);
  if (rows > 5) storeRow(c + 5 * rowBytes, c50, c51, accumulate);
}

@inline
function storeRow(c: usize, low: v128, high: v128, accumulate: bool): void {
  v128.store(c, accumulate ? f32x4.add(low, v128.load(c)) : low);
  v128.store(c, accumulate ? f32x4.add(high, v128.load(c, 16)) : high, 16);
}

/** Packs `k` steps of 8 neighbouring columns of B; columns from `columns` on become 0. */
export function packPanelOfB(to: usize, from: usize, k: i32, bl: i32, bj: i32, columns: i32): void {
  if (columns == TILE_COLUMNS && bj == 1) {
    for (let l = 0; l < k; l++) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      to += 32;
      from += <usize> bl * 4;
    }
  } else if (columns == TILE_COLUMNS && bl == 1) {
    packTransposed(to, from, k, <usize> bj * 4);
    packTransposed(to + 16, from + <usize> bj * 16, k, <usize> bj * 4);
  } else {
    for (let l = 0; l < k; l++) {
      for (let j = 0; j < TILE_COLUMNS; j++) {
        const p = from + (<usize> l * bl + <usize> j * bj) * 4;
        store<f32>(to + <usize> j * 4, j < columns ? load<f32>(p) : 0);
      }
      to += 32;
    }
  }
}

/** Four columns of B that lie as rows `stride` bytes apart, read along them and transposed. */
function packTransposed(to: usize, from: usize, k: i32, stride: usize): void {
  let p0 = from, p1 = from + stride, p2 = p1 + stride, p3 = p2 + stride, l = 0;
  for (; l + 4 <= k; l += 4) {
    const r0 = v128.load(p0), r1 = v128.load(p1), r2 = v128.load(p2), r3 = v128.load(p3);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
    v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
    to += 128;
    p0 += 16, p1 += 16, p2 += 16, p3 += 16;
  }
  for (; l < k; l++) {
    store<f32>(to, load<f32>(p0));
    store<f32>(to, load<f32>(p1), 4);
    store<f32>(to, load<f32>(p2), 8);
    store<f32>(to, load<f32>(p3), 12);
    to += 32;
    p0 += 4, p1 += 4, p2 += 4, p3 += 4;
  }
}

/** Packs `k` steps of 6 neighbouring rows of A; rows from `rows` on repeat row 0. */
export function packPanelOfA(to: usize, from: usize, k: i32, ai: i32, al: i32, rows: i32): void {
  const row = <usize> ai * 4, step = <usize> al * 4;
  const none: usize = 0;
  const p1 = rows > 1 ? row : none, p2 = rows > 2 ? row * 2 : none;
  const p3 = rows > 3 ? row * 3 : none, p4 = rows > 4 ? row * 4 : none;
  const p5 = rows > 5 ? row * 5 : none;
  for (let l = 0; l < k; l++) {
    store<f32>(to, load<f32>(from));
    store<f32>(to, load<f32>(from + p1), 4);
    store<f32>(to, load<f32>(from + p2), 8);
    store<f32>(to, load<f32>(from + p3), 12);
    store<f32>(to, load<f32>(from + p4), 16);
    store<f32>(to, load<f32>(from + p5), 20);
    to += 24;
    from += step;
  }
}

/** Copies (or adds) the part of a tile that lies inside C. */
export function copyEdge(
  from: usize,
  c: usize,
  ldc: i32,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const p = c + (<usize> i * ldc + <usize> j) * 4;
      const v = load<f32>(from + <usize> (i * TILE_COLUMNS + j) * 4);
      store<f32>(p, accumulate ? load<f32>(p) + v : v);
    }
  }
}
