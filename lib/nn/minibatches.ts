import { type Random, shuffled } from "#lib/random/mod.ts";

/** Minibatches of one epoch, in an order that the random numbers decide. */
export type Epoch<Batch> = (random: Random) => Iterable<Batch> | AsyncIterable<Batch>;

/** How {@linkcode minibatches} cuts. */
export interface MinibatchOptions {
  /** Examples in a batch; the last batch may be smaller. */
  size: number;
}

/**
 * Cuts examples into minibatches, in a new random order each epoch.
 *
 * @throws {RangeError} if the size is not a whole number above 0
 */
export function minibatches<Example>(
  examples: readonly Example[],
  { size }: MinibatchOptions,
): Epoch<Example[]> {
  if (!(Number.isInteger(size) && size > 0)) {
    throw new RangeError(`Cannot cut minibatches: expected a whole size above 0, got ${size}`);
  }
  return function* (random) {
    const order = shuffled(examples, random);
    for (let i = 0; i < order.length; i += size) yield order.slice(i, i + size);
  };
}
