import { checkBatchSizes } from "./text_batches.ts";

/**
 * Cuts items in groups of at most so many words (a single item may have more), in the order of their
 * lengths, so that a group holds items of nearly equal length.
 *
 * @throws {RangeError} if `most` is no whole number of at least 1
 */
export function byLength<Item extends { words: ArrayLike<unknown> }>(
  items: readonly Item[],
  most: number,
): Item[][] {
  checkBatchSizes({ words: most });
  const groups: Item[][] = [];
  let size = Infinity;
  for (const item of items.toSorted((a, b) => a.words.length - b.words.length)) {
    size += item.words.length;
    if (size > most) {
      groups.push([]);
      size = item.words.length;
    }
    groups.at(-1)!.push(item);
  }
  return groups;
}
