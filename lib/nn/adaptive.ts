import { defineOptimizer, type Optimizer } from "./optimizer.ts";
import type { RateOptions } from "./gradient_descent.ts";

/** Settings of {@linkcode adagrad}. */
export interface AdagradOptions extends RateOptions {
  /** ε, which keeps the division finite. @default {1e-10} */
  epsilon?: number;
  /** What G starts with; above 0 it damps the first steps. @default {0} */
  initialAccumulator?: number;
}

/** AdaGrad (Duchi et al. 2011): G ← G + g²; θ ← θ − η g / (√G + ε). */
export function adagrad(options: AdagradOptions): Optimizer {
  const { rate, epsilon = 1e-10, initialAccumulator = 0 } = options;
  return defineOptimizer({
    name: "AdaGrad",
    rate,
    settings: { epsilon },
    slots: { G: initialAccumulator },
    rule({ theta, gradient, slots: { G }, rate }) {
      for (let i = 0; i < theta.length; i++) {
        const g = gradient[i];
        G[i] += g * g;
        theta[i] -= rate * g / (Math.sqrt(G[i]) + epsilon);
      }
    },
  });
}

/** Settings of {@linkcode rmsprop}. */
export interface RmspropOptions extends RateOptions {
  /** ρ, the share of the old average that stays. @default {0.9} */
  rho?: number;
  /** ε, which keeps the division finite. @default {1e-8} */
  epsilon?: number;
}

/** RMSprop (Tieleman and Hinton 2012): G ← ρ G + (1 − ρ) g²; θ ← θ − η g / (√G + ε). */
export function rmsprop({ rate, rho = 0.9, epsilon = 1e-8 }: RmspropOptions): Optimizer {
  return defineOptimizer({
    name: "RMSprop",
    rate,
    settings: { rho, epsilon },
    slots: { G: 0 },
    rule({ theta, gradient, slots: { G }, rate }) {
      for (let i = 0; i < theta.length; i++) {
        const g = gradient[i];
        G[i] = rho * G[i] + (1 - rho) * g * g;
        theta[i] -= rate * g / (Math.sqrt(G[i]) + epsilon);
      }
    },
  });
}

/** Settings of {@linkcode adam}, {@linkcode amsgrad} and `sparseAdam`. */
export interface AdamOptions extends RateOptions {
  /** β₁, the share of the old mean gradient that stays. @default {0.9} */
  beta1?: number;
  /** β₂, the share of the old mean squared gradient that stays. @default {0.999} */
  beta2?: number;
  /** ε, which keeps the division finite. @default {1e-8} */
  epsilon?: number;
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1): m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
 * θ ← θ − η m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
 */
export function adam(options: AdamOptions): Optimizer {
  const { rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  return defineOptimizer({
    name: "Adam",
    rate,
    settings: { beta1, beta2, epsilon },
    slots: { m: 0, v: 0 },
    rule({ theta, gradient, slots: { m, v }, t, rate }) {
      const [correction1, correction2] = [1 - beta1 ** t, 1 - beta2 ** t];
      for (let i = 0; i < theta.length; i++) {
        const g = gradient[i];
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        theta[i] -= rate * (m[i] / correction1) / (Math.sqrt(v[i] / correction2) + epsilon);
      }
    },
  });
}

/** AMSGrad (Reddi et al. 2018, with bias correction as in PyTorch): Adam with v̂ from max_t v. */
export function amsgrad(options: AdamOptions): Optimizer {
  const { rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  return defineOptimizer({
    name: "AMSGrad",
    rate,
    settings: { beta1, beta2, epsilon },
    slots: { m: 0, v: 0, vMax: 0 },
    rule({ theta, gradient, slots: { m, v, vMax }, t, rate }) {
      const [correction1, correction2] = [1 - beta1 ** t, 1 - beta2 ** t];
      for (let i = 0; i < theta.length; i++) {
        const g = gradient[i];
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        vMax[i] = Math.max(vMax[i], v[i]);
        theta[i] -= rate * (m[i] / correction1) / (Math.sqrt(vMax[i] / correction2) + epsilon);
      }
    },
  });
}
