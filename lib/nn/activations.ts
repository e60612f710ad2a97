/** A function applied to every element of a layer's input z, with its derivative. */
export interface Activation {
  /** The field's name for it. */
  readonly name: string;
  /** f(z). */
  value(z: number): number;
  /** f′(z); where f has a kink, the slope on its left. */
  derivative(z: number): number;
}

/** σ(z) = 1 / (1 + e^−z), written so that no exponential overflows (z = ±800 gives 1 and 0). */
function sigma(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** The identity f(z) = z: a layer without non-linearity. */
export const identity: Activation = {
  name: "identity",
  value: (z) => z,
  derivative: () => 1,
};

/** Logistic ("sigmoid"): σ(z) = 1 / (1 + e^−z), range (0, 1); σ′ = σ(1 − σ). */
export const logistic: Activation = {
  name: "logistic",
  value: sigma,
  derivative: (z) => sigma(z) * sigma(-z),
};

/** tanh(z) = 2σ(2z) − 1, range (−1, 1); tanh′ = 1 − tanh². */
export const tanh: Activation = {
  name: "tanh",
  value: Math.tanh,
  derivative: (z) => 1 - Math.tanh(z) ** 2,
};

/** Hard tanh: z cut off at −1 and 1 (Collobert and Weston 2008); slope 1 between, else 0. */
export const hardTanh: Activation = {
  name: "hard tanh",
  value: (z) => Math.max(-1, Math.min(1, z)),
  derivative: (z) => z > -1 && z <= 1 ? 1 : 0,
};

/** Rectified linear unit: max(z, 0) (Nair and Hinton 2010); slope 1[z > 0]. */
export const relu: Activation = {
  name: "ReLU",
  value: (z) => Math.max(z, 0),
  derivative: (z) => z > 0 ? 1 : 0,
};

/**
 * Leaky rectified linear unit: z where z > 0, else a·z (Maas et al. 2013).
 *
 * @param a the slope on the left, 0 ≤ a < 1
 * @throws {RangeError} if `a` is not in [0, 1)
 */
export function leakyRelu(a = 0.01): Activation {
  if (!(a >= 0 && a < 1)) {
    throw new RangeError(`Cannot build a leaky ReLU: expected a slope in [0, 1), got ${a}`);
  }
  return {
    name: "leaky ReLU",
    value: (z) => z > 0 ? z : a * z,
    derivative: (z) => z > 0 ? 1 : a,
  };
}

/** A rectified linear unit whose slope on the left is learned. */
export interface ParametricActivation extends Activation {
  /** ∂f(z)/∂a, the derivative by the learned slope. */
  slopeDerivative(z: number): number;
}

/**
 * Parametric rectified linear unit: z where z > 0, else a·z with a learned (He et al. 2015, eq. 1).
 *
 * @param a the slope's present value; its gradient is Σ min(z, 0) · ∂J/∂f(z)
 */
export function parametricRelu(a: number): ParametricActivation {
  return {
    name: "parametric ReLU",
    value: (z) => z > 0 ? z : a * z,
    derivative: (z) => z > 0 ? 1 : a,
    slopeDerivative: (z) => Math.min(z, 0),
  };
}

/**
 * Swish: z·σ(βz) (Ramachandran et al. 2017); f′ = σ(βz) + βz·σ(βz)(1 − σ(βz)).
 *
 * @param beta β; 1 gives SiLU, 0 the line z/2, and β → ∞ ReLU
 */
export function swish(beta = 1): Activation {
  return {
    name: "swish",
    value: (z) => z * sigma(beta * z),
    derivative: (z) => sigma(beta * z) + beta * z * sigma(beta * z) * sigma(-beta * z),
  };
}

/** Cube: z³, the activation of Chen and Manning's parser (2014); slope 3z². */
export const cube: Activation = {
  name: "cube",
  value: (z) => z ** 3,
  derivative: (z) => 3 * z ** 2,
};
