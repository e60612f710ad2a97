import { FeatureBuffer } from "./_feature_buffer.ts";
import { A, B, mixed } from "./_feature_hash.ts";
import { attachmentCode } from "./_mst_features.ts";
import type { SparseVector } from "./_sparse_vector.ts";
import {
  STOP,
  turboArcFeatures,
  turboGrandparentFeatures,
  turboSiblingFeatures,
  type TurboTokens,
} from "./_turbo_features.ts";
import { HeadAutomaton } from "./head_automaton.ts";
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

/** The automaton of a head and side, and whose it is. */
export interface SideAutomaton {
  readonly automaton: HeadAutomaton;
  readonly head: number;
  readonly isRight: boolean;
  /** Heads the head may have. */
  readonly grandparents: Int32Array;
  /** Its dependents, nearest first. */
  readonly dependents: Int32Array;
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

  /** The automata of all heads and sides that may have a dependent, with scores. */
  automata(tokens: TurboTokens, candidates: readonly CandidateArc[]): SideAutomaton[] {
    const n = tokens.length;
    const incoming = Array.from({ length: n + 1 }, (): number[] => []);
    const sides = Array.from({ length: 2 * (n + 1) }, (): number[] => []);
    for (const [i, { head, dependent }] of candidates.entries()) {
      incoming[dependent].push(i);
      sides[2 * head + Number(head < dependent)].push(i);
    }
    return sides.flatMap((outgoing, side) => {
      if (outgoing.length === 0) return [];
      const head = side >> 1, isRight = side % 2 === 1;
      outgoing.sort((a, b) =>
        Math.abs(candidates[a].dependent - head) - Math.abs(candidates[b].dependent - head)
      );
      const grandparents = Int32Array.from(incoming[head], (i) => candidates[i].head);
      const dependents = Int32Array.from(outgoing, (i) => candidates[i].dependent);
      const whose = { head, isRight, grandparents, dependents };
      const automaton = new HeadAutomaton({
        ...{ incoming: incoming[head], outgoing },
        ...this.#scoreParts(tokens, whose),
      });
      return [{ automaton, ...whose }];
    });
  }

  #scoreParts(
    tokens: TurboTokens,
    side: Omit<SideAutomaton, "automaton">,
  ): { siblings: Float64Array; grandparents: Float64Array } {
    const m = side.dependents.length;
    const siblings = new Float64Array((m + 1) * (m + 2));
    for (let inner = 0; inner <= m; inner++) {
      for (let outer = inner + 1; outer <= m + 1; outer++) {
        const place = inner * (m + 2) + outer;
        this.#siblingFeatures(tokens, side, place);
        siblings[place] = this.#sum(0);
      }
    }
    const grandparents = new Float64Array(side.grandparents.length * m);
    for (let place = 0; place < grandparents.length; place++) {
      this.#grandparentFeatures(tokens, side, place);
      grandparents[place] = this.#sum(0);
    }
    return { siblings, grandparents };
  }

  #siblingFeatures(
    tokens: TurboTokens,
    { head, isRight, dependents }: Omit<SideAutomaton, "automaton">,
    place: number,
  ): void {
    const m = dependents.length, i = Math.floor(place / (m + 2)), j = place % (m + 2);
    const inner = i === 0 ? head : dependents[i - 1],
      outer = j === m + 1 ? STOP : dependents[j - 1];
    turboSiblingFeatures(tokens, { head, inner, outer, isRight }, this.#buffer);
  }

  #grandparentFeatures(
    tokens: TurboTokens,
    { head, grandparents, dependents }: Omit<SideAutomaton, "automaton">,
    place: number,
  ): void {
    const grandparent = grandparents[Math.floor(place / dependents.length)];
    const dependent = dependents[place % dependents.length];
    turboGrandparentFeatures(tokens, { grandparent, head, dependent }, this.#buffer);
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

  /** Adds Σ amount × f(part) for the siblings and grandparents of weighted configurations. */
  addParts(
    tokens: TurboTokens,
    side: SideAutomaton,
    { weighted, into }: {
      weighted: readonly (readonly [Int32Array, number])[];
      into: SparseVector;
    },
  ): void {
    const siblings = new Map<number, number>(), grandparents = new Map<number, number>();
    for (const [on, amount] of weighted) {
      for (const place of side.automaton.siblingsOf(on)) {
        siblings.set(place, (siblings.get(place) ?? 0) + amount);
      }
      for (const place of side.automaton.grandparentsOf(on)) {
        grandparents.set(place, (grandparents.get(place) ?? 0) + amount);
      }
    }
    for (const [place, amount] of siblings) {
      if (Math.abs(amount) < LEAST_AMOUNT) continue;
      this.#siblingFeatures(tokens, side, place);
      this.#addTo(into, amount, 0);
    }
    for (const [place, amount] of grandparents) {
      if (Math.abs(amount) < LEAST_AMOUNT) continue;
      this.#grandparentFeatures(tokens, side, place);
      this.#addTo(into, amount, 0);
    }
  }

  #addTo(into: SparseVector, amount: number, code: number): void {
    const { keys, size } = this.#buffer;
    for (let i = 0; i < size; i++) into.add((keys[i] ^ code) & this.#mask, amount);
  }
}

/** Shares below this are rounding. */
const LEAST_AMOUNT = 1e-6;
