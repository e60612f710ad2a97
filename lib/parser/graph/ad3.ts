import { ActiveSet } from "./_active_set.ts";
import type { Factor, FactorConfiguration } from "./factor.ts";

/** When {@linkcode ad3} ends. */
export interface Ad3Options {
  /** Largest number of rounds. @default {500} */
  maxRounds?: number;
  /** Primal and dual residual below which it ends. @default {1e-3} */
  tolerance?: number;
}

/** What {@linkcode ad3} found. */
export interface Ad3Solution {
  /** u, each variable's value between 0 and 1; all 0 or 1 where the relaxation is tight. */
  values: Float64Array;
  /** For each factor, the configurations it mixes and their shares, which sum to 1. */
  mixtures: { configurations: readonly FactorConfiguration[]; shares: readonly number[] }[];
  /** An upper bound on the score of any solution: the lowest seen. */
  bound: number;
  /** Rounds taken. */
  rounds: number;
}

/** ρ, the price of disagreement: where it starts and its range. It is 2η of AD3-2.0.2. */
const START = 0.1, LEAST = 2e-3, MOST = 200;
/** Rounds between two looks at ρ, and at whether the factors agree. */
const ADAPT_EVERY = 10, CHECK_EVERY = 5;

/**
 * Alternating directions dual decomposition (Martins, Figueiredo, Aguiar, Smith & Xing 2011; 2015,
 * algorithm 1): the highest Σᵢ θᵢ uᵢ + Σ_α score_α over 0/1 variables on which all factors agree, its
 * linear relaxation solved. Each round
 *
 *     1. z_α = argmax over the factor's mixtures of a·z + E[score_α] / ρ − ½‖z‖²,
 *              a = u + (θ/d + λ_α) / ρ,   d: the number of factors that see a variable
 *     2. u = the mean of the factors' z
 *     3. λ_α ← λ_α − ρ·(z_α − u)
 *
 * It ends where these settle, or as soon as the factors' best configurations under λ agree: nothing
 * scores higher than they do then.
 *
 * @param potentials θ, one for each variable; every variable is seen by a factor
 */
export function ad3(
  potentials: Float64Array,
  factors: readonly Factor[],
  { maxRounds = 500, tolerance = 1e-3 }: Ad3Options = {},
): Ad3Solution {
  const state = new Agreement(potentials, factors);
  let rho = START, round = 0, bound = Infinity;
  while (round < maxRounds) {
    round++;
    state.project(rho);
    const { primal, dual } = state.average(rho);
    if (primal < tolerance && dual < tolerance) break;
    if (round === 1 || round % CHECK_EVERY === 0) {
      const best = state.bestAlone();
      bound = Math.min(bound, best.bound);
      if (state.agree(best.configurations)) {
        return {
          ...{ values: state.values, bound, rounds: round },
          mixtures: best.configurations.map((each) => ({ configurations: [each], shares: [1] })),
        };
      }
    }
    if (round % ADAPT_EVERY !== 0) continue;
    if (primal > 10 * dual) rho = Math.min(MOST, rho * 2);
    else if (dual > 10 * primal) rho = Math.max(LEAST, rho / 2);
  }
  return {
    values: state.values,
    mixtures: state.sets.map(({ configurations, shares }) => ({ configurations, shares })),
    bound: Math.min(bound, state.bestAlone().bound),
    rounds: round,
  };
}

/** The variables, and each factor's view of them. */
class Agreement {
  readonly values: Float64Array;
  readonly sets: ActiveSet[];
  readonly #factors: readonly Factor[];
  /** θ/d, d being the number of factors that see a variable. */
  readonly #shared: Float64Array;
  readonly #degrees: Float64Array;
  readonly #sum: Float64Array;
  readonly #lambda: Float64Array[];

  constructor(potentials: Float64Array, factors: readonly Factor[]) {
    this.#factors = factors;
    this.values = new Float64Array(potentials.length).fill(0.5);
    this.#sum = new Float64Array(potentials.length);
    this.#degrees = new Float64Array(potentials.length);
    for (const { variables } of factors) for (const i of variables) this.#degrees[i]++;
    this.#shared = potentials.map((theta, i) => theta / this.#degrees[i]);
    this.#lambda = factors.map(({ variables }) => new Float64Array(variables.length));
    this.sets = factors.map((factor) => new ActiveSet(factor));
  }

  /** Step 1. */
  project(rho: number): void {
    for (const [f, { variables }] of this.#factors.entries()) {
      const set = this.sets[f], lambda = this.#lambda[f], a = set.wanted;
      for (let k = 0; k < variables.length; k++) {
        const i = variables[k];
        a[k] = this.values[i] + (this.#shared[i] + lambda[k]) / rho;
      }
      set.project(1 / rho);
    }
  }

  /** Steps 2 and 3; how far the factors are apart, and how far u moved. */
  average(rho: number): { primal: number; dual: number } {
    this.#sum.fill(0);
    for (const [f, { variables }] of this.#factors.entries()) {
      const z = this.sets[f].mean;
      for (let k = 0; k < variables.length; k++) this.#sum[variables[k]] += z[k];
    }
    let moved = 0, apart = 0, views = 0;
    for (let i = 0; i < this.#sum.length; i++) {
      const mean = this.#sum[i] / this.#degrees[i];
      moved += this.#degrees[i] * (mean - this.values[i]) ** 2;
      this.values[i] = mean;
    }
    for (const [f, { variables }] of this.#factors.entries()) {
      const z = this.sets[f].mean, lambda = this.#lambda[f];
      views += variables.length;
      for (let k = 0; k < variables.length; k++) {
        const difference = z[k] - this.values[variables[k]];
        lambda[k] -= rho * difference;
        apart += difference ** 2;
      }
    }
    return { primal: Math.sqrt(apart / views), dual: Math.sqrt(moved / views) };
  }

  /**
   * Each factor's best configuration by itself. Since Σ_α λ_α = 0, no solution scores higher than
   * Σ_α max (θ/d + λ_α)·y + score_α(y).
   */
  bestAlone(): { bound: number; configurations: FactorConfiguration[] } {
    let bound = 0;
    const configurations = this.#factors.map((factor, f) => {
      const potentials = this.#lambda[f].map((l, k) => this.#shared[factor.variables[k]] + l);
      const best = factor.maximize(potentials, 1);
      bound += best.score;
      for (const k of best.on) bound += potentials[k];
      return best;
    });
    return { bound, configurations };
  }

  /** Whether the configurations turn on the same variables: then these are the solution. */
  agree(configurations: readonly FactorConfiguration[]): boolean {
    const votes = this.#sum.fill(0);
    for (const [f, { on }] of configurations.entries()) {
      for (const k of on) votes[this.#factors[f].variables[k]]++;
    }
    for (let i = 0; i < votes.length; i++) {
      if (votes[i] !== 0 && votes[i] !== this.#degrees[i]) return false;
    }
    for (let i = 0; i < votes.length; i++) this.values[i] = votes[i] === 0 ? 0 : 1;
    return true;
  }
}
