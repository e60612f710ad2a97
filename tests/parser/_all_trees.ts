import { ArcScores, isProjective, treeProblem } from "#lib/parser/mod.ts";
import type { Random } from "#lib/random/mod.ts";

const known = new Map<number, number[][]>();

/** Every tree with one root over n words, as lists of heads: nⁿ⁻¹ of them. */
export function allTrees(n: number): number[][] {
  let trees = known.get(n);
  if (!trees) {
    trees = [];
    for (let code = 0; code < (n + 1) ** n; code++) {
      const heads = Array.from({ length: n }, (_, i) => Math.floor(code / (n + 1) ** i) % (n + 1));
      if (!treeProblem(heads)) trees.push(heads);
    }
    known.set(n, trees);
  }
  return trees;
}

/** The trees of {@linkcode allTrees} without crossing arcs. */
export function projectiveTrees(n: number): number[][] {
  return allTrees(n).filter(isProjective);
}

/** Scores drawn from −5 to 5. */
export function randomScores(n: number, random: Random): ArcScores {
  return new ArcScores(n, Float64Array.from({ length: (n + 1) ** 2 }, () => 10 * random() - 5));
}

/** log Σ exp, the largest taken out first. */
export function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, v) => sum + Math.exp(v - largest), 0));
}
