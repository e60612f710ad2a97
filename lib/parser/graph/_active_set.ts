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
  /** b: what each configuration is worth under what is wanted. */
  #values: number[] = [];
  #system = new Float64Array(0);

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
    this.#values = this.configurations.map((each) => worth(each, this.wanted, scale));
    if (this.configurations.length === 0) {
      this.#add(this.#factor.maximize(this.wanted, scale), scale);
      this.shares[0] = 1;
    }
    for (let added = 0; added < MOST_ADDED; added++) {
      const tau = this.#solve();
      const rest = this.#rest;
      for (let k = 0; k < rest.length; k++) rest[k] = this.wanted[k] - this.mean[k];
      const best = this.#factor.maximize(rest, scale);
      if (worth(best, rest, scale) <= tau + ROUNDING || this.#has(best)) return;
      this.#add(best, scale);
    }
    this.#solve();
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

  #add(configuration: FactorConfiguration, scale: number): void {
    const row = this.configurations.map(({ on }) => countShared(on, configuration.on));
    for (const [i, count] of row.entries()) this.#shared[i].push(count);
    this.#shared.push([...row, configuration.on.length]);
    this.configurations.push(configuration);
    this.shares.push(0);
    this.#values.push(worth(configuration, this.wanted, scale));
  }

  #drop(i: number): void {
    this.configurations.splice(i, 1);
    this.shares.splice(i, 1);
    this.#values.splice(i, 1);
    this.#shared.splice(i, 1);
    for (const row of this.#shared) row.splice(i, 1);
  }

  /** The best shares of the configurations at hand, and from them z; τ, what each brings. */
  #solve(): number {
    while (true) {
      const size = (this.#values.length + 1) * (this.#values.length + 2);
      if (size > this.#system.length) this.#system = new Float64Array(2 * size);
      const { shares, tau } = solveEqualities(this.#shared, this.#values, this.#system);
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

/** A configuration's value: a·y + scale · score. */
function worth(
  { on, score }: FactorConfiguration,
  potentials: Float64Array,
  scale: number,
): number {
  let value = scale * score;
  for (let i = 0; i < on.length; i++) value += potentials[on[i]];
  return value;
}

/** Keeps the system solvable where configurations depend on each other. */
const RIDGE = 1e-9;

/**
 * Solves Σ_l S_kl w_l + τ = b_k for every k, Σ w = 1, by Gaussian elimination with pivoting.
 *
 * @param system room for the rows, [m + 1, m + 2] at least
 */
function solveEqualities(
  shared: readonly (readonly number[])[],
  values: readonly number[],
  system: Float64Array,
): { shares: number[]; tau: number } {
  const m = values.length, width = m + 2;
  if (m === 1) return { shares: [1], tau: values[0] - shared[0][0] };
  for (let k = 0; k < m; k++) {
    const row = k * width, sharedRow = shared[k];
    for (let l = 0; l < m; l++) system[row + l] = sharedRow[l];
    system[row + k] += RIDGE;
    system[row + m] = 1;
    system[row + m + 1] = values[k];
    system[m * width + k] = 1;
  }
  system[m * width + m] = 0;
  system[m * width + m + 1] = 1;
  for (let column = 0; column <= m; column++) eliminate(system, m, column);
  const solution = new Array<number>(m + 1).fill(0);
  for (let k = m; k >= 0; k--) {
    let rest = system[k * width + m + 1];
    for (let l = k + 1; l <= m; l++) rest -= system[k * width + l] * solution[l];
    solution[k] = rest / system[k * width + k];
  }
  const tau = solution.pop()!;
  return { shares: solution, tau };
}

/** Brings the largest of a column to the diagonal and leaves 0 below it. */
function eliminate(system: Float64Array, m: number, column: number): void {
  const width = m + 2, top = column * width;
  let pivot = column;
  for (let k = column + 1; k <= m; k++) {
    const isLarger = Math.abs(system[k * width + column]) >
      Math.abs(system[pivot * width + column]);
    if (isLarger) pivot = k;
  }
  if (pivot !== column) {
    for (let l = column; l < width; l++) {
      const kept = system[top + l];
      system[top + l] = system[pivot * width + l];
      system[pivot * width + l] = kept;
    }
  }
  for (let k = column + 1; k <= m; k++) {
    const row = k * width, factor = system[row + column] / system[top + column];
    if (factor === 0) continue;
    for (let l = column; l < width; l++) system[row + l] -= factor * system[top + l];
  }
}
