import type { Epoch } from "#lib/nn/mod.ts";
import { shuffled } from "#lib/random/mod.ts";

/** Windows of words with the class that each should get: all of a text, or a minibatch. */
export interface WindowExamples {
  /** Word ids, window after window, shape [B, n]. */
  windows: Int32Array;
  /** The right classes, shape [B]. */
  targets: Int32Array;
}

/**
 * Cuts windows into minibatches, in a new random order each epoch.
 *
 * @throws {RangeError} if the size is not a whole number above 0
 */
export function windowBatches(
  examples: WindowExamples,
  { size }: { size: number },
): Epoch<WindowExamples> {
  if (!(Number.isInteger(size) && size > 0)) {
    throw new RangeError(`Cannot cut minibatches: expected a whole size above 0, got ${size}`);
  }
  return function* (random) {
    const order = Int32Array.from(shuffled(examples.targets.keys(), random));
    for (let from = 0; from < order.length; from += size) {
      yield pick(examples, order.subarray(from, from + size));
    }
  };
}

function pick({ windows, targets }: WindowExamples, chosen: Int32Array): WindowExamples {
  const n = windows.length / targets.length;
  const out = new Int32Array(chosen.length * n);
  chosen.forEach((i, row) => out.set(windows.subarray(i * n, (i + 1) * n), row * n));
  return { windows: out, targets: Int32Array.from(chosen, (i) => targets[i]) };
}

/** How {@linkcode previousWords} cuts a text. */
export interface PreviousWordsOptions {
  /** n, how many words stand in a window. */
  window: number;
  /** Id of `<s>`, which fills the places before the first word. */
  start: number;
  /** Id of `</s>`. */
  end: number;
  /** Whether the words before a `</s>` are still seen after it. @default {false} */
  acrossSentences?: boolean;
}

/**
 * The n words before each position of a text, the oldest first: what a fixed-window language model
 * sees, with the word at the position as the class.
 *
 * @param text ids of sentences end to end, `</s>` after each, no `<s>`
 */
export function previousWords(text: Int32Array, options: PreviousWordsOptions): WindowExamples {
  const { window: n, start } = options;
  const windows = new Int32Array(text.length * n);
  let now: Int32Array = new Int32Array(n).fill(start);
  text.forEach((id, t) => {
    windows.set(now, t * n);
    now = movedOn(now, id, options);
  });
  return { windows, targets: text };
}

/** The window one word further on. */
export function movedOn(
  window: Int32Array,
  wordId: number,
  { start, end, acrossSentences = false }: Omit<PreviousWordsOptions, "window">,
): Int32Array {
  if (wordId === end && !acrossSentences) return new Int32Array(window.length).fill(start);
  const next = new Int32Array(window.length);
  next.set(window.subarray(1));
  next[next.length - 1] = wordId;
  return next;
}

/**
 * The words around each position of sentences, m before and m after it (lecture: "museums in Paris
 * are amazing"): windows of n = 2m + 1 words, the places beyond the sentence filled with marks.
 *
 * @param sentences word ids of each
 * @returns windows end to end, shape [T, 2m + 1]
 */
export function wordsAround(
  sentences: readonly Int32Array[],
  { reach: m, start, end }: { reach: number; start: number; end: number },
): Int32Array {
  const n = 2 * m + 1;
  const words = sentences.reduce((sum, { length }) => sum + length, 0);
  const windows = new Int32Array(words * n);
  let row = 0;
  for (const sentence of sentences) {
    for (let t = 0; t < sentence.length; t++, row++) {
      for (let k = -m; k <= m; k++) {
        const at = t + k;
        windows[row * n + k + m] = at < 0 ? start : at < sentence.length ? sentence[at] : end;
      }
    }
  }
  return windows;
}
