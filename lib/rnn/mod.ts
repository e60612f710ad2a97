/**
 * Recurrent networks (lecture, part 3): output layers that turn a network's state into the
 * probabilities of the next word.
 *
 * ```ts
 * import { engine } from "#lib/engine/mod.ts";
 * import { seeded } from "#lib/random/mod.ts";
 * import { FullSoftmax } from "#lib/rnn/mod.ts";
 *
 * const found = await engine(), { tf } = found;
 * const layer = new FullSoftmax(found, { units: 2, words: 3, random: seeded(1) });
 * console.log(tf.tidy(() => layer.logProbabilities(tf.zeros([1, 2])).arraySync()));
 * layer.dispose();
 * ```
 *
 * @module
 */
export type { OutputLayer, OutputSizes } from "./output_layer.ts";
export { FullSoftmax } from "./output/full_softmax.ts";
export type { FullSoftmaxOptions } from "./output/full_softmax.ts";
