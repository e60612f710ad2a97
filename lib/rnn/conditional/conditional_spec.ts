import type { Engine } from "#lib/engine/mod.ts";
import { Embedding, uniform } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { buildParts } from "../_build_parts.ts";
import { FullSoftmax } from "../output/full_softmax.ts";
import type { Cell } from "../recurrent_layer.ts";
import { RecurrentStack, type StackDropout } from "../recurrent_stack.ts";
import { Attention } from "./attention.ts";
import { ConditionalLanguageModel } from "./conditional_language_model.ts";
import type { Encoder } from "./encoder.ts";
import { SequenceEncoder, type SequenceEncoderOptions } from "./sequence_encoder.ts";
import { VectorEncoder } from "./vector_encoder.ts";

/** A {@linkcode ConditionalLanguageModel} as data: fit for JSON, a checkpoint and a table's row. */
export type ConditionalSpec = {
  /**
   * What x is: a vector of so many numbers, read by `width` units; or a sequence, whose symbols have
   * vectors of `width` and are read in both directions by the cells of the decoder.
   */
  x: { kind: "vector"; inputs: number; width: number } | { kind: "sequence"; width: number };
  /** Whether the decoder looks at the states of a sequence. @default {false} */
  attention?: boolean;
  /** d, the length of the vectors of y's symbols. */
  width: number;
  /** What happens at a time step. */
  cell: Cell;
  /** H, units of each layer (and direction). */
  units: number;
  /** Layers, of the encoder and of the decoder. @default {1} */
  layers?: number;
  /** Dropout of the links that are not recurrent. @default {none} */
  dropout?: StackDropout;
  /** What gates keep at the start: see {@linkcode RecurrentLayerOptions.forgetBias}. @default {0} */
  forgetBias?: number;
  /** r: recurrent and output matrices start uniform on (−r, r). @default {0.1} */
  range?: number;
};

/** What a {@linkcode ConditionalSpec} is built with. */
export interface BuildConditionalOptions {
  /** The symbols of y. */
  vocabulary: Vocabulary;
  /** The symbols of x, where it is a sequence. */
  source?: Vocabulary;
  /** Where the first weights come from. */
  random: Random;
}

/**
 * Builds a conditional language model with new weights.
 *
 * @throws {TypeError} if x is a sequence of unknown symbols, a vector that is to be attended to, or
 * neither; or there is no such cell
 * @throws {RangeError} if a size is not a whole number above 0
 *
 * @example
 * ```ts
 * import { engine } from "#lib/engine/mod.ts";
 * import { complete } from "#lib/lm/mod.ts";
 * import { seeded } from "#lib/random/mod.ts";
 * import { buildConditionalModel, type ConditionalSpec } from "#lib/rnn/mod.ts";
 * import { Vocabulary } from "#lib/text/mod.ts";
 *
 * const x = { kind: "vector", inputs: 3, width: 8 } as const;
 * const spec: ConditionalSpec = { x, cell: "lstm", width: 4, units: 8 };
 * const model = buildConditionalModel(await engine(), spec, {
 *   vocabulary: new Vocabulary("abc"),
 *   random: seeded(1),
 * });
 * console.log(complete(model.given([0.2, 0.4, 1]), []).map(({ words }) => words)); // untrained
 * model.dispose();
 * ```
 */
export function buildConditionalModel(
  engine: Engine,
  spec: ConditionalSpec,
  { vocabulary, source, random }: BuildConditionalOptions,
): ConditionalLanguageModel {
  const { x, attention = false, width, range = 0.1, ...sizes } = spec;
  const initializer = uniform(range), words = vocabulary.size;
  const common = { ...sizes, initializer, random };
  return buildParts((add) => {
    const encoder = add(buildEncoder(engine, x, { ...common, source }));
    const stack = add(new RecurrentStack(engine, { ...common, inputs: width }));
    return new ConditionalLanguageModel(engine, {
      ...{ vocabulary, encoder, stack, random },
      input: add(new Embedding(engine, { words, width, initializer, random })),
      ...(attention &&
        { attention: add(attentionOf(engine, { encoder, units: stack.width, random })) }),
      output: new FullSoftmax(engine, {
        ...{ units: stack.width, words, never: vocabulary.start, initializer, random },
      }),
    });
  });
}

function buildEncoder(
  engine: Engine,
  x: ConditionalSpec["x"],
  { source, ...options }: Omit<SequenceEncoderOptions, "symbols" | "width"> & {
    source?: Vocabulary;
  },
): Encoder {
  if (x.kind === "vector") return new VectorEncoder(engine, { ...x, random: options.random });
  if (x.kind === "sequence" && source) {
    return new SequenceEncoder(engine, { ...options, symbols: source.size, width: x.width });
  }
  if (x.kind === "sequence") {
    throw new TypeError("Cannot read sequences: expected the vocabulary of their symbols");
  }
  throw new TypeError(
    `Cannot build an encoder: expected "vector" or "sequence", got ${JSON.stringify(x)}`,
  );
}

function attentionOf(
  engine: Engine,
  { encoder: { memoryWidth }, units, random }: { encoder: Encoder; units: number; random: Random },
): Attention {
  if (memoryWidth) return new Attention(engine, { units, memoryWidth, random });
  throw new TypeError("Cannot attend to a vector: attention needs an encoder of sequences");
}
