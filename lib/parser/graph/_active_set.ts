import type { Factor, FactorConfiguration } from "./factor.ts";

/** Configurations added in a round at most; what is left is made up for in the next (AD3-2.0.2). */
const MOST_ADDED = 10;
const ROUNDING = 1e-9;

/**
 * The mixture of a factor's configurations nearest to what is wanted of it, by the active set method
 * (Martins et al. 2015, section 6.3). Configurations are kept from one call to the next.
 */
export class ActiveSet {
  /** The configurations mixed. */
  configurations: FactorConfiguration[] = [];
  /** Their shares: 0 or more, in sum 1. */
  shares: number[] = [];
  /** a: what each variable is wanted to be; written by the caller. */
  readonly wanted: Float64Array;
  /** z: each variable's share of the mixture. */
  readonly mean: Float64Array;
  readonly #factor: Factor;
  readonly #rest: Float64Array;
  readonly #last: Float64Array;
  #lastScale = NaN;
  /** S: how many variables two configurations both turn on. */
  #shared: number[][] = [];

  constructor(factor: Factor) {
    const size = factor.variables.length;
    this.#factor = factor;
    this.wanted = new Float64Array(size);
    this.mean = new Float64Array(size);
    this.#rest = new Float64Array(size);
    this.#last = new Float64Array(size).fill(NaN);
  }

  /** Maximizes a·z + scale · E[score] − ½‖z‖² over the mixtures. */
  project(scale: number): void {
    if (!this.#hasChanged(scale)) return;
    if (this.configurations.length === 0) {
      this.#add(this.#factor.maximize(this.wanted, scale));
      this.shares[0] = 1;
    }
    for (let added = 0; added < MOST_ADDED; added++) {
      const tau = this.#solve(scale);
      const rest = this.#rest;
      for (let k = 0; k < rest.length; k++) rest[k] = this.wanted[k] - this.mean[k];
      const best = this.#factor.maximize(rest, scale);
      let value = scale * best.score;
      for (const k of best.on) value += rest[k];
      if (value <= tau + ROUNDING || this.#has(best)) return;
      this.#add(best);
    }
    this.#solve(scale);
  }

  #hasChanged(scale: number): boolean {
    let hasChanged = this.#lastScale !== scale;
    for (let k = 0; k < this.wanted.length; k++) {
      if (!(Math.abs(this.wanted[k] - this.#last[k]) < ROUNDING)) hasChanged = true;
    }
    if (hasChanged) {
      this.#last.set(this.wanted);
      this.#lastScale = scale;
    }
    return hasChanged;
  }

  #has({ on, score }: FactorConfiguration): boolean {
    return this.configurations.some((other) =>
      other.score === score && other.on.length === on.length &&
      on.every((k, i) => other.on[i] === k)
    );
  }

  #add(configuration: FactorConfiguration): void {
    const row = this.configurations.map(({ on }) => countShared(on, configuration.on));
    for (const [i, count] of row.entries()) this.#shared[i].push(count);
    this.#shared.push([...row, configuration.on.length]);
    this.configurations.push(configuration);
    this.shares.push(0);
  }

  #drop(i: number): void {
    this.configurations.splice(i, 1);
    this.shares.splice(i, 1);
    this.#shared.splice(i, 1);
    for (const row of this.#shared) row.splice(i, 1);
  }

  /** The best shares of the configurations at hand, and from them z; τ, what each brings. */
  #solve(scale: number): number {
    while (true) {
      const values = this.configurations.map(({ on, score }) => {
        let value = scale * score;
        for (const k of on) value += this.wanted[k];
        return value;
      });
      const { shares, tau } = solveEqualities(this.#shared, values);
      if (shares.every((share) => share >= 0)) {
        this.shares = shares;
        this.#setMean();
        return tau;
      }
      this.#drop(this.#stepTowards(shares));
    }
  }

  /** Goes from the shares towards new ones until the first is 0; which it is. */
  #stepTowards(shares: readonly number[]): number {
    let step = 1, first = 0;
    for (const [i, share] of shares.entries()) {
      if (share >= 0) continue;
      const reached = this.shares[i] / (this.shares[i] - share);
      if (reached <= step) [step, first] = [reached, i];
    }
    this.shares = this.shares.map((share, i) => share + step * (shares[i] - share));
    return first;
  }

  #setMean(): void {
    this.mean.fill(0);
    for (let i = 0; i < this.configurations.length; i++) {
      const share = this.shares[i];
      for (const k of this.configurations[i].on) this.mean[k] += share;
    }
  }
}

/** How many numbers two ascending lists share. */
function countShared(a: Int32Array, b: Int32Array): number {
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const difference = a[i] - b[j];
    if (difference === 0) count++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return count;
}

/** Keeps the system solvable where configurations depend on each other. */
const RIDGE = 1e-9;

/** Solves Σ_l S_kl w_l + τ = b_k for every k, Σ w = 1, by Gaussian elimination with pivoting. */
function solveEqualities(
  shared: readonly (readonly number[])[],
  values: readonly number[],
): { shares: number[]; tau: number } {
  const m = values.length;
  if (m === 1) return { shares: [1], tau: values[0] - shared[0][0] };
  const rows = values.map((value, k) => {
    const row = [...shared[k], 1, value];
    row[k] += RIDGE;
    return row;
  });
  rows.push([...values.map(() => 1), 0, 1]);
  for (let column = 0; column <= m; column++) {
    let pivot = column;
    for (let k = column + 1; k <= m; k++) {
      if (Math.abs(rows[k][column]) > Math.abs(rows[pivot][column])) pivot = k;
    }
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let k = column + 1; k <= m; k++) {
      const factor = rows[k][column] / rows[column][column];
      if (factor === 0) continue;
      for (let l = column; l <= m + 1; l++) rows[k][l] -= factor * rows[column][l];
    }
  }
  const solution = new Array<number>(m + 1).fill(0);
  for (let k = m; k >= 0; k--) {
    let rest = rows[k][m + 1];
    for (let l = k + 1; l <= m; l++) rest -= rows[k][l] * solution[l];
    solution[k] = rest / rows[k][k];
  }
  return { shares: solution.slice(0, m), tau: solution[m] };
}
