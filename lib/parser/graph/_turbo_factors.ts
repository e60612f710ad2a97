import type { FeatureBuffer } from "./_feature_buffer.ts";
import {
  STOP,
  turboGrandparentFeatures,
  turboSiblingFeatures,
  type TurboTokens,
} from "./_turbo_features.ts";
import {
  turboGrandSiblingFeatures,
  turboHeadBigramFeatures,
  turboPairFeatures,
  turboTriSiblingFeatures,
} from "./_turbo_full_features.ts";
import type { ScoredFactor } from "./factor.ts";
import { HeadAutomaton } from "./head_automaton.ts";
import { HeadSequence } from "./head_sequence.ts";
import { SiblingPair } from "./sibling_pair.ts";
import type { CandidateArc } from "./tree_factor.ts";
import { TriSiblingAutomaton } from "./tri_sibling_automaton.ts";
import type { TurboModel } from "./turbo_model.ts";

/** Parts of one kind that a factor scores, each at its place. */
export interface TurboParts {
  /** Places, used or not. */
  readonly size: number;
  /** Whether there is a part at a place. @default {there is one at each} */
  readonly isPart?: (place: number) => boolean;
  /** Writes the features of the part at a place. */
  readonly features: (place: number, out: FeatureBuffer) => void;
}

/** A factor and the parts behind its scores. */
export interface TurboFactor {
  readonly factor: ScoredFactor;
  readonly groups: readonly {
    readonly parts: TurboParts;
    /** The parts that a configuration takes. */
    readonly placesOf: (on: Int32Array) => number[];
  }[];
}

/** One side of a head: the arcs to its candidates there, nearest first, and those into the head. */
interface Side {
  readonly head: number;
  readonly isRight: boolean;
  readonly incoming: readonly number[];
  readonly outgoing: readonly number[];
  /** Heads the head may have. */
  readonly grandparents: Int32Array;
  readonly dependents: Int32Array;
}

/** What factors are made of. */
export interface TurboFactorOptions {
  readonly kind: TurboModel["kind"];
  /** Scores the parts. */
  readonly score: (parts: TurboParts) => Float64Array;
}

/**
 * The factors of a sentence beside the tree (Martins, Almeida & Smith 2013): in the standard model an
 * automaton for each head and side; in the full one with grand-siblings, and one for three siblings,
 * one for each pair of siblings, and one for the heads of words side by side.
 */
export function turboFactors(
  tokens: TurboTokens,
  candidates: readonly CandidateArc[],
  { kind, score }: TurboFactorOptions,
): TurboFactor[] {
  if (kind === "basic") return [];
  const incoming = Array.from({ length: tokens.length + 1 }, (): number[] => []);
  for (const [i, { dependent }] of candidates.entries()) incoming[dependent].push(i);
  const sides = sidesOf(candidates, incoming), isFull = kind === "full";
  const automata = sides.map((side) => automaton(tokens, side, { score, isFull }));
  if (!isFull) return automata;
  return [
    ...automata,
    ...sides.filter(({ outgoing }) => outgoing.length > 1).flatMap((side) => [
      triSiblings(tokens, side, score),
      ...pairs(tokens, side, score),
    ]),
    headBigrams(tokens, { candidates, incoming: incoming.slice(1), score }),
  ];
}

function sidesOf(
  candidates: readonly CandidateArc[],
  incoming: readonly (readonly number[])[],
): Side[] {
  const sides = Array.from({ length: 2 * incoming.length }, (): number[] => []);
  for (const [i, { head, dependent }] of candidates.entries()) {
    sides[2 * head + Number(head < dependent)].push(i);
  }
  return sides.flatMap((outgoing, side) => {
    if (outgoing.length === 0) return [];
    const head = side >> 1;
    outgoing.sort((a, b) =>
      Math.abs(candidates[a].dependent - head) - Math.abs(candidates[b].dependent - head)
    );
    return [{
      ...{ head, isRight: side % 2 === 1, incoming: incoming[head], outgoing },
      grandparents: Int32Array.from(incoming[head], (i) => candidates[i].head),
      dependents: Int32Array.from(outgoing, (i) => candidates[i].dependent),
    }];
  });
}

/** The dependent at a place of siblings: START, written as the head, the dependents, STOP. */
function sibling({ head, dependents }: Side, place: number): number {
  if (place === 0) return head;
  return place > dependents.length ? STOP : dependents[place - 1];
}

