import type { NamedArrays } from "./named_arrays.ts";

/** A loss in nats and its derivative by each of the model's outputs. */
export interface Loss {
  /** J, in nats where the loss is a negative log-likelihood. */
  readonly loss: number;
  /** ∂J/∂output, same length as the outputs. */
  readonly gradient: Float64Array;
}

/**
 * log softmax: f_c − m − log Σ e^(f_k − m) with m = max f, so that no exponential overflows.
 *
 * @param logits unnormalised scores f, shape [C]
 * @returns natural-log probabilities, shape [C]
 */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const f = Float64Array.from(logits);
  const m = f.reduce((a, b) => Math.max(a, b), -Infinity);
  const logSum = m + Math.log(f.reduce((sum, v) => sum + Math.exp(v - m), 0));
  return f.map((v) => v - logSum);
}

/** p_c = e^(f_c − m) / Σ e^(f_k − m), shape [C], sums to 1. See {@linkcode logSoftmax}. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  return logSoftmax(logits).map(Math.exp);
}

/**
 * Cross-entropy of one example against its class: J = −log p_y; ∂J/∂f_c = p_c − 1[c = y].
 *
 * @param logits unnormalised scores f, shape [C]
 * @param target the right class y, 0 ≤ y < C
 * @throws {RangeError} if there is no such class
 */
export function crossEntropy(logits: ArrayLike<number>, target: number): Loss {
  if (!Number.isInteger(target) || target < 0 || target >= logits.length) {
    throw new RangeError(
      `Cannot compute cross-entropy: expected a class below ${logits.length}, got ${target}`,
    );
  }
  const logP = logSoftmax(logits);
  const gradient = logP.map(Math.exp);
  gradient[target] -= 1;
  return { loss: -logP[target], gradient };
}

/** Squared error of one example: J = Σ (f_c − y_c)²; ∂J/∂f_c = 2(f_c − y_c). */
export function squaredError(outputs: ArrayLike<number>, targets: ArrayLike<number>): Loss {
  if (outputs.length !== targets.length) {
    throw new RangeError(
      `Cannot compare outputs with targets: expected ${outputs.length} targets, got ${targets.length}`,
    );
  }
  const error = Float64Array.from(outputs, (v, i) => v - targets[i]);
  return {
    loss: error.reduce((sum, e) => sum + e * e, 0),
    gradient: error.map((e) => 2 * e),
  };
}

/** How strongly, and which, parameters are held small. */
export interface L2Options {
  /** λ, the weight of the sum of squares in the objective; 0 or more. */
  lambda: number;
  /** The names of the parameters that count. @default {all that learn, biases included} */
  only?: readonly string[];
}

/**
 * The regularisation term of the lecture's objective: λ Σ θ², with gradient 2λθ (no ½).
 *
 * @returns the term, and its gradient for every named parameter (zero where it does not count)
 * @throws {RangeError} if `lambda` is negative or a name is unknown
 */
export function l2Penalty(
  parameters: NamedArrays,
  { lambda, only = Object.keys(parameters) }: L2Options,
): { loss: number; gradients: Record<string, Float64Array> } {
  if (!(lambda >= 0)) {
    throw new RangeError(`Cannot regularise: expected λ of 0 or more, got ${lambda}`);
  }
  const unknown = only.find((name) => !(name in parameters));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot regularise ${unknown}: the parameters are ${Object.keys(parameters).join(", ")}`,
    );
  }
  let loss = 0;
  const gradients: Record<string, Float64Array> = {};
  for (const [name, theta] of Object.entries(parameters)) {
    const weight = only.includes(name) ? lambda : 0;
    gradients[name] = Float64Array.from(theta, (v) => 2 * weight * v);
    for (const v of theta) loss += weight * v * v;
  }
  return { loss, gradients };
}
