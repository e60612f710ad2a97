import { ArcScores } from "../arc_scores.ts";
import { chuLiuEdmonds } from "../chu_liu_edmonds.ts";
import { eisner } from "../eisner.ts";
import { matrixTree } from "../matrix_tree.ts";
import type { AveragedWeights } from "./_averaged_weights.ts";
import type { EncodedTokens } from "./_encoded_tokens.ts";
import { FeatureBuffer } from "./_feature_buffer.ts";
import { arcFeatures, attachmentCode } from "./_mst_features.ts";
import type { CandidateArc } from "./tree_factor.ts";

/** Probabilities below this change no weight. */
const LEAST_CHANGE = 1e-3;

/**
 * A first-order conditional random field over trees, P(tree) ∝ exp Σ w·f(arc), with the features of
 * MSTParser: it says which arcs are worth the attention of a slower model.
 */
export class ArcPruner {
  readonly #weights: Float32Array;
  readonly #mask: number;
  readonly #buffer = new FeatureBuffer();

  /** @param weights 2 to the power of something of them */
  constructor(weights: Float32Array) {
    this.#weights = weights;
    this.#mask = weights.length - 1;
  }

  score(tokens: EncodedTokens): ArcScores {
    const n = tokens.length, scores = new ArcScores(n), buffer = this.#buffer;
    const weights = this.#weights, mask = this.#mask;
    for (let dependent = 1; dependent <= n; dependent++) {
      for (let head = 0; head <= n; head++) {
        if (head === dependent) continue;
        arcFeatures(tokens, { head, dependent }, buffer);
        const code = attachmentCode(head, dependent), { keys, size } = buffer;
        let sum = 0;
        for (let i = 0; i < size; i++) {
          sum += weights[keys[i] & mask] + weights[(keys[i] ^ code) & mask];
        }
        scores.values[head * (n + 1) + dependent] = sum;
      }
    }
    return scores;
  }

  /**
   * A step up the gradient of log P(gold tree): ∂/∂w = Σ_arcs (1[gold] − P(arc))·f(arc), summed by
   * {@linkcode matrixTree}.
   *
   * @param rate by how much of the gradient
   * @returns −log P(gold tree)
   */
  step(
    tokens: EncodedTokens,
    heads: ArrayLike<number>,
    { rate, weights }: { rate: number; weights: AveragedWeights },
  ): number {
    const scores = this.score(tokens), buffer = this.#buffer;
    const { logPartition, marginals } = matrixTree(scores);
    for (let dependent = 1; dependent <= tokens.length; dependent++) {
      for (let head = 0; head <= tokens.length; head++) {
        if (head === dependent) continue;
        const change = Number(heads[dependent - 1] === head) - marginals.at(head, dependent);
        if (Math.abs(change) < LEAST_CHANGE) continue;
        arcFeatures(tokens, { head, dependent }, buffer);
        const code = attachmentCode(head, dependent);
        for (let i = 0; i < buffer.size; i++) {
          weights.add(buffer.keys[i] & this.#mask, rate * change);
          weights.add((buffer.keys[i] ^ code) & this.#mask, rate * change);
        }
      }
    }
    return logPartition - scores.of(heads);
  }

  /**
   * The arcs worth keeping: of each word the likeliest heads, `most` at most, at least `ratio` times as
   * likely as the likeliest; and those of the likeliest tree, so that there is one.
   */
  candidates(
    tokens: EncodedTokens,
    { most, ratio, projective }: { most: number; ratio: number; projective: boolean },
  ): CandidateArc[] {
    const n = tokens.length, scores = this.score(tokens), { marginals } = matrixTree(scores);
    const sure = projective ? eisner(scores) : chuLiuEdmonds(scores);
    const arcs: CandidateArc[] = [];
    for (let dependent = 1; dependent <= n; dependent++) {
      const heads = Array.from({ length: n + 1 }, (_, head) => head)
        .filter((head) => head !== dependent)
        .sort((a, b) => marginals.at(b, dependent) - marginals.at(a, dependent));
      const least = ratio * marginals.at(heads[0], dependent);
      for (const [rank, head] of heads.entries()) {
        const isLikely = rank < most && marginals.at(head, dependent) >= least;
        if (isLikely || sure[dependent - 1] === head) arcs.push({ head, dependent });
      }
    }
    return arcs;
  }
}
