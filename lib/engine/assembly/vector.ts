// Four float32 lanes at a time (AssemblyScript). Addresses are byte offsets into the wasm heap.

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
 * e^x with a relative error of about 1e-7: x = n ln 2 + r, e^r by a polynomial (coefficients of
 * Cephes' expf), 2^n by its exponent bits. Clamped to −87.3 … 88.3; NaN stays NaN (pmin and pmax
 * keep their first operand then, and are one instruction where min and max are several).
 */
@inline
export function exp4(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87.3)), f32x4.splat(88.3));
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504088896341)));
  let r = subtractProduct(n, f32x4.splat(0.693359375), clamped); // ln 2 in two parts
  r = subtractProduct(n, f32x4.splat(-2.12194440e-4), r);
  let p = multiplyAdd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  p = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  const exponent = i32x4.add(i32x4.relaxed_trunc_f32x4_s(n), i32x4.splat(127));
  return f32x4.mul(p, i32x4.shl(exponent, 23));
}

/** σ(x) = 1 / (1 + e^−x). */
@inline
export function logistic4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** tanh x = 1 − 2 / (e^2x + 1); near 0, where that loses digits, x − x³/3 + 2x⁵/15. */
@inline
export function tanh4(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = exp4(f32x4.add(x, x));
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(e, one)));
  const x2 = f32x4.mul(x, x);
  const cubic = multiplyAdd(x2, f32x4.splat(0.13333333), f32x4.splat(-0.33333333));
  const near = f32x4.mul(x, multiplyAdd(x2, cubic, one));
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), f32x4.splat(0.04)));
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
