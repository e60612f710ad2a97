/** What computing a cluster costs: seconds, or anything that adds up. */
export interface ClusterCost {
  /**
   * @param cluster 0 for the head, i for tail i
   * @param entries how many words the cluster has; for the head, its tails' entries too
   * @param rows how many places of a batch it is computed for, on average
   */
  (cluster: number, entries: number, rows: number): number;
}

/** What {@linkcode bestCutoffs} is told. */
export interface CutoffOptions {
  /** Places in a batch, B. */
  rows: number;
  /** What a cluster costs. */
  cost: ClusterCost;
  /** The most tails. @default {4} */
  maxTails?: number;
  /** Cut-offs are multiples of this, for speed. @default {1: any} */
  grain?: number;
}

/** Cut-offs and what they cost. */
export interface Cutoffs {
  /** c₁ < c₂ < …; empty where one softmax over all words is cheapest. */
  cutoffs: number[];
  /** Their cost. */
  cost: number;
}

/**
 * The cheapest cut-offs of an adaptive softmax (Grave et al. 2017, section 4): with p_i the share
 * of the text in tail i and J tails, those under which
 *
 *     cost₀(c₁ + J, B) + Σ_i cost_i(c_{i+1} − c_i, p_i B)
 *
 * is least, by dynamic programming over the ends of clusters, for each J.
 *
 * @param counts how often each predicted word occurs, in any order; shape [V]
 */
export function bestCutoffs(counts: ArrayLike<number>, options: CutoffOptions): Cutoffs {
  const { rows, cost, maxTails = 4, grain = 1 } = options;
  const falling = Float64Array.from(counts).sort().reverse();
  const total = falling.reduce((sum, n) => sum + n, 0);
  let sum = 0;
  const mass = [0, ...falling.map((n) => (sum += n) / total)]; // of the first c words
  const ends: number[] = [];
  for (let c = grain; c < falling.length; c += grain) ends.push(c);
  ends.push(falling.length);
  let best: Cutoffs = { cutoffs: [], cost: cost(0, falling.length, rows) };
  for (let J = 1; J <= maxTails; J++) {
    // the cheapest head and tails 1 … i that end at each of the ends
    let reached = ends.map((end) => ({ cost: cost(0, end + J, rows), cutoffs: [] as number[] }));
    for (let i = 1; i <= J; i++) {
      reached = ends.map((end, e) => {
        let found = { cost: Infinity, cutoffs: [] as number[] };
        for (let s = 0; s < e; s++) {
          const from = ends[s], share = mass[end] - mass[from];
          const sum = reached[s].cost + cost(i, end - from, share * rows);
          if (sum < found.cost) found = { cost: sum, cutoffs: [...reached[s].cutoffs, from] };
        }
        return found;
      });
    }
    const last = reached[ends.length - 1];
    if (last.cost < best.cost) best = last;
  }
  return best;
}
