/**
 * The arcs that cross another arc, by the words that are their dependents; ROOT stands left of the
 * first word. Two arcs cross if exactly one end of the one lies strictly between the ends of the
 * other.
 *
 * @param heads `heads[i]` is the number of the head of word i + 1, 0 for ROOT
 * @returns numbers of the words (1 to n) whose arc crosses another one, ascending. O(n²)
 */
export function crossingArcs(heads: readonly number[]): number[] {
  const crossing = new Set<number>();
  for (let a = 1; a <= heads.length; a++) {
    for (let b = a + 1; b <= heads.length; b++) {
      if (cross(heads, a, b)) crossing.add(a).add(b);
    }
  }
  return [...crossing].sort((a, b) => a - b);
}

/**
 * Whether a tree can be drawn above the words without arcs that cross (ROOT at the left).
 *
 * @param heads `heads[i]` is the number of the head of word i + 1, 0 for ROOT
 *
 * @example
 * ```ts
 * import { isProjective } from "#lib/parser/mod.ts";
 * import { assert } from "@std/assert";
 *
 * assert(isProjective([2, 0, 4, 2, 2])); // He has good control .
 * assert(!isProjective([3, 4, 0, 3]));
 * ```
 */
export function isProjective(heads: readonly number[]): boolean {
  for (let a = 1; a <= heads.length; a++) {
    for (let b = a + 1; b <= heads.length; b++) {
      if (cross(heads, a, b)) return false;
    }
  }
  return true;
}

function cross(heads: readonly number[], a: number, b: number): boolean {
  const leftA = Math.min(a, heads[a - 1]), rightA = Math.max(a, heads[a - 1]);
  const leftB = Math.min(b, heads[b - 1]), rightB = Math.max(b, heads[b - 1]);
  return (leftA < leftB && leftB < rightA && rightA < rightB) ||
    (leftB < leftA && leftA < rightB && rightB < rightA);
}
