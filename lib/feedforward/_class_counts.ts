import type { Examples } from "#lib/classify/mod.ts";

/**
 * How many examples each class has, shape [C].
 *
 * @param who says what cannot be done where a class has none
 * @throws {RangeError} if a class has no example
 */
export function classCounts({ y, classes }: Examples, who: string): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of y) counts[label]++;
  const empty = counts.indexOf(0);
  if (empty >= 0) throw new RangeError(`Cannot train ${who}: class ${empty} has no example`);
  return counts;
}
