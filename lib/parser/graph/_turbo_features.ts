import { type EncodedTokens, MID, START } from "./_encoded_tokens.ts";
import { A, B, C, mixed } from "./_feature_hash.ts";
import type { FeatureBuffer } from "./_feature_buffer.ts";

const WORD = 1000, PAIR = 1100, CONTEXT = 1200, DISTANCE = 1300, BETWEEN = 1400;
const SIBLING = 1500, GRANDPARENT = 1600;

/** The second sibling of the last pair on a side. */
export const STOP = -1;

/** What the features of parts look at. */
export interface TurboTokens extends EncodedTokens {
  /** Last three characters of each word. */
  readonly suffixes: Int32Array;
  /** How many verbs, punctuation marks and coordinators come before each word; shape [3][n + 1]. */
  readonly counts: readonly Int32Array[];
}

interface Arc {
  head: number;
  dependent: number;
}

/** Several values as one. */
export function joined(a: number, b: number, c = 0): number {
  return mixed(Math.imul(a, A) + Math.imul(b, B) + Math.imul(c, C));
}

/**
 * The features of an arc (TurboParser 2.3, the word-pair features): the two words with their
 * surroundings, both together, their distance and what lies between.
 */
export function turboArcFeatures(s: TurboTokens, arc: Arc, out: FeatureBuffer): void {
  const { head, dependent } = arc, side = head < dependent ? 1 : 2;
  out.size = 0;
  out.reserve(200 + 4 * Math.abs(head - dependent));
  out.add(WORD, side);
  wordFeatures(s, { place: head, end: side }, out);
  wordFeatures(s, { place: dependent, end: side + 2 }, out);
  pairFeatures(s, arc, { first: PAIR, out });
  contextFeatures(s.tags, arc, CONTEXT, out);
  contextFeatures(s.coarse, arc, CONTEXT + 30, out);
  distanceFeatures(s, arc, out);
  betweenFeatures(s, arc, out);
}

/** One end of an arc: `end` says which, and the direction. */
function wordFeatures(
  { words, prefixes, suffixes, tags }: TurboTokens,
  { place, end }: { place: number; end: number },
  out: FeatureBuffer,
): void {
  const w = words[place], p = tags[place];
  const before = place > 0 ? tags[place - 1] : START, after = tags[place + 1];
  const wordBefore = place > 0 ? words[place - 1] : START, wordAfter = words[place + 1];
  out.add(WORD + 1, end, p);
  out.add(WORD + 2, end, w);
  out.add(WORD + 3, end, w, p);
  out.add(WORD + 4, end, prefixes[place], p);
  out.add(WORD + 5, end, suffixes[place], p);
  out.add(WORD + 6, end, before);
  out.add(WORD + 7, end, after);
  out.add(WORD + 8, end, wordBefore);
  out.add(WORD + 9, end, wordAfter);
  out.add(WORD + 10, end, wordBefore, p);
  out.add(WORD + 11, end, wordAfter, p);
  out.add(WORD + 12, end, p, before);
  out.add(WORD + 13, end, p, after);
  out.add(WORD + 14, end, joined(p, before), place > 1 ? tags[place - 2] : START);
  out.add(WORD + 15, end, joined(p, after), place + 2 < tags.length ? tags[place + 2] : START);
  out.add(WORD + 16, end, p, before, after);
}

/** Two words, as tags, words and beginnings. */
export function pairFeatures(
  s: TurboTokens,
  { head, dependent }: Arc,
  { first, out }: { first: number; out: FeatureBuffer },
): void {
  const side = head < dependent ? 1 : 2, { words, prefixes, tags, coarse } = s;
  const hw = words[head], hp = tags[head], mw = words[dependent], mp = tags[dependent];
  out.add(first, side, hp, mp);
  out.add(first + 1, side, hw, mw);
  out.add(first + 2, side, hp, mw);
  out.add(first + 3, side, hp, joined(mw, mp));
  out.add(first + 4, side, hw, mp);
  out.add(first + 5, side, joined(hw, hp), mp);
  out.add(first + 6, side, joined(hw, mw), hp, mp);
  out.add(first + 7, side, prefixes[head], prefixes[dependent]);
  out.add(first + 8, side, prefixes[head], mp);
  out.add(first + 9, side, hp, prefixes[dependent]);
  out.add(first + 10, side, coarse[head], coarse[dependent]);
  out.add(first + 11, side, coarse[head], mw);
  out.add(first + 12, side, hw, coarse[dependent]);
}

