import type { Epoch } from "#lib/nn/mod.ts";
import { shuffled } from "#lib/random/mod.ts";
import { contiguousBatches } from "#lib/text/mod.ts";

/** h and c of one layer as plain numbers, examples one after the other. */
export interface PlainLayerState {
  /** h, shape [B, H]. */
  readonly h: Float32Array;
  /** c, shape [B, H]; LSTM alone. */
  readonly c?: Float32Array;
}

/** Where the states of a text's lanes are kept from one batch to the next. */
export interface CarriedState {
  /** One state a layer; absent before the first batch. */
  layers?: readonly PlainLayerState[];
  /** The last words of each lane, for output layers that look at them; shape [B, n]. */
  history?: Int32Array;
}

/** Words to read and words to predict, time first. */
export interface TextBatch {
  /** T, time steps. */
  steps: number;
  /** B, lanes or sentences. */
  batchSize: number;
  /** The word before each target, shape [T, B]. */
  inputs: Int32Array;
  /** The words to predict, shape [T, B]; −1 at padding. */
  targets: Int32Array;
  /** Words of each sentence, shape [B], where they differ. */
  lengths?: readonly number[];
  /** Truncated backpropagation: the states to start from, replaced by those after the batch. */
  carried?: CarriedState;
}

/** Throws unless the sizes of batches are whole and 1 or more. */
export function checkBatchSizes(sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isInteger(size) && size >= 1) continue;
    throw new RangeError(`Cannot batch: expected whole ${name} of at least 1, got ${size}`);
  }
}

/** How a text is cut. */
export interface StreamOptions {
  /** B, lanes read side by side. */
  batchSize: number;
  /** T, steps that errors are propagated back through. */
  steps: number;
  /** Id of the word before the first one: `<s>`. */
  start: number;
}

/**
 * A text as one stream in B lanes, for truncated backpropagation through time: each batch goes on
 * with the states the last one ended with, across sentences.
 *
 * @param ids `</s>` after each sentence, no `<s>`
 * @throws {RangeError} if B or T is not a positive whole number, or B is more than the text
 */
export function streamBatches(ids: Int32Array, options: StreamOptions): Epoch<TextBatch> {
  return function* () {
    const carried: CarriedState = {};
    for (const { batchSize, steps, inputs, targets } of contiguousBatches(ids, options)) {
      const timeFirst = (lanes: Int32Array) =>
        lanes.map((_, i) => lanes[(i % batchSize) * steps + Math.floor(i / batchSize)]);
      const words = { inputs: timeFirst(inputs), targets: timeFirst(targets) };
      yield { steps, batchSize, ...words, carried };
    }
  };
}

/** How sentences are put into batches. */
export interface SentenceOptions {
  /** Words of a batch, padding included; a longer sentence is a batch of its own. */
  words: number;
  /** Id of `<s>`. */
  start: number;
  /** Id of `</s>`. */
  end: number;
}

/** A sentence's place in the text: from the first word to behind its `</s>`. */
interface Span {
  from: number;
  to: number;
}

/** A batch of sentences, and where in the text each of them is. */
export interface SentenceBatch extends TextBatch {
  /** Index of each sentence's first word, shape [B]. */
  from: readonly number[];
}

/**
 * Each sentence for itself: sentences of similar length share a batch, filled up at the end. A
 * text that does not end with `</s>` has an unfinished last sentence.
 *
 * @param ids `</s>` after each sentence, no `<s>`
 */
export function sentenceBatches(ids: Int32Array, options: SentenceOptions): SentenceBatch[] {
  const spans: Span[] = [];
  for (let from = 0, to = 1; to <= ids.length; to++) {
    if (ids[to - 1] !== options.end && to < ids.length) continue;
    spans.push({ from, to });
    from = to;
  }
  spans.sort((a, b) => (a.to - a.from) - (b.to - b.from));
  const batches: SentenceBatch[] = [];
  for (let i = 0; i < spans.length;) {
    let n = 1; // the last sentence is the longest: (n + 1) · its length must fit
    const length = ({ from, to }: Span) => to - from;
    while (i + n < spans.length && (n + 1) * length(spans[i + n]) <= options.words) n++;
    batches.push(padded(ids, spans.slice(i, i + n), options.start));
    i += n;
  }
  return batches;
}

/** Sentences side by side, time first. */
function padded(ids: Int32Array, spans: readonly Span[], start: number): SentenceBatch {
  const lengths = spans.map(({ from, to }) => to - from);
  const [steps, batchSize] = [Math.max(...lengths), spans.length];
  const inputs = new Int32Array(steps * batchSize).fill(start);
  const targets = new Int32Array(steps * batchSize).fill(-1);
  spans.forEach(({ from, to }, b) => {
    for (let t = 0; t < to - from; t++) {
      targets[t * batchSize + b] = ids[from + t];
      if (t > 0) inputs[t * batchSize + b] = ids[from + t - 1];
    }
  });
  return { steps, batchSize, inputs, targets, lengths, from: spans.map(({ from }) => from) };
}

/** {@linkcode sentenceBatches} in a new random order each epoch. */
export function shuffledSentences(ids: Int32Array, options: SentenceOptions): Epoch<TextBatch> {
  const batches = sentenceBatches(ids, options);
  return (random) => shuffled(batches, random);
}
