import type { Random } from "#lib/random/mod.ts";

/** How a distribution is changed before a word is drawn from it. */
export interface DrawOptions {
  /**
   * T, by which the log probabilities are divided: below 1 the likely words gain, above 1 the
   * unlikely ones; 0 takes the likeliest, Infinity finds all possible words equally likely.
   *
   * @default {1}
   */
  temperature?: number;
  /**
   * Only this many of the likeliest words can be drawn.
   *
   * @default {Infinity}
   */
  topK?: number;
  /**
   * Only the fewest likeliest words that together reach this probability can be drawn, more than 0
   * and at most 1: nucleus sampling (Holtzman et al. 2020).
   *
   * @default {1}
   */
  nucleus?: number;
}

/**
 * Changes a distribution: P′(w) ∝ P(w)^(1/T) over the likeliest words that `topK` and `nucleus`
 * leave; all others get 0.
 *
 * @param logProbabilities natural logarithms, shape [|V|]; they need not be normalized
 * @returns probabilities that sum to 1, shape [|V|]
 * @throws {RangeError} if an option is out of its range, or no word is possible
 */
export function reshape(
  logProbabilities: ArrayLike<number>,
  options: DrawOptions = {},
): Float64Array {
  const { temperature = 1, topK = Infinity, nucleus = 1 } = options;
  check("temperature", temperature, temperature >= 0, "0 or more");
  check("topK", topK, topK >= 1, "1 or more");
  check("nucleus", nucleus, nucleus > 0 && nucleus <= 1, "more than 0 and at most 1");

  let likeliest = 0;
  for (let w = 1; w < logProbabilities.length; w++) {
    if (logProbabilities[w] > logProbabilities[likeliest]) likeliest = w;
  }
  const highest = logProbabilities[likeliest];
  if (!(highest > -Infinity)) {
    throw new RangeError("Cannot draw a word: expected a possible one, got a distribution without");
  }
  const out = new Float64Array(logProbabilities.length);
  if (temperature === 0) out[likeliest] = 1;
  else {
    // exp((log P − max) / T): the largest is 1, so nothing overflows; 0 stays 0 even where T = ∞
    for (let w = 0; w < out.length; w++) {
      const logP = logProbabilities[w];
      if (logP > -Infinity) out[w] = Math.exp((logP - highest) / temperature);
    }
    normalize(out);
    if (topK < out.length || nucleus < 1) keepLikeliest(out, topK, nucleus);
  }
  return out;
}

/**
 * Draws an index with the probabilities given.
 *
 * @param probabilities non-negative, summing to 1
 */
export function drawIndex(probabilities: Float64Array, random: Random): number {
  let left = random(), last = 0;
  for (let i = 0; i < probabilities.length; i++) {
    if (probabilities[i] === 0) continue;
    left -= probabilities[i];
    if (left < 0) return i;
    last = i; // where rounding leaves the sum below 1
  }
  return last;
}

function keepLikeliest(p: Float64Array, topK: number, nucleus: number): void {
  const order = Uint32Array.from(p, (_, w) => w).sort((a, b) => p[b] - p[a] || a - b);
  let sum = 0, kept = 0;
  while (kept < Math.min(topK, order.length) && sum < nucleus) sum += p[order[kept++]];
  for (const w of order.subarray(kept)) p[w] = 0;
  normalize(p);
}

function normalize(p: Float64Array): void {
  let sum = 0;
  for (let w = 0; w < p.length; w++) sum += p[w];
  for (let w = 0; w < p.length; w++) p[w] /= sum;
}

function check(name: string, value: number, isGood: boolean, range: string): void {
  if (!isGood) throw new RangeError(`Cannot draw a word: expected ${name} ${range}, got ${value}`);
}
