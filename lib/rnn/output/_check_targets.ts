import type { OutputSizes } from "../output_layer.ts";

/**
 * Makes sure that each target is a word that can be predicted, or −1 where a place is left out.
 *
 * @returns how many places are not left out
 * @throws {RangeError} if a target is something else
 */
export function checkTargets(
  ids: ArrayLike<number>,
  { words, never }: Pick<OutputSizes, "words" | "never">,
): number {
  let counted = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i];
    if (id === -1) continue;
    if (!(id >= 0 && id < words) || id === never) {
      const others = never === undefined ? "" : ` other than ${never}`;
      throw new RangeError(
        `Cannot use targets: expected -1 or ids from 0 to ${words - 1}${others}, got ${id}`,
      );
    }
    counted++;
  }
  return counted;
}
