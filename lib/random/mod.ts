/**
 * Randomness as an argument: everything that draws takes a {@linkcode Random}, so that the same
 * seed gives the same figures. The generator is xoroshiro128+ of `npm:pure-rand`.
 *
 * ```ts
 * import { seeded, shuffled } from "#lib/random/mod.ts";
 *
 * const random = seeded(7);
 * console.log(random(), shuffled([1, 2, 3], random));
 * ```
 *
 * @module
 */
export { normal } from "./normal.ts";
export type { Random, SeededRandom } from "./seeded.ts";
export { seeded, seededFromState } from "./seeded.ts";
export { shuffled } from "./shuffle.ts";
