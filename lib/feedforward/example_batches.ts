import { type Examples, subset } from "#lib/classify/mod.ts";
import { type Epoch, minibatches, type MinibatchOptions } from "#lib/nn/mod.ts";

/**
 * Cuts examples into minibatches for `train`, in a new random order each epoch.
 *
 * @throws {RangeError} if the size is not a whole number above 0
 */
export function exampleBatches(examples: Examples, options: MinibatchOptions): Epoch<Examples> {
  const cut = minibatches(Array.from(examples.y.keys()), options);
  return async function* (random) {
    for await (const indices of cut(random)) yield subset(examples, indices);
  };
}
