import { eisner } from "../eisner.ts";
import type { AveragedWeights } from "./_averaged_weights.ts";
import type { EncodedTokens } from "./_encoded_tokens.ts";
import type { EncodedTree, MstScorer, MstScores } from "./_mst_scorer.ts";
import { SparseVector } from "./_sparse_vector.ts";
import { eisnerSiblings } from "./eisner_siblings.ts";
import { hildreth } from "./hildreth.ts";
import { kBestEisner } from "./k_best_eisner.ts";

/** A sentence to learn from. */
export interface MstExample {
  readonly tokens: EncodedTokens;
  readonly gold: EncodedTree;
}

/** Whom an update asks and what it changes. */
export interface MiraUpdate {
  scorer: MstScorer;
  weights: AveragedWeights;
  k: number;
}

/**
 * The smallest change of w after which the gold tree is ahead of each of the k best by its loss:
 *
 *     min ‖Δw‖  with  (w + Δw)·(f(gold) − f(tree)) ≥ L(gold, tree),  L: wrong heads + wrong labels
 *
 * @returns L of the best tree
 */
export function miraUpdate(
  { tokens, gold }: MstExample,
  { scorer, weights, k }: MiraUpdate,
): number {
  const scores = scorer.score(tokens);
  const trees = bestTrees(scores, k);
  const margins: number[] = [], differences: SparseVector[] = [];
  for (const tree of trees) {
    const difference = new SparseVector();
    scorer.addFeatures(tokens, gold, { amount: 1, without: tree, into: difference });
    scorer.addFeatures(tokens, tree, { amount: -1, without: gold, into: difference });
    let ahead = 0; // score(gold) − score(tree)
    for (const [place, value] of difference.entries()) ahead += weights.values[place] * value;
    margins.push(loss(gold, tree) - ahead);
    differences.push(difference);
  }
  const alpha = hildreth(margins, differences.map((a) => differences.map((b) => a.dot(b))));
  for (const [i, difference] of differences.entries()) {
    if (alpha[i] === 0) continue;
    for (const [place, value] of difference.entries()) weights.add(place, alpha[i] * value);
  }
  return loss(gold, trees[0]);
}

/** The k best trees under the scores. */
export function bestTrees({ arcs, siblings, labels }: MstScores, k: number): EncodedTree[] {
  const allHeads = k > 1
    ? kBestEisner(arcs, k).map(({ heads }) => heads)
    : [siblings ? eisnerSiblings(siblings) : eisner(arcs)];
  const size = arcs.words + 1;
  return allHeads.map((heads) => ({
    heads,
    labels: heads.map((head, i) => labels[head * size + i + 1]),
  }));
}

/** L: wrong heads and wrong labels. */
export function loss(gold: EncodedTree, tree: EncodedTree): number {
  let wrong = 0;
  for (let i = 0; i < gold.heads.length; i++) {
    wrong += Number(gold.heads[i] !== tree.heads[i]) + Number(gold.labels[i] !== tree.labels[i]);
  }
  return wrong;
}
