import type { DependencyTree } from "../dependency_tree.ts";
import type { DependencyParser, Sentence } from "../sentence.ts";
import { ArcPruner } from "./_arc_pruner.ts";
import { turboFactors } from "./_turbo_factors.ts";
import { TurboScorer } from "./_turbo_scorer.ts";
import { roundToTree, solveTurbo } from "./_turbo_solver.ts";
import { encodeTurboTokens } from "./_turbo_tokens.ts";
import { TreeFactor } from "./tree_factor.ts";
import type { TurboModel } from "./turbo_model.ts";

/** Rounds of AD3 at most, as published. */
const MAX_ROUNDS = 500;
/** A head stays that is at least this likely beside the likeliest (published: 1e-4). */
export const LEAST_RATIO = 1e-3;

/**
 * TurboParser (Martins, Smith, Xing, Aguiar & Figueiredo 2010; Martins, Almeida & Smith 2013): a
 * pruner, then the tree with the highest score of labelled arcs and, in the standard model, of
 * consecutive siblings and grandparents, in the full one of larger parts too. That is NP-hard: AD3 solves a relaxation, and the tree
 * nearest to its solution is taken.
 *
 * {@linkcode trainTurboParser} makes one.
 */
export class TurboParser implements DependencyParser {
  readonly #model: TurboModel;
  readonly #pruner: ArcPruner;
  readonly #scorer: TurboScorer;

  /** @internal */
  constructor(model: TurboModel) {
    this.#model = model;
    this.#pruner = new ArcPruner(model.prunerWeights);
    this.#scorer = new TurboScorer(model);
  }

  /** What the parser learned. @internal */
  get model(): TurboModel {
    return this.#model;
  }

  /** One tree for each sentence. */
  parse(sentences: readonly Sentence[]): Promise<DependencyTree[]> {
    return Promise.resolve(sentences.map((sentence) => this.parseSentence(sentence)));
  }

  /** The tree of one sentence, at once. */
  parseSentence(sentence: Sentence): DependencyTree {
    if (sentence.words.length === 0) return { heads: [], labels: [] };
    const { kind, projective, mostHeads, labels: names } = this.#model;
    const tokens = encodeTurboTokens(sentence);
    const candidates = this.#pruner.candidates(tokens, {
      ...{ most: mostHeads, ratio: LEAST_RATIO, projective },
    });
    const { scores, labels } = this.#scorer.scoreArcs(tokens, candidates);
    const tree = new TreeFactor(tokens.length, candidates, { projective });
    const factors = turboFactors(tokens, candidates, {
      ...{ kind, score: (parts) => this.#scorer.scoreParts(parts) },
    });
    const { values } = solveTurbo(tree, scores, { factors, maxRounds: MAX_ROUNDS });
    const { heads, arcs } = roundToTree(tree, values, candidates);
    return { heads, labels: arcs.map((i) => names[labels[i]]) };
  }
}
