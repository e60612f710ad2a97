import type { Random } from "#lib/random/mod.ts";

/** Examples of a classification task whose features are present or not. */
export interface BinaryExamples {
  /** Numbers of the features present in all examples, laid end to end. */
  readonly features: Int32Array;
  /** Where each example's features begin; shape [examples + 1]. */
  readonly offsets: Int32Array;
  /** The right class of each example; shape [examples]. */
  readonly classes: Uint16Array;
  /** How many features there are. */
  readonly featureCount: number;
  /** How many classes there are, k. */
  readonly classCount: number;
}

/** How {@linkcode crammerSinger} learns. */
export interface CrammerSingerOptions {
  /** Price of a margin violation against the length of the weights, C. @default {0.1} */
  cost?: number;
  /** Training ends when no example violates optimality by more, ε. @default {0.1} */
  tolerance?: number;
  /** Training ends after so many passes at the latest. @default {1000} */
  maxPasses?: number;
  /** Where the order of the examples in each pass is drawn from. */
  random: Random;
}

/** What a pass over the examples came to. */
export interface CrammerSingerReport {
  /** Number of the pass, from 1. */
  readonly pass: number;
  /** How many examples the pass went over. */
  readonly visited: number;
  /** The largest violation of the optimality conditions met in this pass. */
  readonly violation: number;
  /** Whether no violation is above the tolerance: the last report. */
  readonly isConverged: boolean;
  /** The dual objective ½Σ‖w_m‖² + Σ_i Σ_{m≠y_i} α_im, minimised: it falls with every pass. */
  dualObjective(): number;
  /** The primal objective ½Σ‖w_m‖² + C Σ_i ξ_i; at the optimum the negative of the dual one. */
  primalObjective(): number;
  /** The weights w, feature by feature; shape [features × k]. Changed by the next pass. */
  readonly weights: Float32Array;
}

/**
 * Trains the multiclass support vector machine of Crammer & Singer (2001),
 *
 * min ½ Σ_m ‖w_m‖² + C Σ_i ξ_i  with  w_{y_i}·x_i − w_m·x_i ≥ 1[m ≠ y_i] − ξ_i  for all m,
 *
 * by the sequential dual method of Keerthi et al. (2008), as LIBLINEAR's `-s 4` without bias: one
 * example's α at a time is set to its optimum. Examples found at their optimum rest until the others
 * are within the tolerance; a pass over all examples decides whether training ends.
 *
 * @returns a report after every pass; stopping early leaves usable weights
 */
export function* crammerSinger(
  examples: BinaryExamples,
  { cost = 0.1, tolerance = 0.1, maxPasses = 1000, random }: CrammerSingerOptions,
): Generator<CrammerSingerReport, void, void> {
  const solver = new Solver(examples, cost);
  const all = Int32Array.from(examples.classes.keys());
  let active = all.slice(), goal = Math.max(1, 10 * tolerance); // 10 ε as LIBLINEAR, then halved
  for (let pass = 1; pass <= maxPasses; pass++) {
    shuffle(active, random);
    let violation = 0, kept = 0;
    const visited = active.length;
    for (let at = 0; at < visited; at++) {
      const found = solver.improve(active[at]);
      if (found > 0) active[kept++] = active[at];
      if (found > violation) violation = found;
    }
    const isConverged = violation < tolerance && visited === all.length;
    active = violation < goal ? all.slice() : active.subarray(0, kept);
    if (violation < goal) goal = Math.max(goal / 2, tolerance);
    yield { pass, visited, violation, isConverged, ...solver.report() };
    if (isConverged) return;
  }
}

/** Fisher and Yates, in place. */
function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
}

class Solver {
  readonly weights: Float32Array;
  readonly #examples: BinaryExamples;
  readonly #cost: number;
  readonly #alpha: Float32Array; // α_im; Σ_m α_im = 0, α_im ≤ C·1[m = y_i]; shape [examples × k]
  readonly #gradient: Float64Array; // g_m, then B_m of the example at hand
  readonly #isTaken: Uint8Array;

