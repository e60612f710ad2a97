import type { Scalar, Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import type { LanguageModel } from "#lib/lm/mod.ts";
import {
  type Epoch,
  type HasParameters,
  Linear,
  type LossContext,
  type NamedVariables,
  type Trainable,
} from "#lib/nn/mod.ts";
import { type Random, seeded, shuffled } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { buildParts } from "../_build_parts.ts";
import { joinParameters } from "../_join_parameters.ts";
import { plainly, plainStates, stateTensors } from "../_plain_states.ts";
import type { InputLayer } from "../input_layer.ts";
import type { OutputLayer } from "../output_layer.ts";
import type { RecurrentStack, StackState } from "../recurrent_stack.ts";
import {
  checkBatchSizes,
  type PlainLayerState,
  sentenceBatches,
  type TextBatch,
} from "../text_batches.ts";
import type { Attention } from "./attention.ts";
import type { Condition, Encoded, Encoder, Memory } from "./encoder.ts";
import type { Decoder, DecoderSource, DecoderState } from "./decoder.ts";
import { GivenModel } from "./_given_model.ts";

/** The parts of a {@linkcode ConditionalLanguageModel}, which becomes their owner. */
export interface ConditionalLanguageModelParts {
  /** The symbols of y. */
  vocabulary: Vocabulary;
  /** What reads x. */
  encoder: Encoder;
  /** Vectors of the symbols of y. */
  input: InputLayer;
  /** The decoder, in one direction. */
  stack: RecurrentStack;
  /** What the decoder sees of x at each step. @default {nothing but where it starts from} */
  attention?: Attention;
  /** P(y⁽ᵗ⁾) from h⁽ᵗ⁾. */
  output: OutputLayer;
  /** Where the first weights between encoder and decoder come from. */
  random: Random;
}

/** An x with a y that belongs to it. */
export interface ConditionalPair {
  /** A vector, or the ids of a sequence. */
  x: Condition;
  /** Ids of symbols, without `</s>`. */
  y: ArrayLike<number>;
}

/** Some pairs whose y are of similar length, time first. */
export interface ConditionalBatch extends TextBatch {
  /** x of each pair, shape [B]. */
  xs: readonly Condition[];
}

const NOTHING_DROPPED: LossContext = { training: false, random: seeded(0) };
const SCORED = 4000; // symbols scored at a time

/**
 * A conditional language model (lecture, "RNNs can be used to generate text based on other inputs"):
 * P(y | x) = Π_t P(y⁽ᵗ⁾ | y⁽¹⁾ … y⁽ᵗ⁻¹⁾, x). The decoder is a recurrent language model whose first
 * states are tanh(s W_s + b_s) of what the encoder says of x, and which may attend to the encoder's
 * states. {@linkcode given} makes a `LanguageModel` of it, {@linkcode beamSearch} finds likely y.
 */
export class ConditionalLanguageModel
  implements Decoder, Trainable<ConditionalBatch>, HasParameters {
  /** Where the model computes. */
  readonly engine: Engine;
  /** The parameters of all parts, `W_s` and `b_s`. */
  readonly parameters: NamedVariables;
  /** The symbols of y. */
  readonly vocabulary: Vocabulary;
  readonly #parts: ConditionalLanguageModelParts;
  readonly #bridge: Linear;

  /**
   * Puts the parts together.
   *
   * @throws {RangeError} if two parts have a parameter of the same name, the decoder reads from the
   * end too, the output looks at words before, or there is nothing to attend to
   */
  constructor(engine: Engine, parts: ConditionalLanguageModelParts) {
    checkParts(parts);
    const { vocabulary, encoder, input, stack, attention, output, random } = parts;
    this.engine = engine;
    this.vocabulary = vocabulary;
    this.#parts = parts;
    const widths = plainly(engine, () => stack.zeroState(1).flatMap(stateWidths));
    const outputs = widths.reduce((sum, width) => sum + width, 0);
    const sizes = { inputs: encoder.startWidth, outputs, activation: "tanh" } as const;
    [this.#bridge, this.parameters] = buildParts((add) => {
      const bridge = add(new Linear(engine, { ...sizes, random }));
      const { W: W_s, b: b_s } = bridge.parameters;
      const after = [input, stack, ...(attention ? [attention] : []), output];
      const named = [encoder.parameters, { W_s, b_s }, ...after.map((part) => part.parameters)];
      return [bridge, joinParameters(named)];
    });
  }

  /**
   * The pairs in batches of about so many symbols, in a new random order each epoch.
   *
   * @throws {RangeError} if that is not a positive whole number, or a y holds a mark
   */
  batches(
    pairs: readonly ConditionalPair[],
    { symbols }: { symbols: number },
  ): Epoch<ConditionalBatch> {
    checkBatchSizes({ symbols });
    const batches = this.#batches(pairs, symbols);
    return (random) => shuffled(batches, random);
  }

  /** Mean of −log P(y⁽ᵗ⁾ | …) over the symbols of a batch, `</s>` included, in nats. */
  loss(batch: ConditionalBatch, context: LossContext): Scalar {
    const encoded = this.#parts.encoder.encode(batch.xs, context);
    const state = this.#firstState(encoded);
    const { top } = this.#run(batch, { ...context, state, memory: encoded.memory });
    const targets = this.engine.tf.tensor1d(batch.targets, "int32");
    return this.#parts.output.loss(top, targets, context);
  }

  /** Symbols to predict in a batch. */
  tokens({ targets }: ConditionalBatch): number {
    return targets.reduce((n, id) => n + (id < 0 ? 0 : 1), 0);
  }

  /** P(y | x) as a language model of y: to generate from, to complete, to score. */
  given(x: Condition): LanguageModel {
    return new GivenModel(this, x);
  }

  /**
   * log P of each symbol of each y and of its `</s>`, given its x.
   *
   * @returns for each pair, shape [length of y + 1]
   */
  score(pairs: readonly ConditionalPair[]): Float32Array[] {
    const { tf, values } = this.engine;
    const scores = pairs.map(({ y }) => new Float32Array(y.length + 1));
    for (const batch of this.#batches(pairs, SCORED)) {
      const found = plainly(this.engine, () => {
        const encoded = this.#parts.encoder.encode(batch.xs, NOTHING_DROPPED);
        const options = { state: this.#firstState(encoded), memory: encoded.memory };
        const { top } = this.#run(batch, { ...NOTHING_DROPPED, ...options });
        const targets = tf.tensor1d(batch.targets, "int32");
        return values(this.#parts.output.targetLogProbabilities(top, targets)).slice();
      });
      batch.pairs.forEach((pair, b) =>
        scores[pair].forEach((_, t) => scores[pair][t] = found[t * batch.batchSize + b])
      );
    }
    return scores;
  }

  /** Begins an output for each x. */
  begin(xs: readonly Condition[]): { source: DecoderSource; state: DecoderState } {
    const { values } = this.engine;
    const { encoder, attention } = this.#parts;
    const { source, layers } = plainly(this.engine, () => {
      const encoded = encoder.encode(xs, NOTHING_DROPPED), { memory } = encoded;
      const layers = plainStates(this.engine, this.#firstState(encoded));
      const source = attention && memory
        ? { memory: { ...memory, states: values(memory.states).slice() } }
        : {};
      return { source, layers };
    });
    const starts = new Int32Array(xs.length).fill(this.vocabulary.start);
    return { source, state: this.step(source, layers, starts) };
  }

  /**
   * Goes one symbol further with each output.
   *
   * @param layers the states of N outputs
   * @param ids the symbol that comes next in each, shape [N]
   */
  step(
    { memory }: DecoderSource,
    layers: readonly PlainLayerState[],
    ids: Int32Array,
  ): DecoderState {
    const { tf, values } = this.engine, batchSize = ids.length;
    return plainly(this.engine, () => {
      const batch = { inputs: ids, targets: ids, steps: 1, batchSize };
      const { top, last } = this.#run(batch, {
        ...{ ...NOTHING_DROPPED, state: stateTensors(this.engine, layers, batchSize) },
        memory: memory && {
          lengths: memory.lengths,
          states: tf.tensor3d(memory.states, [
            ...[Math.max(...memory.lengths), batchSize, this.#parts.encoder.memoryWidth!],
          ] as [number, number, number]),
        },
      });
      const logProbabilities = values(this.#parts.output.logProbabilities(top)).slice();
      return { layers: plainStates(this.engine, last), logProbabilities };
    });
  }

  /** The decoder over a batch: what the output layer reads, [T · B, H], and the last states. */
  #run(
    { inputs, steps, batchSize, lengths }: TextBatch,
    { memory, ...options }: LossContext & { state: StackState; memory?: Memory },
  ): { top: Tensor2D; last: StackState } {
    const { tf } = this.engine, { input, stack, attention } = this.#parts;
    const e = input.lookup(tf.tensor2d(inputs, [steps, batchSize], "int32")) as Tensor3D;
    const { output: h, last } = stack.run(e, { ...options, lengths });
    const output = attention && memory ? attention.apply(h, memory).output : h;
    return { top: tf.reshape(output, [steps * batchSize, stack.width]), last };
  }

  /** tanh(s W_s + b_s), cut into the states of the layers. */
  #firstState({ start }: Encoded): StackState {
    const { tf } = this.engine, [batch] = start.shape;
    const all = this.#bridge.apply(start);
    let from = 0;
    const cut = (width: number) => {
      from += width;
      return tf.slice(all, [0, from - width], [batch, width]);
    };
    return this.#parts.stack.zeroState(1).map((layer) => {
      const [h, c] = stateWidths(layer);
      return { h: cut(h), ...(c && { c: cut(c) }) };
    });
  }

  /** Pairs side by side, y of similar length together; `pairs` are their places in the list. */
  #batches(list: readonly ConditionalPair[], words: number) {
    const { start, end } = this.vocabulary;
    const text = new Int32Array(list.reduce((sum, { y }) => sum + y.length + 1, 0)).fill(end);
    const pairAt = new Map<number, number>();
    let at = 0;
    list.forEach(({ y }, pair) => {
      pairAt.set(at, pair);
      text.set(this.#checked(y), at);
      at += y.length + 1;
    });
    return sentenceBatches(text, { words, start, end }).map(({ from, ...batch }) => {
      const pairs = from.map((first) => pairAt.get(first)!);
      return { ...batch, pairs, xs: pairs.map((pair) => list[pair].x) };
    });
  }

  #checked(y: ArrayLike<number>): ArrayLike<number> {
    const { size, end, start } = this.vocabulary;
    for (let t = 0; t < y.length; t++) {
      if (y[t] >= 0 && y[t] < size && y[t] !== end && y[t] !== start) continue;
      throw new RangeError(
        `Cannot use an output: expected ids from 0 to ${size - 1} but no marks, got ${y[t]}`,
      );
    }
    return y;
  }

  /** Frees all parts. */
  dispose(): void {
    const { encoder, input, stack, attention, output } = this.#parts;
    for (const part of [encoder, input, stack, attention, output]) part?.dispose();
    this.#bridge.dispose();
  }
}

function checkParts({ encoder, stack, attention, output }: ConditionalLanguageModelParts): void {
  const cannot = (expected: string) =>
    new RangeError(`Cannot build a conditional language model: expected ${expected}`);
  if (stack.bidirectional) {
    throw cannot("a decoder that reads forward, got a bidirectional one");
  }
  if (output.history) {
    throw cannot(
      `an output that looks at no words before, got one that looks at ${output.history}`,
    );
  }
  if (attention && !encoder.memoryWidth) {
    throw cannot("an encoder with states to attend to, got one without");
  }
}

/** Widths of h and, if there is one, c. */
function stateWidths({ h, c }: StackState[number]): number[] {
  return [h.shape[1], ...(c ? [c.shape[1]] : [])];
}
