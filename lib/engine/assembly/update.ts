// Learning rules in place on parameters θ with gradients g (times `scale`, for clipping); the
// formulas are those of lib/nn.
import { loadSome, multiplyAdd, storeSome } from "./vector";

@inline
function get(p: usize, count: i32): v128 {
  return count >= 4 ? v128.load(p) : loadSome(p, count);
}

@inline
function put(p: usize, v: v128, count: i32): void {
  if (count >= 4) v128.store(p, v);
  else storeSome(p, v, count);
}

/** v ← μ v + g; θ ← θ − η v, or with `nesterov` θ ← θ − η (g + μ v). */
export function momentumUpdate(
  theta: usize,
  v: usize,
  g: usize,
  n: i32,
  rate: f32,
  mu: f32,
  nesterov: bool,
  scale: f32,
): void {
  const factor = f32x4.splat(scale), share = f32x4.splat(mu), step = f32x4.splat(-rate);
  for (let i = 0; i < n; i += 4, theta += 16, v += 16, g += 16) {
    const count = n - i, slope = f32x4.mul(get(g, count), factor);
    const velocity = multiplyAdd(share, get(v, count), slope);
    put(v, velocity, count);
    const direction = nesterov ? multiplyAdd(share, velocity, slope) : velocity;
    put(theta, multiplyAdd(step, direction, get(theta, count)), count);
  }
}

/** G ← ρ G + weight · g²; θ ← θ − η g / (√G + ε): AdaGrad has ρ = weight = 1, RMSprop 1 − ρ. */
export function squareUpdate(
  theta: usize,
  G: usize,
  g: usize,
  n: i32,
  rate: f32,
  rho: f32,
  weight: f32,
  epsilon: f32,
  scale: f32,
): void {
  const factor = f32x4.splat(scale), step = f32x4.splat(rate), tiny = f32x4.splat(epsilon);
  const share = f32x4.splat(rho), w = f32x4.splat(weight);
  for (let i = 0; i < n; i += 4, theta += 16, G += 16, g += 16) {
    const count = n - i, slope = f32x4.mul(get(g, count), factor);
    const squares = multiplyAdd(f32x4.mul(slope, slope), w, f32x4.mul(share, get(G, count)));
    put(G, squares, count);
    const change = f32x4.div(f32x4.mul(step, slope), f32x4.add(f32x4.sqrt(squares), tiny));
    put(theta, f32x4.sub(get(theta, count), change), count);
  }
}

/**
 * Adam: m ← β₁ m + rest1 · g; v ← β₂ v + rest2 · g²; θ ← θ − step · m / (√v · shrink + ε), with
 * rest = 1 − β, step = η / (1 − β₁ᵗ) and shrink = 1 / √(1 − β₂ᵗ) computed in float64.
 */
export function adamUpdate(
  theta: usize,
  m: usize,
  v: usize,
  g: usize,
  n: i32,
  step: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  shrink: f32,
  epsilon: f32,
  scale: f32,
): void {
  const factor = f32x4.splat(scale), b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2);
  const new1 = f32x4.splat(rest1), new2 = f32x4.splat(rest2);
  const rate = f32x4.splat(step), small = f32x4.splat(shrink), tiny = f32x4.splat(epsilon);
  for (let i = 0; i < n; i += 4, theta += 16, m += 16, v += 16, g += 16) {
    const count = n - i, slope = f32x4.mul(get(g, count), factor);
    const mean = multiplyAdd(b1, get(m, count), f32x4.mul(new1, slope));
    const square = multiplyAdd(b2, get(v, count), f32x4.mul(new2, f32x4.mul(slope, slope)));
    put(m, mean, count);
    put(v, square, count);
    const root = multiplyAdd(f32x4.sqrt(square), small, tiny);
    put(theta, f32x4.sub(get(theta, count), f32x4.div(f32x4.mul(rate, mean), root)), count);
  }
}