  constructor(examples: BinaryExamples, cost: number) {
    const { featureCount, classCount, classes } = examples;
    this.#examples = examples;
    this.#cost = Math.fround(cost);
    this.weights = new Float32Array(featureCount * classCount);
    this.#alpha = new Float32Array(classes.length * classCount);
    this.#gradient = new Float64Array(classCount);
    this.#isTaken = new Uint8Array(classCount);
  }

  /** What a report says of the state of things. */
  report(): Pick<CrammerSingerReport, "dualObjective" | "primalObjective" | "weights"> {
    return {
      dualObjective: () => this.#dualObjective(),
      primalObjective: () => this.#primalObjective(),
      weights: this.weights,
    };
  }

  /** Sets α_i to its optimum, all others fixed; returns by how much it violated optimality. */
  improve(i: number): number {
    const { offsets, classes, classCount: k } = this.#examples;
    const squaredNorm = offsets[i + 1] - offsets[i]; // A = ‖x‖²: features are 0 or 1
    if (squaredNorm === 0) return 0;
    this.#score(i);
    const g = this.#gradient, alpha = this.#alpha, y = classes[i], base = i * k;
    let most = -Infinity, least = Infinity; // least: among those α that may grow
    for (let m = 0; m < k; m++) {
      if (g[m] > most) most = g[m];
      if (g[m] < least && alpha[base + m] < (m === y ? this.#cost : 0)) least = g[m];
    }
    if (most - least <= 1e-12) return 0;
    for (let m = 0; m < k; m++) g[m] -= squaredNorm * alpha[base + m]; // B_m = g_m − A α_m
    const beta = this.#threshold(y, squaredNorm);
    for (let m = 0; m < k; m++) {
      const bound = m === y ? this.#cost : 0;
      const optimum = Math.fround(Math.min(bound, (beta - g[m]) / squaredNorm));
      const change = optimum - alpha[base + m];
      if (change === 0) continue;
      alpha[base + m] = optimum;
      this.#addToWeights(i, m, change);
    }
    return most - least;
  }

  /** g_m = w_m·x + 1[m ≠ y] for every class m. */
  #score(i: number): void {
    const { features, offsets, classes, classCount: k } = this.#examples;
    const g = this.#gradient, weights = this.weights;
    g.fill(1);
    g[classes[i]] = 0;
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      const row = features[at] * k;
      for (let m = 0; m < k; m++) g[m] += weights[row + m];
    }
  }

  /**
   * β with Σ_m min(C·1[m = y], (β − B_m) / A) = 0: with D_m = B_m + A·C·1[m = y] from the largest
   * down, as many as exceed the mean they give.
   */
  #threshold(y: number, squaredNorm: number): number {
    const b = this.#gradient, taken = this.#isTaken.fill(0), bonus = squaredNorm * this.#cost;
    let beta = -bonus;
    for (let r = 0; r < b.length; r++) {
      let best = -1, largest = -Infinity;
      for (let m = 0; m < b.length; m++) {
        const d = m === y ? b[m] + bonus : b[m];
        if (taken[m] === 0 && d > largest) [best, largest] = [m, d];
      }
      if (r > 0 && beta >= r * largest) return beta / r;
      beta += largest;
      taken[best] = 1;
    }
    return beta / b.length;
  }

  #addToWeights(i: number, m: number, change: number): void {
    const { features, offsets, classCount } = this.#examples;
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      this.weights[features[at] * classCount + m] += change;
    }
  }

  #dualObjective(): number {
    const { classes, classCount: k } = this.#examples;
    let sum = 0;
    for (const weight of this.weights) sum += weight * weight / 2;
    for (const [at, alpha] of this.#alpha.entries()) {
      if (at % k !== classes[Math.floor(at / k)]) sum += alpha;
    }
    return sum;
  }

  #primalObjective(): number {
    let sum = 0;
    for (const weight of this.weights) sum += weight * weight / 2;
    for (const [i, y] of this.#examples.classes.entries()) {
      this.#score(i); // ξ_i = max_m g_m − g_y
      sum += this.#cost * (Math.max(...this.#gradient) - this.#gradient[y]);
    }
    return sum;
  }
}
