import { defineOptimizer, type Optimizer } from "./optimizer.ts";

/** Settings every optimizer has. */
export interface RateOptions {
  /** η, the learning rate. */
  rate: number;
}

/** Stochastic gradient descent: θ ← θ − η g. */
export function sgd({ rate }: RateOptions): Optimizer {
  return defineOptimizer({
    name: "SGD",
    rate,
    settings: {},
    slots: {},
    rule({ theta, gradient, rate }) {
      for (let i = 0; i < theta.length; i++) theta[i] -= rate * gradient[i];
    },
  });
}

/** Settings of the two momentum rules. */
export interface MomentumOptions extends RateOptions {
  /** μ, the share of the velocity that stays. @default {0.9} */
  momentum?: number;
}

function checkShare(name: string, value: number): void {
  if (value >= 0 && value < 1) return;
  throw new RangeError(`Cannot build an optimizer: expected ${name} in [0, 1), got ${value}`);
}

/** Momentum (Polyak 1964, as in PyTorch): v ← μ v + g; θ ← θ − η v. */
export function momentum({ rate, momentum: mu = 0.9 }: MomentumOptions): Optimizer {
  checkShare("momentum", mu);
  return defineOptimizer({
    name: "momentum",
    rate,
    settings: { momentum: mu },
    slots: { v: 0 },
    rule({ theta, gradient, slots: { v }, rate }) {
      for (let i = 0; i < theta.length; i++) {
        v[i] = mu * v[i] + gradient[i];
        theta[i] -= rate * v[i];
      }
    },
  });
}

/** Nesterov's momentum (Sutskever et al. 2013, as in PyTorch): v ← μ v + g; θ ← θ − η(g + μ v). */
export function nesterov({ rate, momentum: mu = 0.9 }: MomentumOptions): Optimizer {
  checkShare("momentum", mu);
  return defineOptimizer({
    name: "Nesterov",
    rate,
    settings: { momentum: mu },
    slots: { v: 0 },
    rule({ theta, gradient, slots: { v }, rate }) {
      for (let i = 0; i < theta.length; i++) {
        v[i] = mu * v[i] + gradient[i];
        theta[i] -= rate * (gradient[i] + mu * v[i]);
      }
    },
  });
}
