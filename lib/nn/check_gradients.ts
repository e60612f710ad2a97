import type { NamedArrays } from "./named_arrays.ts";

/** A loss and its gradient by every named parameter, to be checked. */
export interface LossAndGradients {
  /** J. */
  loss: number;
  /** ∂J/∂θ for each parameter array. */
  gradients: NamedArrays;
}

/** How {@linkcode checkGradients} compares. */
export interface CheckGradientsOptions {
  /** ε, how far each parameter is moved to either side. @default {1e-5} */
  step?: number;
  /** The largest relative difference that passes. @default {1e-6} */
  tolerance?: number;
  /** Derivatives smaller than this are compared as if this large. @default {1e-3} */
  floor?: number;
}

/** One derivative, both ways. */
export interface GradientDifference {
  /** The parameter and the element in it, such as `"W_h[3]"`. */
  where: string;
  /** What the gradients under test say. */
  analytic: number;
  /** What central differences say. */
  numeric: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|, floor); infinite if that is not a number. */
  relative: number;
}

/**
 * Compares every derivative with a central difference, (J(θ + ε) − J(θ − ε)) / 2ε (lecture:
 * "checking your gradients numerically").
 *
 * @param f the loss and gradients under test at the parameters' present values; called twice for
 * each element, so keep the model small. Must always give the same loss for the same parameters
 * @param parameters changed during the check, element by element, and put back
 * @returns the element with the largest relative difference
 * @throws {Error} if a derivative is off by more than the tolerance; the message has both numbers
 * @throws {RangeError} if there is nothing to check, or a parameter has not as many derivatives as
 * elements
 *
 * @example
 * ```ts
 * import { checkGradients } from "#lib/nn/mod.ts";
 *
 * const theta = Float64Array.of(3);
 * const worst = checkGradients(
 *   () => ({ loss: theta[0] ** 2, gradients: { theta: Float64Array.of(2 * theta[0]) } }),
 *   { theta },
 * );
 * console.log(worst.analytic, worst.numeric); // 6 and very nearly 6
 * ```
 */
export function checkGradients(
  f: () => LossAndGradients,
  parameters: NamedArrays,
  options: CheckGradientsOptions = {},
): GradientDifference {
  const { step = 1e-5, tolerance = 1e-6, floor = 1e-3 } = options;
  const { gradients } = f();
  let worst: GradientDifference = { where: "", analytic: 0, numeric: 0, relative: -1 };
  for (const [name, theta] of Object.entries(parameters)) {
    const gradient = gradients[name];
    if (gradient?.length !== theta.length) {
      throw new RangeError(
        `Cannot check ${name}: expected ${theta.length} derivatives, got ${gradient?.length ?? 0}`,
      );
    }
    const analytics = Float64Array.from(gradient);
    for (let i = 0; i < theta.length; i++) {
      const analytic = analytics[i];
      const numeric = centralDifference(f, theta, { i, step });
      const size = Math.max(Math.abs(analytic), Math.abs(numeric), floor);
      const difference = Math.abs(analytic - numeric) / size;
      const relative = Number.isNaN(difference) ? Infinity : difference;
      if (relative > worst.relative) {
        worst = { where: `${name}[${i}]`, analytic, numeric, relative };
      }
    }
  }
  if (worst.relative < 0) {
    throw new RangeError("Cannot check gradients: expected parameters with elements, got none");
  }
  if (worst.relative <= tolerance) return worst;
  throw new Error(
    `The gradient of ${worst.where} is wrong: analytic ${worst.analytic}, numeric ${worst.numeric}, ` +
      `relative difference ${worst.relative.toExponential(1)}, allowed ${tolerance}`,
  );
}

function centralDifference(
  f: () => LossAndGradients,
  theta: Float32Array | Float64Array,
  { i, step }: { i: number; step: number },
): number {
  const before = theta[i];
  theta[i] = before + step;
  const [above, up] = [theta[i], f().loss]; // float32 rounds the step: divide by the true width
  theta[i] = before - step;
  const [below, down] = [theta[i], f().loss];
  theta[i] = before;
  return (up - down) / (above - below);
}
