import { MID, START } from "./_encoded_tokens.ts";
import type { FeatureBuffer } from "./_feature_buffer.ts";
import {
  distanceBin,
  joined,
  pairFeatures,
  STOP,
  tripleFeatures,
  type TurboTokens,
} from "./_turbo_features.ts";

const PAIR = 1700, GRAND_SIBLING = 1800, TRI_SIBLING = 1900, BIGRAM = 2000;

interface Siblings {
  head: number;
  inner: number;
  outer: number;
  isRight: boolean;
}

/** The features of two siblings in any distance. */
export function turboPairFeatures(
  { words, tags, coarse }: TurboTokens,
  { head, inner, outer, isRight }: Siblings,
  out: FeatureBuffer,
): void {
  const side = isRight ? 1 : 2, bin = side + 2 * distanceBin(Math.abs(inner - outer));
  const of = (column: Int32Array) => [column[head], column[inner], column[outer]] as const;
  out.size = 0;
  tripleFeatures(out, { first: PAIR, code: side, words: of(words), tags: of(tags) });
  const [hc, mc, sc] = of(coarse);
  out.add(PAIR + 20, side, hc, mc, sc);
  out.add(PAIR + 21, side, tags[inner], tags[outer]);
  out.add(PAIR + 22, side, words[inner], words[outer]);
  out.add(PAIR + 23, side, words[inner], tags[outer]);
  out.add(PAIR + 24, side, tags[inner], words[outer]);
  out.add(PAIR + 25, bin, tags[inner], tags[outer]);
}

/**
 * The features of two consecutive siblings and their grandparent; a coordinator's conjunct beside the
 * grandparent too.
 *
 * @param part `inner` the head itself for START, `outer` may be {@linkcode STOP}
 */
export function turboGrandSiblingFeatures(
  s: TurboTokens,
  { grandparent, head, inner, outer, isRight }: Siblings & { grandparent: number },
  out: FeatureBuffer,
): void {
  const code = (isRight ? 1 : 2) + (grandparent < head ? 2 : 0);
  const isFirst = inner === head, isLast = outer === STOP;
  const of = (column: Int32Array): Four => [
    ...[column[grandparent], column[head]] as const,
    ...[isFirst ? START : column[inner], isLast ? MID : column[outer]] as const,
  ];
  out.size = 0;
  out.reserve(64);
  quadrupleFeatures(out, { first: GRAND_SIBLING, code, words: of(s.words), tags: of(s.tags) });
  const [, , coordinators] = s.counts;
  const isCoordinator = !isFirst && coordinators[inner + 1] > coordinators[inner];
  if (!isCoordinator || isLast || grandparent === outer) return;
  pairFeatures(s, { head: grandparent, dependent: outer }, { first: GRAND_SIBLING + 20, out });
}

/**
 * The features of three consecutive siblings.
 *
 * @param part `first` the head itself for START, `third` may be {@linkcode STOP}
 */
export function turboTriSiblingFeatures(
  { words, tags }: TurboTokens,
  part: { head: number; first: number; second: number; third: number; isRight: boolean },
  out: FeatureBuffer,
): void {
  const { head, first, second, third } = part, code = part.isRight ? 1 : 2;
  const of = (column: Int32Array): Four => [
    ...[column[head], first === head ? START : column[first]] as const,
    ...[column[second], third === STOP ? MID : column[third]] as const,
  ];
  const [hp, mp, sp, tp] = of(tags), [, mw, , tw] = of(words);
  out.size = 0;
  quadrupleFeatures(out, { first: TRI_SIBLING, code, words: of(words), tags: of(tags) });
  out.add(TRI_SIBLING + 20, code, hp, mp, tp);
  out.add(TRI_SIBLING + 21, code, mp, sp, tp);
  out.add(TRI_SIBLING + 22, code, mp, tp);
  out.add(TRI_SIBLING + 23, code, mw, tw);
  out.add(TRI_SIBLING + 24, code, mw, tp);
  out.add(TRI_SIBLING + 25, code, mp, tw);
}

/** The features of the heads of a word and of the one before it. */
export function turboHeadBigramFeatures(
  { words, tags }: TurboTokens,
  { headBefore, head, word }: { headBefore: number; head: number; word: number },
  out: FeatureBuffer,
): void {
  const before = word - 1;
  const code = 1 + Number(headBefore < before) + 2 * Number(head < word) +
    4 * Number(headBefore === head) + 8 * Number(headBefore === word) +
    16 * Number(head === before);
  const of = (column: Int32Array): Four => [
    ...[column[headBefore], column[head], column[before], column[word]] as const,
  ];
  const [gp, hp, bp, wp] = of(tags);
  out.size = 0;
  quadrupleFeatures(out, { first: BIGRAM, code, words: of(words), tags: of(tags) });
  out.add(BIGRAM + 20, code, gp, hp, wp);
  out.add(BIGRAM + 21, code, gp, bp, wp);
  out.add(BIGRAM + 22, code, gp, hp);
  out.add(BIGRAM + 23, code, bp, wp);
  out.add(BIGRAM + 24, code);
}

type Four = readonly [number, number, number, number];

/** Four words: their tags, and with one of them as a word. */
function quadrupleFeatures(
  out: FeatureBuffer,
  { first, code, words, tags }: { first: number; code: number; words: Four; tags: Four },
): void {
  const [a, b, c, d] = tags;
  out.add(first, joined(code, a), b, c, d);
  out.add(first + 1, joined(code, words[0]), b, c, d);
  out.add(first + 2, joined(code, a), words[1], c, d);
  out.add(first + 3, joined(code, a), b, words[2], d);
  out.add(first + 4, joined(code, a), b, c, words[3]);
}
