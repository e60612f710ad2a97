import { type CountedLevels, levelArrays } from "./_level_arrays.ts";

/** Marks a node that one of the two tries does not have. */
const ABSENT = 0xffffffff;

/**
 * Adds the counts of two tries of the same order, level by level: the children of a merged node are
 * the merge of two sorted lists.
 *
 * @param vocabularySize of the result, at least that of each
 */
export function mergeLevels(
  a: CountedLevels,
  b: CountedLevels,
  vocabularySize: number,
): CountedLevels {
  const order = a.levels.length - 2;
  // origins[n]: for each merged node of order n, its node in a and its node in b
  const origins: [Uint32Array, Uint32Array][] = [];
  let parents = unigrams(a, b, vocabularySize);
  origins[1] = parents;
  for (let n = 2; n <= order; n++) origins[n] = parents = mergedChildren(a, b, parents);

  const merged = levelArrays([0, ...origins.slice(1).map(([fromA]) => fromA.length)]);
  for (let n = 1; n <= order; n++) fillLevel(merged, n, origins[n], a, b);
  merged.firstChild[0] = 1;
  if (order > 1) linkChildren(merged, origins, a, b);
  merged.firstChild[merged.levels[order]] = merged.levels[order + 1];
  return merged;
}

function unigrams(a: CountedLevels, b: CountedLevels, size: number): [Uint32Array, Uint32Array] {
  const nodesOf = ({ levels }: CountedLevels) =>
    Uint32Array.from({ length: size }, (_, w) => w + 1 < levels[2] ? w + 1 : ABSENT);
  return [nodesOf(a), nodesOf(b)];
}

function mergedChildren(
  a: CountedLevels,
  b: CountedLevels,
  [inA, inB]: [Uint32Array, Uint32Array],
): [Uint32Array, Uint32Array] {
  let capacity = 0;
  for (let i = 0; i < inA.length; i++) capacity += children(a, inA[i]) + children(b, inB[i]);
  const fromA = new Uint32Array(capacity), fromB = new Uint32Array(capacity);
  let size = 0;
  for (let i = 0; i < inA.length; i++) {
    let [x, endA] = range(a, inA[i]);
    let [y, endB] = range(b, inB[i]);
    while (x < endA || y < endB) {
      const wordA = x < endA ? a.lastWord[x] : Infinity;
      const wordB = y < endB ? b.lastWord[y] : Infinity;
      fromA[size] = wordA <= wordB ? x++ : ABSENT;
      fromB[size++] = wordB <= wordA ? y++ : ABSENT;
    }
  }
  return [fromA.slice(0, size), fromB.slice(0, size)];
}

function range({ firstChild }: CountedLevels, node: number): [number, number] {
  return node === ABSENT ? [0, 0] : [firstChild[node], firstChild[node + 1]];
}

function children(trie: CountedLevels, node: number): number {
  const [first, end] = range(trie, node);
  return end - first;
}

function fillLevel(
  merged: CountedLevels,
  order: number,
  [inA, inB]: [Uint32Array, Uint32Array],
  a: CountedLevels,
  b: CountedLevels,
): void {
  const first = merged.levels[order];
  for (let i = 0; i < inA.length; i++) {
    const isInA = inA[i] !== ABSENT, isInB = inB[i] !== ABSENT;
    merged.lastWord[first + i] = isInA ? a.lastWord[inA[i]] : isInB ? b.lastWord[inB[i]] : i;
    merged.counts[first + i] = (isInA ? a.counts[inA[i]] : 0) + (isInB ? b.counts[inB[i]] : 0);
  }
}

function linkChildren(
  merged: CountedLevels,
  origins: readonly [Uint32Array, Uint32Array][],
  a: CountedLevels,
  b: CountedLevels,
): void {
  const { levels, firstChild } = merged;
  for (let n = 1; n < levels.length - 2; n++) {
    const [inA, inB] = origins[n], [fromA, fromB] = origins[n + 1];
    let child = 0;
    for (let i = 0; i < inA.length; i++) {
      firstChild[levels[n] + i] = levels[n + 1] + child;
      const [, endA] = range(a, inA[i]), [, endB] = range(b, inB[i]);
      while (
        child < fromA.length &&
        (fromA[child] !== ABSENT && fromA[child] < endA ||
          fromB[child] !== ABSENT && fromB[child] < endB)
      ) child++;
    }
  }
}
