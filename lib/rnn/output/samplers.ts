import type { Random } from "#lib/random/mod.ts";

/** Ids drawn from a proposal distribution Q. */
export interface Sample {
  /** The ids drawn; shape [K]. */
  ids: Int32Array;
  /** log of how often each of them was to be expected among the draws; shape [K]. */
  logExpected: Float32Array;
  /**
   * The same for an id that may not have been drawn.
   *
   * @throws {RangeError} if it can never be drawn
   */
  logExpectedOf(id: number): number;
}

/** Draws ids for a batch. */
export type Sampler = (random: Random) => Sample;

/** The ids from the most to the least frequent (equally frequent ones by id), one left out. */
export function byFrequency(counts: ArrayLike<number>, never?: number): Int32Array {
  return Int32Array.from({ length: counts.length }, (_, id) => id)
    .filter((id) => id !== never)
    .sort((a, b) => counts[b] - counts[a] || a - b);
}

/**
 * Draws K different ids from the log-uniform distribution over ranks (Jozefowicz et al. 2016),
 * Q(k) = log((k + 2) / (k + 1)) / log(V + 1), which is near to Zipf's law. Draws go on until K
 * different ids came; after t draws an id is among them with probability 1 − (1 − Q)ᵗ. Where K = V
 * all ids are there, each once.
 *
 * @param order ids by falling frequency: rank k = 0, 1, …
 * @throws {RangeError} if K is not from 1 to V
 */
export function logUniformSampler(order: Int32Array, samples: number): Sampler {
  const V = order.length;
  checkSamples(samples, V);
  const rank = new Int32Array(V + 2).fill(-1);
  order.forEach((id, k) => rank[id] = k);
  const Q = (k: number) => Math.log((k + 2) / (k + 1)) / Math.log(V + 1);
  return (random) => {
    const drawn = new Set<number>();
    let draws = 0;
    while (drawn.size < samples && samples < V) {
      drawn.add(Math.min(Math.floor(Math.exp(random() * Math.log(V + 1))) - 1, V - 1));
      draws++;
    }
    const ids = samples < V ? Int32Array.from(drawn, (k) => order[k]) : order.slice();
    const logExpectedOf = (id: number) =>
      samples < V ? Math.log(-Math.expm1(draws * Math.log1p(-Q(rank[id])))) : 0;
    return { ids, logExpected: Float32Array.from(ids, logExpectedOf), logExpectedOf };
  };
}

/**
 * Draws K ids with replacement from Q(w) ∝ count(w)^α, so that an id is to be expected K Q(w) times.
 *
 * @param counts shape [V]; an id with count 0 is never drawn, unless α is 0
 * @throws {RangeError} if K is less than 1 or nothing can be drawn
 */
export function powerSampler(
  counts: ArrayLike<number>,
  { alpha, samples, never }: { alpha: number; samples: number; never?: number },
): Sampler {
  checkSamples(samples, Infinity);
  const weights = Float64Array.from(counts, (n, id) => id === never ? 0 : n ** alpha);
  const total = weights.reduce((sum, w) => sum + w, 0);
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(`Cannot draw samples: expected counts with a positive sum, got ${total}`);
  }
  let sum = 0;
  const cumulative = weights.map((w) => sum += w);
  const logExpectedOf = (id: number) => {
    if (weights[id] > 0) return Math.log(samples * weights[id] / total);
    throw new RangeError(
      `Cannot compare word ${id} with samples: expected targets that occur in counts, ` +
        `got a count of ${counts[id]}`,
    );
  };
  return (random) => {
    const ids = Int32Array.from({ length: samples }, () => firstAbove(cumulative, random() * sum));
    return { ids, logExpected: Float32Array.from(ids, logExpectedOf), logExpectedOf };
  };
}

/** The first place whose value is above `x`; the values rise. */
function firstAbove(values: Float64Array, x: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

function checkSamples(samples: number, most: number): void {
  if (Number.isInteger(samples) && samples >= 1 && samples <= most) return;
  throw new RangeError(
    `Cannot draw samples: expected a whole number from 1 to ${most}, got ${samples}`,
  );
}