function automaton(
  tokens: TurboTokens,
  side: Side,
  { score, isFull }: { score: TurboFactorOptions["score"]; isFull: boolean },
): TurboFactor {
  const { head, isRight, dependents } = side, m = dependents.length;
  const pairOf = (place: number) => {
    const inner = Math.floor(place / (m + 2)) % (m + 1), outer = place % (m + 2);
    return { inner, outer };
  };
  const two = (place: number) => {
    const { inner, outer } = pairOf(place);
    return { head, inner: sibling(side, inner), outer: sibling(side, outer), isRight };
  };
  const isPart = (place: number) => pairOf(place).inner < pairOf(place).outer;
  const siblings: TurboParts = {
    ...{ size: (m + 1) * (m + 2), isPart },
    features: (place, out) => turboSiblingFeatures(tokens, two(place), out),
  };
  const grandparents: TurboParts = {
    size: side.grandparents.length * m,
    features: (place, out) => {
      const grandparent = side.grandparents[Math.floor(place / m)];
      const part = { grandparent, head, dependent: dependents[place % m] };
      turboGrandparentFeatures(tokens, part, out);
    },
  };
  const grandSiblings: TurboParts = {
    ...{ size: side.grandparents.length * siblings.size, isPart },
    features: (place, out) => {
      const grandparent = side.grandparents[Math.floor(place / siblings.size)];
      turboGrandSiblingFeatures(tokens, { grandparent, ...two(place) }, out);
    },
  };
  const factor = new HeadAutomaton({
    ...{ incoming: side.incoming, outgoing: side.outgoing },
    ...{ siblings: score(siblings), grandparents: score(grandparents) },
    ...(isFull ? { grandSiblings: score(grandSiblings) } : {}),
  });
  return {
    factor,
    groups: [
      { parts: siblings, placesOf: (on) => factor.siblingsOf(on) },
      { parts: grandparents, placesOf: (on) => factor.grandparentsOf(on) },
      ...(isFull
        ? [{ parts: grandSiblings, placesOf: (on: Int32Array) => factor.grandSiblingsOf(on) }]
        : []),
    ],
  };
}

function triSiblings(
  tokens: TurboTokens,
  side: Side,
  score: TurboFactorOptions["score"],
): TurboFactor {
  const { head, isRight, outgoing } = side, m = outgoing.length;
  const three = (place: number) => {
    const rest = Math.floor(place / (m + 2));
    return [Math.floor(rest / (m + 1)), rest % (m + 1), place % (m + 2)];
  };
  const parts: TurboParts = {
    size: (m + 1) ** 2 * (m + 2),
    isPart: (place) => {
      const [first, second, third] = three(place);
      return first < second && second < third;
    },
    features: (place, out) => {
      const [first, second, third] = three(place).map((at) => sibling(side, at));
      turboTriSiblingFeatures(tokens, { head, first, second, third, isRight }, out);
    },
  };
  const factor = new TriSiblingAutomaton(outgoing, score(parts));
  return { factor, groups: [{ parts, placesOf: (on) => factor.placesOf(on) }] };
}

/** Siblings in any distance. */
function pairs(
  tokens: TurboTokens,
  { head, isRight, outgoing, dependents }: Side,
  score: TurboFactorOptions["score"],
): TurboFactor[] {
  return outgoing.flatMap((inner, i) =>
    outgoing.slice(i + 1).map((outer, j) => {
      const part = { head, inner: dependents[i], outer: dependents[i + 1 + j], isRight };
      const parts = {
        size: 1,
        features: (_: number, out: FeatureBuffer) => turboPairFeatures(tokens, part, out),
      };
      const factor = new SiblingPair([inner, outer], score(parts)[0]);
      return { factor, groups: [{ parts, placesOf: (on) => on.length === 2 ? [0] : [] }] };
    })
  );
}

function headBigrams(
  tokens: TurboTokens,
  { candidates, incoming, score }: {
    candidates: readonly CandidateArc[];
    incoming: readonly (readonly number[])[];
    score: TurboFactorOptions["score"];
  },
): TurboFactor {
  const bigrams = incoming.slice(1).flatMap((arcs, i) =>
    incoming[i].flatMap((before) =>
      arcs.map((arc) => ({
        headBefore: candidates[before].head,
        head: candidates[arc].head,
        word: i + 2,
      }))
    )
  );
  const parts: TurboParts = {
    size: bigrams.length,
    features: (place, out) => turboHeadBigramFeatures(tokens, bigrams[place], out),
  };
  const factor = new HeadSequence(incoming, score(parts));
  return { factor, groups: [{ parts, placesOf: (on) => factor.placesOf(on) }] };
}
