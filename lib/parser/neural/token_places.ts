import { type Configuration, NONE } from "../configuration.ts";

/** How deep into stack and buffer a network looks. */
export interface TokenDepths {
  /** Words of the stack: s1, the top, to so many. */
  stack: number;
  /** Words of the buffer: b1, the first, to so many. */
  buffer: number;
}

/** Chen & Manning (2014), section 3.1: s1 s2 s3 b1 b2 b3 and children of s1 and s2. */
export const CHEN_MANNING_DEPTHS: TokenDepths = { stack: 3, buffer: 3 };
/** Weiss et al. (2015), section 2.2: s1 to s4, b1 to b4 and children of s1 and s2. */
export const WEISS_DEPTHS: TokenDepths = { stack: 4, buffer: 4 };

/** Children of each of s1 and s2 that are looked at; only they have labels yet. */
const CHILDREN = ["lc1", "rc1", "lc2", "rc2", "lc1(lc1", "rc1(rc1"] as const;

/**
 * The places whose tokens a network sees, under the lecture's names: s1 the top of the stack, b1 the
 * first word of the buffer, lc1 the leftmost and lc2 the second leftmost child on the left, rc1 and
 * rc2 mirrored. Words and tags come from all of them, labels from the last twelve.
 */
export function placeNames({ stack, buffer }: TokenDepths): string[] {
  const items = (letter: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
  const children = ["s1", "s2"].flatMap((item) =>
    CHILDREN.map((child) => `${child}(${item}${child.includes("(") ? "))" : ")"}`)
  );
  return [...items("s", stack), ...items("b", buffer), ...children];
}

/** Number of places that have a label: the children. */
export const LABELLED_PLACES: number = 2 * CHILDREN.length;

/**
 * Finds the word at each place of a configuration, {@linkcode NONE} where there is none, in the
 * order of {@linkcode placeNames}.
 *
 * @param words where they are written to
 */
export function findTokens(c: Configuration, depths: TokenDepths, words: Int32Array): void {
  let at = 0;
  for (let depth = 0; depth < depths.stack; depth++) words[at++] = c.stackItem(depth);
  for (let place = 0; place < depths.buffer; place++) words[at++] = c.bufferItem(place);
  const { leftmost, rightmost, inner } = c;
  for (let depth = 0; depth < 2; depth++) {
    const head = c.stackItem(depth);
    const left = head === NONE ? NONE : leftmost[head];
    const right = head === NONE ? NONE : rightmost[head];
    words[at++] = left;
    words[at++] = right;
    words[at++] = left === NONE ? NONE : inner[left];
    words[at++] = right === NONE ? NONE : inner[right];
    words[at++] = left === NONE ? NONE : leftmost[left];
    words[at++] = right === NONE ? NONE : rightmost[right];
  }
}
