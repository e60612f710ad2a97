import { ad3 } from "./ad3.ts";
import type { FactorConfiguration } from "./factor.ts";
import type { TurboFactor } from "./_turbo_factors.ts";
import type { CandidateArc, TreeFactor } from "./tree_factor.ts";

/** Values of the arcs, and of each factor the configurations mixed with their shares. */
export interface TurboSolution {
  readonly values: Float64Array;
  readonly mixtures: readonly (readonly (readonly [FactorConfiguration, number])[])[];
}

/**
 * The best arcs: those of the best tree where there is nothing but arcs, else what AD3 finds in so
 * many rounds.
 */
export function solveTurbo(
  tree: TreeFactor,
  scores: Float64Array,
  { factors, maxRounds }: { factors: readonly TurboFactor[]; maxRounds: number },
): TurboSolution {
  if (factors.length === 0) {
    const values = new Float64Array(scores.length);
    for (const i of tree.maximize(scores).on) values[i] = 1;
    return { values, mixtures: [] };
  }
  const all = [tree, ...factors.map(({ factor }) => factor)];
  const { values, mixtures } = ad3(scores, all, { maxRounds });
  return {
    values,
    mixtures: mixtures.slice(1).map(({ configurations, shares }) =>
      configurations.map((configuration, i) => [configuration, shares[i]] as const)
    ),
  };
}

/** The tree nearest to the values, as the head of each word and the number of its arc. */
export function roundToTree(
  tree: TreeFactor,
  values: Float64Array,
  candidates: readonly CandidateArc[],
): { heads: number[]; arcs: number[] } {
  const on = tree.maximize(values).on;
  const heads = new Array<number>(on.length).fill(0), arcs = new Array<number>(on.length).fill(0);
  for (const i of on) {
    heads[candidates[i].dependent - 1] = candidates[i].head;
    arcs[candidates[i].dependent - 1] = i;
  }
  return { heads, arcs };
}
