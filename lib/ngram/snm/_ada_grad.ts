/** θ ← θ − η g / (√G + ε), G ← G + g². */
export function adaGrad(
  theta: Float64Array,
  { gradient, squares, rate, scale }: {
    gradient: Float64Array;
    squares: Float64Array;
    rate: number;
    scale: number;
  },
): void {
  for (let k = 0; k < theta.length; k++) {
    const g = gradient[k] * scale;
    if (g === 0) continue;
    squares[k] += g * g;
    theta[k] -= rate * g / (Math.sqrt(squares[k]) + 1e-8);
  }
}
