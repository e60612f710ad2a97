// Softmax cross-entropy with integer targets, never building one-hot rows.
import { exp4, loadSome, max4, multiplyAdd, storeSome, sum4 } from "./vector";

// The natural logarithm comes from JavaScript: AssemblyScript's own brings a table that would be
// written over the heap.
@external("env", "log")
declare function log(x: f64): f64;

/** Adds the bias (if any: address 0 is none) to a row and returns its largest value. */
function addBiasAndMax(row: usize, bias: usize, n: i32): f32 {
  const lowest = f32x4.splat(-3.4e38);
  let max0 = lowest, max1 = lowest, j = 0;
  if (bias) {
    for (; j + 8 <= n; j += 8, row += 32, bias += 32) {
      const v0 = f32x4.add(v128.load(row), v128.load(bias));
      const v1 = f32x4.add(v128.load(row, 16), v128.load(bias, 16));
      v128.store(row, v0);
      v128.store(row, v1, 16);
      max0 = f32x4.pmax(v0, max0), max1 = f32x4.pmax(v1, max1);
    }
  } else {
    for (; j + 8 <= n; j += 8, row += 32) {
      max0 = f32x4.pmax(v128.load(row), max0), max1 = f32x4.pmax(v128.load(row, 16), max1);
    }
  }
  let m = max4(f32x4.pmax(max0, max1));
  for (; j < n; j++, row += 4) {
    if (bias) {
      store<f32>(row, load<f32>(row) + load<f32>(bias));
      bias += 4;
    }
    m = max(m, load<f32>(row));
  }
  return m;
}

/** row = e^(row − m); returns the sum. */
function exponentiate(row: usize, m: f32, n: i32): f32 {
  const shift = f32x4.splat(m);
  let sum0 = f32x4.splat(0), sum1 = sum0, j = 0;
  for (; j + 8 <= n; j += 8, row += 32) {
    const e0 = exp4(f32x4.sub(v128.load(row), shift));
    const e1 = exp4(f32x4.sub(v128.load(row, 16), shift));
    v128.store(row, e0);
    v128.store(row, e1, 16);
    sum0 = f32x4.add(sum0, e0), sum1 = f32x4.add(sum1, e1);
  }
  let sum = sum4(f32x4.add(sum0, sum1));
  for (; j < n; j++, row += 4) {
    const e = f32x4.extract_lane(exp4(f32x4.splat(load<f32>(row) - m)), 0);
    store<f32>(row, e);
    sum += e;
  }
  return sum;
}

/** row *= factor; sums += row (if any: address 0 is none). */
function scaleAndAdd(row: usize, sums: usize, factor: f32, n: i32): void {
  const k = f32x4.splat(factor);
  let j = 0;
  if (sums) {
    for (; j + 8 <= n; j += 8, row += 32, sums += 32) {
      const v0 = f32x4.mul(v128.load(row), k), v1 = f32x4.mul(v128.load(row, 16), k);
      v128.store(row, v0);
      v128.store(row, v1, 16);
      v128.store(sums, f32x4.add(v128.load(sums), v0));
      v128.store(sums, f32x4.add(v128.load(sums, 16), v1), 16);
    }
  } else {
    for (; j + 4 <= n; j += 4, row += 16) v128.store(row, f32x4.mul(v128.load(row), k));
  }
  for (; j < n; j++, row += 4) {
    const v = load<f32>(row) * factor;
    store<f32>(row, v);
    if (sums) {
      store<f32>(sums, load<f32>(sums) + v);
      sums += 4;
    }
  }
}

/**
 * Σ −log p[target] over the rows of logits z (+ bias), nats; rows whose target is −1 count nothing.
 * When `withGradient`, z becomes (p − 1[target]) · scale and its column sums are added to `biasGradient`.
 */
export function crossEntropy(
  z: usize,
  bias: usize,
  targets: usize,
  biasGradient: usize,
  rows: i32,
  n: i32,
  scale: f32,
  withGradient: bool,
): f64 {
  let loss: f64 = 0;
  const bytes = <usize> n * 4;
  for (let r = 0; r < rows; r++, z += bytes) {
    const target = load<i32>(targets + <usize> r * 4);
    if (target < 0) {
      memory.fill(z, 0, bytes);
      continue;
    }
    const m = addBiasAndMax(z, bias, n), right = z + <usize> target * 4;
    const logit = load<f32>(right), sum = exponentiate(z, m, n);
    loss += <f64> m + log(<f64> sum) - <f64> logit;
    if (!withGradient) continue;
    store<f32>(right, load<f32>(right) - sum);
    scaleAndAdd(z, biasGradient, scale / sum, n);
  }
  return loss;
}

/** Each row of logits becomes its log-probabilities (natural), f − log Σ e^f. */
export function logSoftmaxRows(z: usize, out: usize, rows: i32, n: i32): void {
  for (let r = 0; r < rows; r++, z += <usize> n * 4, out += <usize> n * 4) {
    memory.copy(out, z, <usize> n * 4);
    const m = addBiasAndMax(out, 0, n);
    const total = <f32> (<f64> m + log(<f64> exponentiate(out, m, n)));
    const shift = f32x4.splat(-total), one = f32x4.splat(1);
    for (let j = 0; j < n; j += 4) {
      const p = z + <usize> j * 4, q = out + <usize> j * 4, count = n - j;
      if (count >= 4) v128.store(q, multiplyAdd(v128.load(p), one, shift));
      else storeSome(q, multiplyAdd(loadSome(p, count), one, shift), count);
    }
  }
}
