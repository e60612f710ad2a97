import type { AveragedWeights } from "./_averaged_weights.ts";
import { SparseVector } from "./_sparse_vector.ts";
import { type TurboFactor, turboFactors } from "./_turbo_factors.ts";
import type { TurboTokens } from "./_turbo_features.ts";
import type { ScoredArcs, TurboScorer } from "./_turbo_scorer.ts";
import { solveTurbo, type TurboSolution } from "./_turbo_solver.ts";
import { type CandidateArc, TreeFactor } from "./tree_factor.ts";
import type { TurboModel } from "./turbo_model.ts";

/** A sentence to learn from. */
export interface TurboExample {
  readonly tokens: TurboTokens;
  readonly arcs: readonly CandidateArc[];
  /** The gold label of each arc, −1 for arcs that are not in the gold tree. */
  readonly gold: Int32Array;
}

/** Whom an update asks and what it changes. */
export interface TurboUpdate {
  scorer: TurboScorer;
  weights: AveragedWeights;
  kind: TurboModel["kind"];
  projective: boolean;
  /** C, the largest step. */
  cost: number;
}

/** Rounds of AD3 in training: what is not settled by then is learned from as it is. */
const MAX_ROUNDS = 50;

/**
 * Cost-augmented MIRA (Crammer et al. 2006; Martins et al. 2010): with a cost of 1 for each wrong
 * labelled arc in the tree and each gold one missing, halved,
 *
 *     loss = max_tree (cost + score) − score(gold),  η = min(C, loss / ‖f(gold) − f(tree)‖²),
 *     w ← w + η·(f(gold) − f(tree))
 *
 * A fractional solution is taken for the tree as it is.
 *
 * @returns the loss
 */
export function turboUpdate(
  example: TurboExample,
  { scorer, weights, kind, projective, cost }: TurboUpdate,
): number {
  const { tokens, arcs, gold } = example;
  const scored = scorer.scoreArcs(tokens, arcs, { labels: gold });
  const factors = turboFactors(tokens, arcs, { kind, score: (parts) => scorer.scoreParts(parts) });
  const tree = new TreeFactor(tokens.length, arcs, { projective });
  const solution = solveTurbo(tree, scored.scores, { factors, maxRounds: MAX_ROUNDS });
  const loss = lossOf(example, { scored, factors, solution });
  if (loss <= 0) return 0;
  const difference = new SparseVector();
  addArcs(example, { scored, solution, scorer, into: difference });
  for (const [i, each] of factors.entries()) {
    const predicted = solution.mixtures[i].map(([{ on }, share]) => [on, -share] as const);
    const weighted = [[goldConfiguration(each, gold), 1] as const, ...predicted];
    scorer.addParts(each, { weighted, into: difference });
  }
  const norm = difference.dot(difference);
  if (norm === 0) return loss;
  const step = Math.min(cost, loss / norm);
  for (const [place, value] of difference.entries()) weights.add(place, step * value);
  return loss;
}

/** Which of a factor's variables are gold arcs. */
function goldConfiguration({ factor: { variables } }: TurboFactor, gold: Int32Array): Int32Array {
  return Int32Array.from([...variables.keys()].filter((k) => gold[variables[k]] >= 0));
}

interface Found {
  scored: ScoredArcs;
  factors: readonly TurboFactor[];
  solution: TurboSolution;
}

function lossOf({ tokens, gold }: TurboExample, { scored, factors, solution }: Found): number {
  let loss = 0.5 * tokens.length; // what the gold arcs lost in advance
  for (let i = 0; i < gold.length; i++) {
    loss += solution.values[i] * scored.scores[i] - scored.gold[i];
  }
  for (const [i, each] of factors.entries()) {
    for (const [{ score }, share] of solution.mixtures[i]) loss += share * score;
    loss -= each.factor.scoreOf(goldConfiguration(each, gold));
  }
  return loss;
}

/** Values this near to 0 or 1 are taken for it. */
const NEAR = 1e-3;

function addArcs(
  { tokens, arcs, gold }: TurboExample,
  { scored, solution, scorer, into }: Omit<Found, "factors"> & {
    scorer: TurboScorer;
    into: SparseVector;
  },
): void {
  for (const [i, arc] of arcs.entries()) {
    const value = solution.values[i], label = scored.labels[i];
    const share = value < NEAR ? 0 : value > 1 - NEAR ? 1 : value;
    if (gold[i] >= 0 && gold[i] === label) {
      if (share < 1) scorer.addArc(tokens, arc, { label, amount: 1 - share, into });
      continue;
    }
    if (gold[i] >= 0) scorer.addArc(tokens, arc, { label: gold[i], amount: 1, into });
    if (share > 0) scorer.addArc(tokens, arc, { label, amount: -share, into });
  }
}
