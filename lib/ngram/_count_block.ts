import { type CountedLevels, levelArrays } from "./_level_arrays.ts";
import { sortPositions } from "./_sort_positions.ts";

/**
 * Counts all n-grams of a piece of text by sorting its positions: equal n-grams then stand side by
 * side, and two neighbours share as many n-grams as they have first words in common.
 *
 * @param words sentences end to end, each from `<s>` to `</s>`; an n-gram never crosses `</s>`
 * @param end id of `</s>`
 */
export function countBlock(
  words: Int32Array,
  order: number,
  vocabularySize: number,
  end: number,
): CountedLevels {
  const positions = sortPositions(words, order, vocabularySize);
  const { shared, lengths, sizes } = neighbours(words, positions, order, end);
  sizes[1] = vocabularySize; // every word has a node, seen or not
  const block = levelArrays(sizes);
  const { lastWord, firstChild, levels, counts } = block;

  const next = [...levels]; // the number of the next new node, by order
  const current = new Uint32Array(order + 2); // the node of the n-gram at hand, by order
  for (let w = 0; w < vocabularySize; w++) lastWord[levels[1] + w] = w;
  let wordsDone = 0;
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i];
    if (shared[i] === 0) { // the first position of its word
      const word = words[position];
      if (order > 1) { for (; wordsDone <= word; wordsDone++) firstChild[1 + wordsDone] = next[2]; }
      current[1] = 1 + word;
    }
    for (let n = Math.max(shared[i], 1) + 1; n <= lengths[i]; n++) {
      const node = current[n] = next[n]++;
      lastWord[node] = words[position + n - 1];
      if (n < order) firstChild[node] = next[n + 1];
    }
    for (let n = 1; n <= lengths[i]; n++) counts[current[n]]++;
  }
  if (order > 1) {
    for (; wordsDone < vocabularySize; wordsDone++) firstChild[1 + wordsDone] = next[2];
  }
  firstChild[0] = 1;
  firstChild[levels[order]] = levels[order + 1];
  return block;
}

/**
 * For each sorted position: how many words its n-gram has (up to `order`, ending with `</s>`), and
 * how many of its first words it shares with the position before; and from these the number of
 * distinct n-grams of each order.
 */
function neighbours(words: Int32Array, positions: Uint32Array, order: number, end: number) {
  const shared = new Uint8Array(positions.length), lengths = new Uint8Array(positions.length);
  const sizes = new Array<number>(order + 1).fill(0);
  for (let i = 0; i < positions.length; i++) {
    const here = positions[i], before = i > 0 ? positions[i - 1] : -1;
    let length = 0, same = 0, isSame = before >= 0;
    while (length < order) {
      const word = words[here + length];
      isSame &&= word === words[before + length];
      length++;
      if (isSame) same++;
      else sizes[length]++;
      if (word === end) break;
    }
    shared[i] = same;
    lengths[i] = length;
  }
  return { shared, lengths, sizes };
}
