import { type EncodedTokens, MID, START } from "./_encoded_tokens.ts";
import type { FeatureBuffer } from "./_feature_buffer.ts";

/** Templates are numbered by kind: each kind has its hundred. */
const PAIR = 100, SURROUNDING = 500, BETWEEN = 700, TRIPLE = 800, SIBLING = 810, LABEL = 900;

/**
 * The attachment of an arc, direction and binned distance in one code from 1: each feature of an arc
 * counts with it and without it. Bins as in MSTParser: 1 to 5 apart, up to 10, and beyond.
 */
export function attachmentCode(head: number, dependent: number): number {
  const distance = Math.abs(head - dependent);
  const bin = distance > 10 ? 6 : distance > 5 ? 5 : distance - 1;
  return 1 + bin + (head < dependent ? 8 : 0);
}

/**
 * The features of an arc (McDonald, Crammer & Pereira 2005, table 1, as in MSTParser 0.4.3): the words
 * and tags of head and dependent, the tags around them, each tag between them.
 */
export function arcFeatures(
  s: EncodedTokens,
  arc: { head: number; dependent: number },
  out: FeatureBuffer,
): void {
  const { head, dependent } = arc;
  const left = Math.min(head, dependent), right = Math.max(head, dependent);
  out.size = 0;
  out.reserve(160 + 2 * (right - left));
  pairFeatures(out, PAIR, [s.words, s.tags], arc);
  tagPairFeatures(out, PAIR + 20, [s.words, s.coarse], arc);
  if (s.words[head] !== s.prefixes[head] || s.words[dependent] !== s.prefixes[dependent]) {
    wordPairFeatures(out, PAIR + 40, [s.prefixes, s.tags], arc);
    wordPairFeatures(out, PAIR + 60, [s.prefixes, s.coarse], arc);
  }
  surroundingFeatures(out, SURROUNDING, s.tags, [left, right]);
  surroundingFeatures(out, SURROUNDING + 20, s.coarse, [left, right]);
  const { tags, coarse } = s;
  for (let between = left + 1; between < right; between++) {
    out.add(BETWEEN, tags[left], tags[between], tags[right]);
    out.add(BETWEEN + 1, coarse[left], coarse[between], coarse[right]);
  }
}

type Columns = readonly [words: Int32Array, tags: Int32Array];

interface Arc {
  head: number;
  dependent: number;
}

/** All 13 templates over the words and tags of an arc's two ends. */
function pairFeatures(out: FeatureBuffer, first: number, columns: Columns, arc: Arc): void {
  tagPairFeatures(out, first, columns, arc);
  const [words] = columns, hw = words[arc.head], cw = words[arc.dependent];
  out.add(first + 10, hw);
  out.add(first + 11, cw);
  out.add(first + 12, hw, cw);
}

/** Those of them with a tag. */
function tagPairFeatures(
  out: FeatureBuffer,
  first: number,
  [words, tags]: Columns,
  { head, dependent }: Arc,
): void {
  const hw = words[head], hp = tags[head], cw = words[dependent], cp = tags[dependent];
  out.add(first, hw, hp);
  out.add(first + 1, hw, hp, cp);
  out.add(first + 2, hw, hp, cp, cw);
  out.add(first + 3, hw, cp);
  out.add(first + 4, hp, cw);
  out.add(first + 5, hp, cw, cp);
  out.add(first + 6, hp, cp);
  out.add(first + 7, cw, cp);
  out.add(first + 8, hp);
  out.add(first + 9, cp);
}

/** Those of them with a word. */
function wordPairFeatures(
  out: FeatureBuffer,
  first: number,
  [words, tags]: Columns,
  { head, dependent }: Arc,
): void {
  const hw = words[head], hp = tags[head], cw = words[dependent], cp = tags[dependent];
  out.add(first, hw, hp);
  out.add(first + 1, hw, hp, cp);
  out.add(first + 2, hw, hp, cp, cw);
  out.add(first + 3, hw, cp);
  out.add(first + 4, hp, cw);
  out.add(first + 5, hp, cw, cp);
  out.add(first + 7, cw, cp);
  out.add(first + 10, hw);
  out.add(first + 11, cw);
  out.add(first + 12, hw, cw);
}

/** The 13 templates over the tags of an arc's ends (l < r) and of the words next to them. */
function surroundingFeatures(
  out: FeatureBuffer,
  first: number,
  tags: Int32Array,
  [l, r]: readonly [number, number],
): void {
  const L = tags[l], R = tags[r];
  const beforeL = l > 0 ? tags[l - 1] : START, afterR = tags[r + 1];
  const afterL = r - l > 1 ? tags[l + 1] : MID, beforeR = r - l > 1 ? tags[r - 1] : MID;
  out.add(first, beforeL, L, R);
  out.add(first + 1, beforeL, L, R, afterR);
  out.add(first + 2, beforeL, R, afterR);
  out.add(first + 3, beforeL, L, afterR);
  out.add(first + 4, L, R, afterR);
  out.add(first + 5, L, afterL, beforeR);
  out.add(first + 6, L, afterL, beforeR, R);
  out.add(first + 7, L, afterL, R);
  out.add(first + 8, L, beforeR, R);
  out.add(first + 9, afterL, beforeR, R);
  out.add(first + 10, beforeL, L, beforeR, R);
  out.add(first + 11, beforeL, L, afterL, R);
  out.add(first + 12, L, afterL, R, afterR);
}

/** The code of a side, from 1, for features of siblings: they count with it and without it. */
export function sideCode(head: number, dependent: number): number {
  return head < dependent ? 1 : 2;
}

/** The feature of a pair of siblings and their head: its one template, the three tags. */
export function tripleFeatures(
  { tags }: EncodedTokens,
  { head, inner, dependent }: { head: number; inner: number; dependent: number },
  out: FeatureBuffer,
): void {
  out.size = 0;
  out.add(TRIPLE, tags[head], inner === head ? START : tags[inner], tags[dependent]);
}

/**
 * The features of a pair of siblings by themselves (McDonald & Pereira 2006, section 4): words, tags
 * and binned distance.
 *
 * @param inner the sibling nearer to the head; 0 for START
 */
export function siblingFeatures(
  { words, tags }: EncodedTokens,
  { inner, dependent }: { inner: number; dependent: number },
  out: FeatureBuffer,
): void {
  const sw = inner === 0 ? START : words[inner], sp = inner === 0 ? START : tags[inner];
  const cw = words[dependent], cp = tags[dependent];
  const distance = inner === 0 ? 0 : Math.abs(inner - dependent);
  const bin = distance <= 1 ? 0 : distance <= 6 ? distance - 1 : distance <= 10 ? 6 : 7;
  out.size = 0;
  out.add(SIBLING, sp, cp);
  out.add(SIBLING + 1, sw, cw);
  out.add(SIBLING + 2, sw, cp);
  out.add(SIBLING + 3, sp, cw);
  out.add(SIBLING + 4, bin);
  out.add(SIBLING + 5, sp, cp, bin);
}

/** The features of one end of a labelled arc: the word, its tag and the tags next to it. */
export function labelFeatures({ words, tags }: EncodedTokens, i: number, out: FeatureBuffer): void {
  const w = words[i], p = tags[i], before = i > 0 ? tags[i - 1] : START, after = tags[i + 1];
  out.size = 0;
  out.add(LABEL, 0);
  out.add(LABEL + 1, w, p);
  out.add(LABEL + 2, p);
  out.add(LABEL + 3, before, p);
  out.add(LABEL + 4, p, after);
  out.add(LABEL + 5, before, p, after);
  out.add(LABEL + 6, w);
}
