// Loops over n float32 values, four at a time, and over the rows of a matrix.
import { one, three } from "./constants";
import {
  exp4,
  loadSome,
  logistic4,
  multiplyAdd,
  storeSome,
  subtractProduct,
  sum4,
  tanh4,
} from "./vector";

/** Activations by number; lib/engine/_kernels.ts has the same list. */
export const IDENTITY: i32 = 0;
export const TANH: i32 = 1;
export const LOGISTIC: i32 = 2;
export const RELU: i32 = 3;
export const CUBE: i32 = 4;

/** Sets n values to 0. */
export function zero(p: usize, n: i32): void {
  memory.fill(p, 0, <usize> n * 4);
}

/** Copies n values. */
export function copy(to: usize, from: usize, n: i32): void {
  memory.copy(to, from, <usize> n * 4);
}

/** Every row of the matrix becomes the bias. */
export function fillRows(matrix: usize, bias: usize, rows: i32, columns: i32): void {
  const bytes = <usize> columns * 4;
  for (let r = 0; r < rows; r++) memory.copy(matrix + <usize> r * bytes, bias, bytes);
}

@inline
function activate(kind: i32, z: v128): v128 {
  if (kind == TANH) return tanh4(z);
  if (kind == LOGISTIC) return logistic4(z);
  if (kind == RELU) return f32x4.pmax(z, f32x4.splat(0));
  if (kind == CUBE) return f32x4.mul(z, f32x4.mul(z, z));
  return z;
}

/** f′ times the gradient, from the value kept: z for the cube, f(z) for the others. */
@inline
function slope(kind: i32, kept: v128, gradient: v128): v128 {
  if (kind == TANH) return f32x4.mul(gradient, subtractProduct(kept, kept, one));
  if (kind == LOGISTIC) return f32x4.mul(gradient, f32x4.mul(kept, f32x4.sub(one, kept)));
  if (kind == RELU) return v128.and(gradient, f32x4.gt(kept, f32x4.splat(0)));
  if (kind == CUBE) return f32x4.mul(gradient, f32x4.mul(three, f32x4.mul(kept, kept)));
  return gradient;
}

/** out = f(z), n values; `out` may be `z`. */
export function activateAll(kind: i32, z: usize, out: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4, z += 16, out += 16) v128.store(out, activate(kind, v128.load(z)));
  if (i < n) storeSome(out, activate(kind, loadSome(z, n - i)), n - i);
}

/** out = gradient · f′, n values, from the values kept; `out` may be `gradient`. */
export function activateAllBackward(
  kind: i32,
  kept: usize,
  gradient: usize,
  out: usize,
  n: i32,
): void {
  let i = 0;
  for (; i + 4 <= n; i += 4, kept += 16, gradient += 16, out += 16) {
    v128.store(out, slope(kind, v128.load(kept), v128.load(gradient)));
  }
  if (i < n) storeSome(out, slope(kind, loadSome(kept, n - i), loadSome(gradient, n - i)), n - i);
}

/** sums += the sum of each column. */
export function addColumnSums(matrix: usize, sums: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    let q = sums, j = 0;
    for (; j + 4 <= columns; j += 4, q += 16, matrix += 16) {
      v128.store(q, f32x4.add(v128.load(q), v128.load(matrix)));
    }
    for (; j < columns; j++, q += 4, matrix += 4) store<f32>(q, load<f32>(q) + load<f32>(matrix));
  }
}

/** y += alpha · x, n values. */
export function addScaled(y: usize, x: usize, n: i32, alpha: f32): void {
  const factor = f32x4.splat(alpha);
  let i = 0;
  for (; i + 4 <= n; i += 4, y += 16, x += 16) {
    v128.store(y, multiplyAdd(factor, v128.load(x), v128.load(y)));
  }
  if (i < n) storeSome(y, multiplyAdd(factor, loadSome(x, n - i), loadSome(y, n - i)), n - i);
}

/** y = alpha · x, n values; `y` may be `x`. */
export function scale(y: usize, x: usize, n: i32, alpha: f32): void {
  const factor = f32x4.splat(alpha);
  let i = 0;
  for (; i + 4 <= n; i += 4, y += 16, x += 16) v128.store(y, f32x4.mul(factor, v128.load(x)));
  if (i < n) storeSome(y, f32x4.mul(factor, loadSome(x, n - i)), n - i);
}

/** y = x where x > 0, else slope · x; n values; `y` may be `x`. */
export function leakyRelu(y: usize, x: usize, n: i32, slope: f32): void {
  const factor = f32x4.splat(slope), zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4, y += 16, x += 16) {
    const z = v128.load(x);
    v128.store(y, v128.bitselect(z, f32x4.mul(factor, z), f32x4.gt(z, zero)));
  }
  for (; i < n; i++, y += 4, x += 4) {
    const z = load<f32>(x);
    store<f32>(y, z > 0 ? z : slope * z);
  }
}

/** y = e^x, n values; `y` may be `x`. */
export function exponentials(y: usize, x: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4, y += 16, x += 16) v128.store(y, exp4(v128.load(x)));
  if (i < n) storeSome(y, exp4(loadSome(x, n - i)), n - i);
}

/** Σ x², float32 within blocks of 4096 values and float64 across them. */
export function sumOfSquares(x: usize, n: i32): f64 {
  let total: f64 = 0, i = 0;
  while (i < n) {
    const end = min(n, i + 4096);
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (; i + 16 <= end; i += 16, x += 64) {
      const x0 = v128.load(x), x1 = v128.load(x, 16), x2 = v128.load(x, 32), x3 = v128.load(x, 48);
      a = multiplyAdd(x0, x0, a), b = multiplyAdd(x1, x1, b);
      c = multiplyAdd(x2, x2, c), d = multiplyAdd(x3, x3, d);
    }
    total += <f64> sum4(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
    for (; i < end; i++, x += 4) total += <f64> load<f32>(x) * <f64> load<f32>(x);
  }
  return total;
}
