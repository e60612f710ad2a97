/** Counts up to 2²⁰ fall between two of the buckets 0 … 20 of log₂. */
const BUCKETS = 22;

/** What is known of a feature i. */
export interface FeatureFacts {
  /** The number of its shape. */
  shape: number;
  /** C_i. */
  total: number;
  /** How many different words followed it. */
  followers: number;
}

const SMALL = Float64Array.from({ length: 1 << 12 }, (_, n) => Math.log2(Math.max(n, 1)));

/** log₂ n, below the last bucket. */
function logTwo(n: number): number {
  return n < SMALL.length ? SMALL[n] : Math.min(Math.log2(n), BUCKETS - 1.001);
}

/**
 * The adjustment A(i, w) of Shazeer, Pelemans and Chelba 2015 (section 2.2) as a sum of weights θ
 * of metafeatures without words (as Chelba and Pereira 2016 found to do): conjunctions of the
 * feature's shape, the pair's count C_iw, and either the feature's count C_i or its number of
 * different followers. A count is log₂ n between its two neighbouring buckets, linearly.
 */
export class Adjustment {
  /**
   * θ: for each shape two grids of (bucket of C_i or of followers) × (bucket of C_iw); last, the
   * adjustment of the uniform distribution.
   */
  readonly theta: Float64Array;
  /** Whether followers count. */
  readonly #followers: boolean;
  /** Where the row of the feature at hand begins in each grid, and its share of the next row. */
  readonly #rows = new Uint32Array(2);
  readonly #parts = new Float64Array(2);

  /** Starts with A = 0. */
  constructor(shapes: number, { followers = true }: { followers?: boolean } = {}) {
    this.theta = new Float64Array(shapes * 2 * BUCKETS * BUCKETS + 1);
    this.#followers = followers;
  }

  /** The adjustment of the uniform distribution. */
  get uniform(): number {
    return this.theta[this.theta.length - 1];
  }

  /** Turns to a feature; {@linkcode of} and {@linkcode add} are about it. */
  turnTo({ shape, total, followers }: FeatureFacts): void {
    this.#turn(2 * shape, logTwo(total), 0);
    this.#turn(2 * shape + 1, logTwo(followers), 1);
  }

  #turn(row: number, x: number, grid: number): void {
    const below = Math.floor(x);
    this.#rows[grid] = (row * BUCKETS + below) * BUCKETS;
    this.#parts[grid] = x - below;
  }

  /** A(i, w) of a pair with count C_iw = n. */
  of(n: number): number {
    const log = logTwo(n), below = Math.floor(log), y = log - below;
    let sum = 0;
    for (let grid = 0; grid < (this.#followers ? 2 : 1); grid++) {
      const at = this.#rows[grid] + below, x = this.#parts[grid];
      sum += (1 - x) * ((1 - y) * this.theta[at] + y * this.theta[at + 1]) +
        x * ((1 - y) * this.theta[at + BUCKETS] + y * this.theta[at + BUCKETS + 1]);
    }
    return sum;
  }

  /** gradient += slope · ∂A(i, w)/∂θ of a pair with count C_iw = n. */
  add(gradient: Float64Array, n: number, slope: number): void {
    const log = logTwo(n), below = Math.floor(log), y = log - below;
    for (let grid = 0; grid < (this.#followers ? 2 : 1); grid++) {
      const at = this.#rows[grid] + below, x = this.#parts[grid];
      gradient[at] += slope * (1 - x) * (1 - y);
      gradient[at + 1] += slope * (1 - x) * y;
      gradient[at + BUCKETS] += slope * x * (1 - y);
      gradient[at + BUCKETS + 1] += slope * x * y;
    }
  }
}
