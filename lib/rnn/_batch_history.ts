import type { TextBatch } from "./text_batches.ts";

/** The words before each place of a batch. */
export interface BatchHistory {
  /** The last word first, −1 before the start of the sentence; shape [T · B, n], time first. */
  all: Int32Array;
  /** That of the last step, to go on from; shape [B, n]. */
  last: Int32Array;
}

/**
 * The last n words before each word to predict: the batch's inputs, going back to the mark that
 * began the sentence and no further.
 *
 * @param n how many words
 * @param options `before`: the history of the step before the batch; `marks`: ids that begin
 * sentences, `<s>` and `</s>`
 */
export function batchHistory(
  { inputs, steps, batchSize }: TextBatch,
  n: number,
  { before, marks }: { before?: Int32Array; marks: readonly number[] },
): BatchHistory {
  const all = new Int32Array(steps * batchSize * n).fill(-1);
  let last = before ?? new Int32Array(batchSize * n).fill(-1);
  if (n === 0) return { all, last };
  for (let t = 0; t < steps; t++) {
    const now = all.subarray(t * batchSize * n, (t + 1) * batchSize * n);
    for (let b = 0; b < batchSize; b++) {
      const word = inputs[t * batchSize + b], from = b * n;
      now[from] = word;
      if (!marks.includes(word)) now.set(last.subarray(from, from + n - 1), from + 1);
    }
    last = now;
  }
  return { all, last: last.slice() };
}
