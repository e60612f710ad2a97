import type { Adjustment } from "./adjustment.ts";
import { type FeatureCounts, findPair, type Place } from "./feature_counts.ts";

/**
 * Places of a held-out text, compiled: each feature that is active somewhere once, with the counts
 * of its words as a histogram (most words followed it once), and each place's pairs.
 */
export class HeldOutBatch {
  /** Number of places. */
  places = 0;
  readonly #features: number[] = [];
  readonly #local = new Map<number, number>();
  /** Of each place, the features active (numbered here) and C_iw, 0 for a pair never counted. */
  readonly #active: number[] = [];
  readonly #pairCounts: number[] = [];
  readonly #ends: number[] = [0];
  readonly #counts: FeatureCounts;
  #histograms: { n: Uint32Array; times: Uint32Array; ends: Uint32Array } | undefined;

  /** Starts empty. */
  constructor(counts: FeatureCounts) {
    this.#counts = counts;
  }

  /** Takes one more place in. */
  add({ active, word }: Place): void {
    for (const i of active.ids.subarray(0, active.length)) {
      if (i < 0) continue;
      let local = this.#local.get(i);
      if (local === undefined) {
        this.#local.set(i, local = this.#features.length);
        this.#features.push(i);
      }
      const pair = findPair(this.#counts, i, word);
      this.#active.push(local);
      this.#pairCounts.push(pair < 0 ? 0 : this.#counts.counts[pair]);
    }
    this.#ends.push(this.#active.length);
    this.places++;
  }

  /** How often each count occurs among the pairs of each feature. */
  #compile(): { n: Uint32Array; times: Uint32Array; ends: Uint32Array } {
    const { starts, counts } = this.#counts;
    const n: number[] = [], times: number[] = [], ends: number[] = [];
    for (const i of this.#features) {
      const sorted = counts.slice(starts[i], starts[i + 1]).sort(), first = n.length;
      for (const count of sorted) {
        if (n.length > first && n[n.length - 1] === count) times[times.length - 1]++;
        else n.push(count), times.push(1);
      }
      ends.push(n.length);
    }
    const [a, b, c] = [n, times, ends].map((list) => Uint32Array.from(list));
    return { n: a, times: b, ends: c };
  }

  /** Turns the adjustment to a feature numbered here. */
  #turn(adjustment: Adjustment, local: number): number {
    const { starts, totals, shapeOf } = this.#counts, i = this.#features[local];
    const followers = starts[i + 1] - starts[i];
    adjustment.turnTo({ shape: shapeOf[i], total: totals[i], followers });
    return totals[i];
  }

  /**
   * Adds the gradient of Σ −log P(word) to `gradient` and returns the sum, in nats:
   * ∂ log P / ∂A_iv = M_iv (1[v = w] / y_w − 1 / Σ S_i) for active i.
   */
  differentiate(adjustment: Adjustment, gradient: Float64Array): number {
    const { n, times, ends } = this.#histograms ??= this.#compile();
    const sums = new Float64Array(this.#features.length), shares = new Float64Array(sums.length);
    for (let f = 0, h = 0; f < sums.length; f++) {
      const total = this.#turn(adjustment, f);
      for (; h < ends[f]; h++) sums[f] += times[h] * Math.exp(adjustment.of(n[h])) * n[h] / total;
    }
    let loss = 0;
    const V = this.#counts.vocabulary.size - 1, uniform = Math.exp(adjustment.uniform);
    const weights = new Float64Array(256), last = gradient.length - 1;
    for (let place = 0; place < this.places; place++) {
      const [from, to] = [this.#ends[place], this.#ends[place + 1]];
      let y = uniform / V, S = uniform;
      for (let k = from; k < to; k++) {
        const count = this.#pairCounts[k];
        S += sums[this.#active[k]];
        if (count === 0) continue;
        const total = this.#turn(adjustment, this.#active[k]);
        y += weights[k - from] = Math.exp(adjustment.of(count)) * count / total;
      }
      loss -= Math.log(y / S);
      gradient[last] -= uniform / V / y - uniform / S;
      for (let k = from; k < to; k++) {
        shares[this.#active[k]] += 1 / S;
        if (this.#pairCounts[k] === 0) continue;
        this.#turn(adjustment, this.#active[k]);
        adjustment.add(gradient, this.#pairCounts[k], -weights[k - from] / y);
      }
    }
    for (let f = 0, h = 0; f < sums.length; f++) {
      const total = this.#turn(adjustment, f);
      for (; h < ends[f]; h++) {
        const M = Math.exp(adjustment.of(n[h])) * n[h] / total;
        adjustment.add(gradient, n[h], shares[f] * times[h] * M);
      }
    }
    return loss;
  }
}