/** Both ends' tags with those of their neighbours. */
function contextFeatures(
  tags: Int32Array,
  { head, dependent }: Arc,
  first: number,
  out: FeatureBuffer,
): void {
  const right = head < dependent;
  const pair = joined(right ? 1 : 2, tags[head], tags[dependent]);
  const near = Math.abs(head - dependent) === 1;
  const afterHead = near && right ? MID : tags[head + 1];
  const beforeHead = near && !right ? MID : head > 0 ? tags[head - 1] : START;
  const afterWord = near && !right ? MID : tags[dependent + 1];
  const beforeWord = near && right ? MID : tags[dependent - 1];
  out.add(first, pair, beforeHead);
  out.add(first + 1, pair, afterHead);
  out.add(first + 2, pair, beforeWord);
  out.add(first + 3, pair, afterWord);
  out.add(first + 4, pair, beforeHead, beforeWord);
  out.add(first + 5, pair, afterHead, afterWord);
  out.add(first + 6, pair, beforeHead, afterWord);
  out.add(first + 7, pair, afterHead, beforeWord);
  out.add(first + 8, joined(pair, beforeHead, afterHead), beforeWord, afterWord);
  out.add(first + 9, pair, beforeHead, afterHead);
  out.add(first + 10, pair, beforeWord, afterWord);
}

function distanceFeatures(s: TurboTokens, { head, dependent }: Arc, out: FeatureBuffer): void {
  const { words, tags, counts } = s, side = head < dependent ? 1 : 2;
  const hp = tags[head], mp = tags[dependent];
  const left = Math.min(head, dependent), right = Math.max(head, dependent);
  const distance = right - left;
  out.add(DISTANCE, side, Math.min(distance, 40));
  const bin = side + 2 * distanceBin(distance);
  out.add(DISTANCE + 1, bin, hp);
  out.add(DISTANCE + 2, bin, mp);
  out.add(DISTANCE + 3, bin, hp, mp);
  out.add(DISTANCE + 4, bin, words[head]);
  out.add(DISTANCE + 5, bin, words[dependent]);
  for (let kind = 0; kind < counts.length; kind++) {
    const between = side + 2 * Math.min(15, counts[kind][right] - counts[kind][left + 1]);
    out.add(DISTANCE + 10 + kind, between);
    out.add(DISTANCE + 20 + kind, between, hp, mp);
  }
}

/** Bins end at 1, 2, 3, 4, 5, 10, 20, 30 and 40 words. */
export function distanceBin(distance: number): number {
  if (distance <= 5) return distance;
  return distance <= 10 ? 6 : distance <= 20 ? 7 : distance <= 30 ? 8 : distance <= 40 ? 9 : 10;
}

function betweenFeatures(s: TurboTokens, { head, dependent }: Arc, out: FeatureBuffer): void {
  const { words, tags, coarse } = s, side = head < dependent ? 1 : 2;
  const left = Math.min(head, dependent), right = Math.max(head, dependent);
  const tagPair = joined(side, tags[head], tags[dependent]);
  const headWord = joined(side, words[head], tags[dependent]);
  const dependentWord = joined(side, tags[head], words[dependent]);
  for (let i = left + 1; i < right; i++) {
    out.add(BETWEEN, tagPair, tags[i]);
    out.add(BETWEEN + 1, tagPair, coarse[i]);
    out.add(BETWEEN + 2, headWord, coarse[i]);
    out.add(BETWEEN + 3, dependentWord, coarse[i]);
  }
}

