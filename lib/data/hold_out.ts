/** A collection in two parts. */
export interface HeldOut<Item> {
  /** What models learn from. */
  train: Item[];
  /** What is reported. */
  test: Item[];
}

/**
 * Splits a collection that has no split of its own: item i (from 0) with i mod 10 = 9 is test.
 *
 * @example
 * ```ts
 * import { holdOutEveryTenth } from "#lib/data/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { train, test } = holdOutEveryTenth("abcdefghijkl");
 * assertEquals(train.join(""), "abcdefghikl");
 * assertEquals(test, ["j"]);
 * ```
 */
export function holdOutEveryTenth<Item>(items: Iterable<Item>): HeldOut<Item> {
  const train: Item[] = [], test: Item[] = [];
  let i = 0;
  for (const item of items) (i++ % 10 === 9 ? test : train).push(item);
  return { train, test };
}
