import type { Scalar, Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import type { LanguageModel } from "#lib/lm/mod.ts";
import type { Epoch, HasParameters, LossContext, NamedVariables, Trainable } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { type BatchHistory, batchHistory } from "./_batch_history.ts";
import { joinParameters } from "./_join_parameters.ts";
import { plainly, plainStates, stateTensors } from "./_plain_states.ts";
import type { InputLayer } from "./input_layer.ts";
import type { OutputLayer } from "./output_layer.ts";
import type { RecurrentStack, StackState } from "./recurrent_stack.ts";
import {
  type CarriedState,
  checkBatchSizes,
  type PlainLayerState,
  sentenceBatches,
  shuffledSentences,
  streamBatches,
  type TextBatch,
} from "./text_batches.ts";

/** The parts of a {@linkcode RecurrentLanguageModel}, which becomes their owner. */
export interface RecurrentLanguageModelParts {
  /** The words. */
  vocabulary: Vocabulary;
  /** e⁽ᵗ⁾ of each word, such as an `Embedding`. */
  input: InputLayer;
  /** h⁽ᵗ⁾ from e⁽ᵗ⁾ and h⁽ᵗ⁻¹⁾, in one direction. */
  stack: RecurrentStack;
  /** ŷ⁽ᵗ⁾ from h⁽ᵗ⁾. */
  output: OutputLayer;
  /**
   * Whether the state goes on after `</s>`, as if the text were one stream; else each sentence
   * starts anew. @default {true}
   */
  crossesSentences?: boolean;
}

/** The words so far: plain arrays, nothing to dispose. */
export interface RecurrentState {
  /** One state a layer. */
  readonly layers: readonly PlainLayerState[];
  /** What the output layer reads, shape [H]. */
  readonly top: Float32Array;
  /** The last words, as many as the output layer asks for. */
  readonly history: Int32Array;
}

/** How a text is cut for training. */
export interface TrainingBatchOptions {
  /** B, lanes; sentences that start anew are put together to about B · T words a batch. */
  batchSize: number;
  /** T, steps that errors are propagated back through. */
  steps: number;
}

/** What is read off the states of a batch, so many values a place; shape [N] or [N, width]. */
interface Reader {
  width: number;
  read(top: Tensor2D, at: { targets: Int32Array; history: Int32Array }): Tensor;
}

const CHUNK = 512; // words scored at a time
const NOTHING_DROPPED: LossContext = { training: false, random: seeded(0) };

/**
 * A recurrent language model (lecture, "A RNN Language Model"): e⁽ᵗ⁾ = E x⁽ᵗ⁾,
 * h⁽ᵗ⁾ = σ(W_h h⁽ᵗ⁻¹⁾ + W_e e⁽ᵗ⁾ + b₁) or a gated cell, ŷ⁽ᵗ⁾ = softmax(U h⁽ᵗ⁾ + b₂). Words may be
 * characters: that is a matter of the vocabulary.
 */
export class RecurrentLanguageModel
  implements LanguageModel<RecurrentState>, Trainable<TextBatch>, HasParameters {
  /** Where the model computes. */
  readonly engine: Engine;
  /** The parameters of all parts. */
  readonly parameters: NamedVariables;
  /** The words the model predicts. */
  readonly vocabulary: Vocabulary;
  /** Whether the state goes on after `</s>`. */
  readonly crossesSentences: boolean;
  readonly #parts: RecurrentLanguageModelParts;

  /**
   * Puts the parts together.
   *
   * @throws {RangeError} if two parts have a parameter of the same name, or the stack reads from the
   * end too
   */
  constructor(engine: Engine, parts: RecurrentLanguageModelParts) {
    const { vocabulary, input, stack, output, crossesSentences = true } = parts;
    if (stack.bidirectional) {
      throw new RangeError(
        "Cannot build a language model: expected a stack that reads forward, got a bidirectional one",
      );
    }
    this.engine = engine;
    this.vocabulary = vocabulary;
    this.crossesSentences = crossesSentences;
    this.#parts = parts;
    this.parameters = joinParameters([input, stack, output].map(({ parameters }) => parameters));
  }

  /**
   * The text in batches to train on: one stream, or sentences in random order.
   *
   * @throws {RangeError} if B or T is not a positive whole number
   */
  batches(text: Int32Array, { batchSize, steps }: TrainingBatchOptions): Epoch<TextBatch> {
    const { start, end } = this.vocabulary;
    checkBatchSizes({ batchSize, steps });
    return this.crossesSentences
      ? streamBatches(text, { batchSize, steps, start })
      : shuffledSentences(text, { words: batchSize * steps, start, end });
  }

  /** J = −(1/T) Σ log ŷ⁽ᵗ⁾[x⁽ᵗ⁺¹⁾], teacher-forced; a carried state goes on from batch to batch. */
  loss(batch: TextBatch, context: LossContext): Scalar {
    const { tf } = this.engine;
    const { carried } = batch;
    const state = carried?.layers && stateTensors(this.engine, carried.layers, batch.batchSize);
    const { top, last } = this.#run(batch, { ...context, state });
    const history = this.#history(batch, carried?.history);
    if (carried) {
      carried.layers = plainStates(this.engine, last);
      carried.history = history.last;
    }
    const targets = tf.tensor1d(this.#predicted(batch.targets), "int32");
    return this.#parts.output.loss(top, targets, { ...context, history: history.all });
  }

  /** Words to predict in a batch. */
  tokens({ targets }: TextBatch): number {
    return targets.reduce((n, id) => n + (id < 0 ? 0 : 1), 0);
  }

  /** The state after `<s>`. */
  initialState(): RecurrentState {
    return this.#step(undefined, this.vocabulary.start);
  }

  /** log P of every word, shape [V]; −Infinity at `<s>`. */
  logProbabilities({ top, history }: RecurrentState): Float32Array {
    const { tf, values } = this.engine;
    return plainly(this.engine, () => {
      const state = tf.tensor2d(top, [1, top.length]);
      return values(this.#parts.output.logProbabilities(state, { history })).slice();
    });
  }

  /**
   * The state after one more word.
   *
   * @throws {RangeError} if there is no such word
   */
  advance(state: RecurrentState, wordId: number): RecurrentState {
    this.#checkIds([wordId]);
    const startsAnew = wordId === this.vocabulary.end && !this.crossesSentences;
    return startsAnew ? this.initialState() : this.#step(state, wordId);
  }

  /**
   * log P of each word of a text, many at a time.
   *
   * @throws {RangeError} if an id belongs to no word
   */
  score(text: Int32Array): Float32Array {
    return this.#readOut(text, {
      width: 1,
      read: (top, { targets, history }) => {
        const ids = this.engine.tf.tensor1d(targets, "int32");
        return this.#parts.output.targetLogProbabilities(top, ids, { history });
      },
    });
  }

  /**
   * h⁽ᵗ⁾ of the last layer at each word of a text: what the output layer reads to predict it, shape
   * [T, H].
   *
   * @throws {RangeError} if an id belongs to no word
   */
  states(text: Int32Array): Float32Array {
    return this.#readOut(text, { width: this.#parts.stack.width, read: (top) => top });
  }

  #readOut(text: Int32Array, reader: Reader): Float32Array {
    this.#checkIds(text);
    return this.crossesSentences
      ? this.#readStream(text, reader)
      : this.#readSentences(text, reader);
  }

  #readStream(text: Int32Array, reader: Reader): Float32Array {
    const { start } = this.vocabulary;
    const all = new Float32Array(text.length * reader.width);
    let state: CarriedState = {};
    for (let from = 0; from < text.length; from += CHUNK) {
      const targets = text.subarray(from, from + CHUNK), steps = targets.length;
      const inputs = Int32Array.from(
        targets,
        (_, t) => from + t === 0 ? start : text[from + t - 1],
      );
      const found = this.#readBatch({ inputs, targets, steps, batchSize: 1 }, reader, state);
      all.set(found.values, from * reader.width);
      state = found.state;
    }
    return all;
  }

  #readSentences(text: Int32Array, reader: Reader): Float32Array {
    const { start, end } = this.vocabulary, { width } = reader;
    const all = new Float32Array(text.length * width);
    for (const batch of sentenceBatches(text, { words: CHUNK, start, end })) {
      const { values } = this.#readBatch(batch, reader);
      const { batchSize, lengths, from } = batch;
      from.forEach((first, b) => {
        for (let t = 0; t < lengths![b]; t++) {
          const at = (t * batchSize + b) * width;
          all.set(values.subarray(at, at + width), (first + t) * width);
        }
      });
    }
    return all;
  }

  #readBatch(
    batch: TextBatch,
    { read }: Reader,
    before: CarriedState = {},
  ): { values: Float32Array; state: CarriedState } {
    return plainly(this.engine, () => {
      const state = before.layers && stateTensors(this.engine, before.layers, batch.batchSize);
      const { top, last } = this.#run(batch, { ...NOTHING_DROPPED, state });
      const history = this.#history(batch, before.history);
      const targets = this.#predicted(batch.targets);
      const found = read(top, { targets, history: history.all });
      const layers = plainStates(this.engine, last);
      return {
        values: this.engine.values(found).slice(),
        state: { layers, history: history.last },
      };
    });
  }

  /** One word further, from no state at all at the beginning. */
  #step(before: RecurrentState | undefined, id: number): RecurrentState {
    const word = Int32Array.of(id);
    return plainly(this.engine, () => {
      const state = before && stateTensors(this.engine, before.layers, 1);
      const batch = { inputs: word, targets: word, steps: 1, batchSize: 1 };
      const { top, last } = this.#run(batch, { ...NOTHING_DROPPED, state });
      const layers = plainStates(this.engine, last);
      const history = this.#history(batch, before?.history).last;
      return { layers, history, top: this.engine.values(top).slice() };
    });
  }

  /** The words before each place, for output layers that look at them. */
  #history(batch: TextBatch, before?: Int32Array): BatchHistory {
    const marks = [this.vocabulary.start, this.vocabulary.end];
    const known = { ...batch, inputs: this.#predicted(batch.inputs) };
    return batchHistory(known, this.#parts.output.history ?? 0, { before, marks });
  }

  /** Ids as they are predicted: words known by their letters alone are `<unk>`. */
  #predicted(ids: Int32Array): Int32Array {
    return ids.map((id) => this.vocabulary.predicted(id));
  }

  /** The stack over a batch: what the output layer reads, [T · B, H], and the last states. */
  #run(
    { inputs, steps, batchSize, lengths }: TextBatch,
    options: LossContext & { state?: StackState },
  ): { top: Tensor2D; last: StackState } {
    const { tf } = this.engine;
    const { input, stack } = this.#parts;
    const ids = input.readsLetters ? inputs : this.#predicted(inputs);
    const e = input.lookup(tf.tensor2d(ids, [steps, batchSize], "int32")) as Tensor3D;
    const { output, last } = stack.run(e, { ...options, lengths });
    return { top: tf.reshape(output, [steps * batchSize, stack.width]), last };
  }

  #checkIds(ids: Iterable<number>): void {
    const { idCount } = this.vocabulary;
    for (const id of ids) {
      if (id >= 0 && id < idCount) continue;
      throw new RangeError(`Cannot score a word: expected ids from 0 to ${idCount - 1}, got ${id}`);
    }
  }

  /** Frees all parts. */
  dispose(): void {
    const { input, stack, output } = this.#parts;
    for (const part of [input, stack, output]) part.dispose();
  }
}
