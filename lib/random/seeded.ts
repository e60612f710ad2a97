import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** Draws a number uniformly from [0, 1), like `Math.random`. */
export type Random = () => number;

/** A {@linkcode Random} whose position in its sequence can be stored and taken up again. */
export interface SeededRandom extends Random {
  /** The generator's state: plain numbers, fit for JSON; {@linkcode seededFromState} reads it. */
  state(): readonly number[];
}

/**
 * A random sequence determined by its seed.
 *
 * @param seed an integer; its lower 32 bits count
 * @returns a function to be called like `Math.random`
 * @throws {RangeError} if the seed is not an integer
 *
 * @example
 * ```ts
 * import { seeded } from "#lib/random/mod.ts";
 *
 * const [a, b] = [seeded(1), seeded(1)];
 * console.assert(a() === b());
 * ```
 */
export function seeded(seed: number): SeededRandom {
  if (!Number.isInteger(seed)) {
    throw new RangeError(`Cannot seed a random sequence: expected an integer, got ${seed}`);
  }
  const next = splitMix32(seed);
  return wrap(xoroshiro128plusFromState([next(), next(), next(), next()]));
}

/**
 * Takes a sequence up again where `state()` was called.
 *
 * @throws {RangeError} if `state` is not one that {@linkcode SeededRandom.state} returned
 */
export function seededFromState(state: readonly number[]): SeededRandom {
  if (state.length !== 4 || !state.every(Number.isInteger)) {
    throw new RangeError(
      `Cannot restore a random sequence: expected 4 integers, got ${JSON.stringify(state)}`,
    );
  }
  return wrap(xoroshiro128plusFromState(state));
}

/** Spreads a small seed over the state; a state of mostly zero bits starts with poor draws. */
function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x85ebca6b); // the finalizer of MurmurHash3
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
}

function wrap(generator: RandomGenerator): SeededRandom {
  return Object.assign(() => uniformFloat64(generator), { state: () => generator.getState() });
}
