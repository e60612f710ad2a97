import { type Random, shuffled } from "#lib/random/mod.ts";

/**
 * Minibatches of one epoch, in an order that the random numbers decide. Batches that hand something
 * on from one to the next share an object `carried` for it, of plain data: it is saved with the
 * state of a training, and a training that goes on inside an epoch gets it back.
 */
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
