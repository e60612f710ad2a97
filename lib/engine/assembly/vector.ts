// Four float32 lanes at a time (AssemblyScript). Addresses are byte offsets into the wasm heap.
import {
  highest, logHigh, logLow, lowest, magic, near, one, p1, p2, p3, p4, p5, t3, t5, two,
} from "./constants";

/** a·b + c, fused where the processor can. */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.relaxed_madd(a, b, c);
}

/** c − a·b, fused where the processor can. */
@inline
export function subtractProduct(a: v128, b: v128, c: v128): v128 {
  return f32x4.relaxed_nmadd(a, b, c);
}

/**
 * e^x with a relative error of about 2e-7: x log₂e = n − g with n whole and |g| ≤ ½; 2^−g by a
 * polynomial of least relative error, 2^n by its exponent bits. Adding 1.5 · 2²³ + 127 rounds to a
 * whole number and leaves n + 127 in the lowest bits. Clamped to −87.3 … 88.3; NaN stays NaN (pmin
 * and pmax keep their first operand then, and are one instruction where min and max are several).
 */
@inline
export function exp4(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, lowest), highest);
  const rounded = multiplyAdd(clamped, logHigh, magic);
  let g = subtractProduct(clamped, logHigh, f32x4.sub(rounded, magic));
  g = subtractProduct(clamped, logLow, g);
  let p = multiplyAdd(p5, g, p4);
  p = multiplyAdd(p, g, p3);
  p = multiplyAdd(p, g, p2);
  p = multiplyAdd(p, g, p1);
  p = multiplyAdd(p, g, one);
  return f32x4.mul(p, i32x4.shl(rounded, 23));
}

/** σ(x) = 1 / (1 + e^−x). */
@inline
export function logistic4(x: v128): v128 {
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** tanh x = 1 − 2 / (e^2x + 1); near 0, where that loses digits, x − x³/3 + 2x⁵/15. */
@inline
export function tanh4(x: v128): v128 {
  const far = f32x4.sub(one, f32x4.div(two, f32x4.add(exp4(f32x4.add(x, x)), one)));
  const x2 = f32x4.mul(x, x);
  const series = f32x4.mul(x, multiplyAdd(x2, multiplyAdd(x2, t5, t3), one));
  return v128.bitselect(series, far, f32x4.lt(f32x4.abs(x), near));
}

/** The sum of the four lanes. */
@inline
export function sum4(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** The largest of the four lanes. */
@inline
export function max4(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}

/** Loads `count` (1 to 3) lanes; the others are 0. */
@inline
export function loadSome(p: usize, count: i32): v128 {
  let v = v128.load32_zero(p);
  if (count > 1) v = v128.load32_lane(p, v, 1, 4);
  if (count > 2) v = v128.load32_lane(p, v, 2, 8);
  return v;
}

/** Stores the first `count` (1 to 3) lanes. */
@inline
export function storeSome(p: usize, v: v128, count: i32): void {
  v128.store32_lane(p, v, 0);
  if (count > 1) v128.store32_lane(p, v, 1, 4);
  if (count > 2) v128.store32_lane(p, v, 2, 8);
}
