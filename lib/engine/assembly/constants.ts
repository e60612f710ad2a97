// Vectors of one number. V8 builds a constant vector anew each time it meets one, some five
// instructions; a variable is a load. So these are variables, set once: exp4 takes a third of the time.

const ZERO: v128 = i32x4.splat(0);

export let one: v128 = ZERO, two: v128 = ZERO, three: v128 = ZERO;

// e^x, see exp4: limits of x, 1.5 · 2²³ + 127, log₂e in two parts, coefficients of 2^−g.
export let lowest: v128 = ZERO, highest: v128 = ZERO, magic: v128 = ZERO;
export let logHigh: v128 = ZERO, logLow: v128 = ZERO;
export let p1: v128 = ZERO, p2: v128 = ZERO, p3: v128 = ZERO, p4: v128 = ZERO, p5: v128 = ZERO;

// tanh x near 0, see tanh4: how near, and the coefficients −1/3 and 2/15.
export let near: v128 = ZERO, t3: v128 = ZERO, t5: v128 = ZERO;

/** Sets the constants; to be called before anything else. */
export function initialise(): void {
  one = f32x4.splat(1), two = f32x4.splat(2), three = f32x4.splat(3);
  lowest = f32x4.splat(-87.3), highest = f32x4.splat(88.3), magic = f32x4.splat(12583039);
  logHigh = f32x4.splat(1.44269502162933), logLow = f32x4.splat(1.9259630335e-8);
  p1 = f32x4.splat(-6.9314697760e-1), p2 = f32x4.splat(2.4022242079e-1);
  p3 = f32x4.splat(-5.5507337470e-2), p4 = f32x4.splat(9.6715130408e-3);
  p5 = f32x4.splat(-1.3264726963e-3);
  near = f32x4.splat(0.04), t3 = f32x4.splat(-0.33333333), t5 = f32x4.splat(0.13333333);
}
