/** What {@linkcode contiguousBatches} is told. */
export interface BatchOptions {
  /** B, number of lanes: places in the text that are read side by side. */
  batchSize: number;
  /** T, number of words a lane goes on in each batch. */
  steps: number;
  /**
   * Id of the word before the first one of the text.
   *
   * @default {1, which is `<s>`}
   */
  start?: number;
}

/** Words to read and words to predict, B lanes of T steps. */
export interface TokenBatch {
  /** B, number of lanes. */
  batchSize: number;
  /** T, number of steps; fewer than asked for in the last batch, if the lanes end there. */
  steps: number;
  /** The word before each target, shape [B, T], lane after lane. */
  inputs: Int32Array;
  /** The words to predict, shape [B, T], lane after lane. */
  targets: Int32Array;
}

/**
 * Cuts a stream of ids into batches for truncated backpropagation through time: the stream is cut
 * into B lanes of equal length L = ⌊N / B⌋, and each batch goes on in every lane where the last one
 * ended, so that a recurrent network may keep its states from batch to batch.
 *
 * Target t of lane b in batch k is `ids[b L + k T + t]`, its input the id before it (of the first
 * id: `start`). The last N − B L ids, fewer than B, are left out; B = 1 leaves out none. Source:
 * Zaremba, Sutskever & Vinyals 2014, "Recurrent neural network regularization", section 4.1.
 *
 * @param ids the text, N ids
 * @throws {RangeError} if B or T is not a positive whole number, or B is more than N
 *
 * @example
 * ```ts
 * import { contiguousBatches } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [first, second] = contiguousBatches(Int32Array.of(3, 4, 5, 6, 7, 8, 9), {
 *   batchSize: 2,
 *   steps: 2,
 * });
 * assertEquals(first.inputs, Int32Array.of(1, 3, 5, 6)); // lanes 3 4 5 and 6 7 8
 * assertEquals(first.targets, Int32Array.of(3, 4, 6, 7));
 * assertEquals(second.targets, Int32Array.of(5, 8));
 * ```
 */
export function* contiguousBatches(ids: Int32Array, options: BatchOptions): Generator<TokenBatch> {
  const { batchSize, steps, start = 1 } = options;
  for (const [name, value] of Object.entries({ batchSize, steps })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`Cannot batch: expected ${name} of at least 1, got ${value}`);
    }
  }
  const length = Math.floor(ids.length / batchSize); // L
  if (length === 0) {
    throw new RangeError(
      `Cannot batch: expected a text of at least batchSize = ${batchSize} ids, got ${ids.length}`,
    );
  }
  for (let from = 0; from < length; from += steps) {
    const width = Math.min(steps, length - from);
    const inputs = new Int32Array(batchSize * width), targets = new Int32Array(batchSize * width);
    for (let lane = 0; lane < batchSize; lane++) {
      const at = lane * length + from;
      targets.set(ids.subarray(at, at + width), lane * width);
      inputs.set(ids.subarray(at === 0 ? 0 : at - 1, at + width - 1), lane * width + +(at === 0));
      if (at === 0) inputs[0] = start;
    }
    yield { batchSize, steps: width, inputs, targets };
  }
}
