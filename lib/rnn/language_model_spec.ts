import type { Engine } from "#lib/engine/mod.ts";
import { Embedding, type Initializer, uniform } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { buildParts } from "./_build_parts.ts";
import { CharacterCnn, type CharacterCnnSizes } from "./input/character_cnn.ts";
import { buildOutput, type OutputSpec } from "./output/output_spec.ts";
import { RecurrentLanguageModel } from "./recurrent_language_model.ts";
import { RecurrentStack, type StackDropout } from "./recurrent_stack.ts";
import type { Cell } from "./recurrent_layer.ts";

/** A {@linkcode RecurrentLanguageModel} as data: fit for JSON, a checkpoint and a table's row. */
export type LanguageModelSpec = {
  /** d, the length of word vectors. */
  width: number;
  /** How words become vectors. @default {{ kind: "words" }} */
  input?: InputSpec;
  /** What happens at a time step. */
  cell: Cell;
  /** H, units of each layer. */
  units: number;
  /** Layers. @default {1} */
  layers?: number;
  /** P, width of the LSTM's projected state. @default {none} */
  projection?: number;
  /** Dropout of the links that are not recurrent. @default {none} */
  dropout?: StackDropout;
  /** What gates keep at the start: see {@linkcode RecurrentLayerOptions.forgetBias}. @default {0} */
  forgetBias?: number;
  /** r: all matrices start uniform on (−r, r), but for those that read characters. @default {0.1} */
  range?: number;
  /** How states become probabilities. @default {{ kind: "full" }} */
  output?: OutputSpec;
  /** Whether the state goes on after `</s>`. @default {true} */
  crossesSentences?: boolean;
};

/** An input layer as data: a vector a word, or vectors made from the words' characters. */
export type InputSpec = { kind: "words" } | ({ kind: "characters" } & CharacterCnnSizes);

/** What a spec is built with. */
export interface BuildOptions {
  /** The words. */
  vocabulary: Vocabulary;
  /** How often each word occurs, which output layers but the full softmax ask; shape [V]. */
  counts?: ArrayLike<number>;
  /** Where the first weights come from. */
  random: Random;
}

/**
 * Builds a model with new weights: word vectors first, then the layers, then the output.
 *
 * @throws {TypeError} if the output needs what is not there: counts, or word vectors to be tied to; or
 * there is no such input, cell or output
 * @throws {RangeError} if sizes do not fit
 */
export function buildLanguageModel(
  engine: Engine,
  spec: LanguageModelSpec,
  { vocabulary, counts, random }: BuildOptions,
): RecurrentLanguageModel {
  const { width, range = 0.1, output = { kind: "full" }, crossesSentences, ...others } = spec;
  const { input: inputSpec, ...sizes } = others, words = vocabulary.size;
  const initializer = uniform(range);
  return buildParts((add) => {
    const input = add(buildInput(engine, inputSpec, { vocabulary, width, initializer, random }));
    const stack = add(
      new RecurrentStack(engine, { ...sizes, inputs: width, initializer, random }),
    );
    const outputSizes = { units: stack.width, words, never: vocabulary.start };
    const outputLayer = add(buildOutput(engine, output, {
      ...{ ...outputSizes, counts, initializer, random },
      ...(input instanceof Embedding && { E: input.parameters.E }),
    }));
    return new RecurrentLanguageModel(engine, {
      ...{ vocabulary, input, stack, output: outputLayer, crossesSentences },
    });
  });
}

function buildInput(
  engine: Engine,
  spec: InputSpec = { kind: "words" },
  { vocabulary, width, initializer, random }: BuildOptions & {
    width: number;
    initializer: Initializer;
  },
): Embedding | CharacterCnn {
  switch (spec.kind) {
    case "words":
      return new Embedding(engine, { words: vocabulary.size, width, initializer, random });
    case "characters":
      return new CharacterCnn(engine, { ...spec, vocabulary, width, random });
    default:
      throw new TypeError(
        `Cannot build an input layer: expected "words" or "characters", got ${
          JSON.stringify(spec)
        }`,
      );
  }
}