/**
 * The features of two consecutive siblings: head, inner and outer dependent.
 *
 * @param inner the head itself for START
 * @param outer or {@linkcode STOP}
 */
export function turboSiblingFeatures(
  { words, tags, coarse }: TurboTokens,
  part: { head: number; inner: number; outer: number; isRight: boolean },
  out: FeatureBuffer,
): void {
  const { head, inner, outer } = part, side = part.isRight ? 1 : 2;
  const isFirst = inner === head, isLast = outer === STOP;
  const of = (column: Int32Array) =>
    [column[head], isFirst ? START : column[inner], isLast ? MID : column[outer]] as const;
  const bin = isFirst || isLast ? 0 : distanceBin(Math.abs(inner - outer));
  out.size = 0;
  tripleFeatures(out, { first: SIBLING, code: side, words: of(words), tags: of(tags) });
  const [hc, mc, sc] = of(coarse), [, mp, sp] = of(tags), [, mw, sw] = of(words);
  out.add(SIBLING + 20, side, hc, mc, sc);
  out.add(SIBLING + 21, side, mp, sp);
  out.add(SIBLING + 22, side, mw, sw);
  out.add(SIBLING + 23, side, mw, sp);
  out.add(SIBLING + 24, side, mp, sw);
  out.add(SIBLING + 25, side + 2 * bin, mp, sp);
  out.add(SIBLING + 26, side + 2 * bin, hc, mc, sc);
  if (isFirst || isLast) return;
  contextFeatures(tags, { head: inner, dependent: outer }, SIBLING + 40, out);
}

/** The features of a word, its head and the head of that. */
export function turboGrandparentFeatures(
  { words, tags, coarse }: TurboTokens,
  { grandparent, head, dependent }: { grandparent: number; head: number; dependent: number },
  out: FeatureBuffer,
): void {
  const code = directions(grandparent, head, dependent);
  const of = (column: Int32Array) =>
    [column[grandparent], column[head], column[dependent]] as const;
  const bin = distanceBin(Math.abs(grandparent - dependent));
  out.size = 0;
  tripleFeatures(out, { first: GRANDPARENT, code, words: of(words), tags: of(tags) });
  const [gc, hc, mc] = of(coarse), [gp, , mp] = of(tags), [gw, , mw] = of(words);
  out.add(GRANDPARENT + 20, code, gc, hc, mc);
  out.add(GRANDPARENT + 21, code, gp, mp);
  out.add(GRANDPARENT + 22, code, gw, mw);
  out.add(GRANDPARENT + 23, code, gw, mp);
  out.add(GRANDPARENT + 24, code, gp, mw);
  out.add(GRANDPARENT + 25, code + 8 * bin, gp, mp);
  out.add(GRANDPARENT + 26, code + 8 * bin, gc, hc, mc);
  if (grandparent !== dependent) {
    contextFeatures(tags, { head: grandparent, dependent }, GRANDPARENT + 40, out);
  }
}

/** Both arcs' directions, and whether the second turns back beyond the grandparent. */
function directions(grandparent: number, head: number, dependent: number): number {
  const first = grandparent < head, second = head < dependent;
  if (first === second) return first ? 1 : 2;
  const isInside = first ? dependent > grandparent : dependent < grandparent;
  return (first ? 3 : 4) + (isInside ? 0 : 2);
}

type Three = readonly [number, number, number];

/** Three words: their tags, and with one or two of them as words. */
export function tripleFeatures(
  out: FeatureBuffer,
  { first, code, words, tags }: { first: number; code: number; words: Three; tags: Three },
): void {
  const [aw, bw, cw] = words, [ap, bp, cp] = tags;
  out.add(first, code, ap, bp, cp);
  out.add(first + 1, code, aw, bp, cp);
  out.add(first + 2, code, ap, bw, cp);
  out.add(first + 3, code, ap, bp, cw);
  out.add(first + 4, code, aw, bw, cp);
  out.add(first + 5, code, aw, bp, cw);
  out.add(first + 6, code, ap, bw, cw);
}
