import { FeatureBuffer } from "./_feature_buffer.ts";
import { A, B, mixed } from "./_feature_hash.ts";
import { attachmentCode } from "./_mst_features.ts";
import type { SparseVector } from "./_sparse_vector.ts";
import type { TurboFactor, TurboParts } from "./_turbo_factors.ts";
import { turboArcFeatures, type TurboTokens } from "./_turbo_features.ts";
import type { CandidateArc } from "./tree_factor.ts";
import type { TurboModel } from "./turbo_model.ts";

/** Codes of labels begin here, after those of direction and distance. */
const FIRST_LABEL = 16;

/** What training adds to the scores. */
export interface GoldArcs {
  /** For each candidate the gold label, or −1 where the arc is not in the gold tree. */
  readonly labels: Int32Array;
}

/** The candidates' scores. */
export interface ScoredArcs {
  /** θ: of each arc with its best label; under a {@linkcode GoldArcs} with its cost. */
  readonly scores: Float64Array;
  /** The best label of each. */
  readonly labels: Int32Array;
  /** Of the gold arcs with their gold labels, without cost; 0 for the others. */
  readonly gold: Float64Array;
}

/** A pair of tags and a direction as one number. */
export function arcKind({ tags }: TurboTokens, { head, dependent }: CandidateArc): number {
  return mixed(
    Math.imul(tags[head], A) + Math.imul(tags[dependent], B) + Number(head < dependent),
  );
}

/** w·f(part) for all parts of a sentence. */
export class TurboScorer {
  readonly #model: TurboModel;
  readonly #mask: number;
  readonly #buffer = new FeatureBuffer();
  readonly #allLabels: readonly number[];

  constructor(model: TurboModel) {
    this.#model = model;
    this.#mask = model.weights.length - 1;
    this.#allLabels = [...model.labels.keys()];
  }

  /** Scores arcs; with gold arcs, wrong labelled arcs gain ½ and right ones lose ½. */
  scoreArcs(
    tokens: TurboTokens,
    candidates: readonly CandidateArc[],
    gold?: GoldArcs,
  ): ScoredArcs {
    const scores = new Float64Array(candidates.length), ofGold = new Float64Array(scores.length);
    const labels = new Int32Array(scores.length);
    for (const [i, arc] of candidates.entries()) {
      turboArcFeatures(tokens, arc, this.#buffer);
      const base = this.#sum(0) + this.#sum(attachmentCode(arc.head, arc.dependent));
      const goldLabel = gold?.labels[i] ?? -1;
      const cost = gold ? 0.5 : 0;
      let best = -Infinity;
      for (const label of this.#labelsOf(tokens, arc)) {
        const score = this.#sum(FIRST_LABEL + label);
        if (label === goldLabel) ofGold[i] = base + score;
        const whole = score + (label === goldLabel ? -cost : cost);
        if (whole > best) {
          best = whole;
          labels[i] = label;
        }
      }
      scores[i] = base + best;
    }
    return { scores, labels, gold: ofGold };
  }

  #labelsOf(tokens: TurboTokens, arc: CandidateArc): readonly number[] {
    return this.#model.labelsOfArcs.get(arcKind(tokens, arc)) ?? this.#allLabels;
  }

  #sum(code: number): number {
    const { keys, size } = this.#buffer, { weights } = this.#model, mask = this.#mask;
    let sum = 0;
    for (let i = 0; i < size; i++) sum += weights[(keys[i] ^ code) & mask];
    return sum;
  }

  /** w·f of the parts at all places; 0 where there is none. */
  scoreParts({ size, isPart, features }: TurboParts): Float64Array {
    const scores = new Float64Array(size);
    for (let place = 0; place < size; place++) {
      if (isPart && !isPart(place)) continue;
      features(place, this.#buffer);
      scores[place] = this.#sum(0);
    }
    return scores;
  }

  /** Adds amount × f(labelled arc). */
  addArc(
    tokens: TurboTokens,
    arc: CandidateArc,
    { label, amount, into }: { label: number; amount: number; into: SparseVector },
  ): void {
    turboArcFeatures(tokens, arc, this.#buffer);
    this.#addTo(into, amount, 0);
    this.#addTo(into, amount, attachmentCode(arc.head, arc.dependent));
    this.#addTo(into, amount, FIRST_LABEL + label);
  }

  /** Adds Σ amount × f(part) for the parts of weighted configurations. */
  addParts(
    { groups }: TurboFactor,
    { weighted, into }: {
      weighted: readonly (readonly [Int32Array, number])[];
      into: SparseVector;
    },
  ): void {
    for (const { parts, placesOf } of groups) {
      const amounts = new Map<number, number>();
      for (const [on, amount] of weighted) {
        for (const place of placesOf(on)) amounts.set(place, (amounts.get(place) ?? 0) + amount);
      }
      for (const [place, amount] of amounts) {
        if (Math.abs(amount) < LEAST_AMOUNT) continue;
        parts.features(place, this.#buffer);
        this.#addTo(into, amount, 0);
      }
    }
  }

  #addTo(into: SparseVector, amount: number, code: number): void {
    const { keys, size } = this.#buffer;
    for (let i = 0; i < size; i++) into.add((keys[i] ^ code) & this.#mask, amount);
  }
}

/** Shares below this are rounding. */
const LEAST_AMOUNT = 1e-6;
