/** How much a notebook or a table computes. */
export type Scale = "quick" | "full";

/**
 * The scale asked for in the environment variable `LECTURE_SCALE`: `quick` (in a minute and a
 * half, on two cores) or `full` (the whole experiment). Every notebook begins with it.
 *
 * @returns `"quick"` if the variable is not set
 * @throws {RangeError} if it holds anything else
 *
 * @example
 * ```ts ignore
 * import { scaleFromEnvironment } from "#lib/plot/mod.ts";
 *
 * const scale = scaleFromEnvironment();
 * const epochs = { quick: 2, full: 20 }[scale];
 * ```
 */
export function scaleFromEnvironment(): Scale {
  const found = Deno.env.get("LECTURE_SCALE") || "quick";
  if (found !== "quick" && found !== "full") {
    throw new RangeError(
      `Cannot choose a scale: expected LECTURE_SCALE to be "quick" or "full", got "${found}"`,
    );
  }
  return found;
}
