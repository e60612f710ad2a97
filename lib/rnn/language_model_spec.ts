import type { Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { Embedding, type Initializer, uniform } from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { FullSoftmax } from "./output/full_softmax.ts";
import type { OutputLayer, OutputSizes } from "./output_layer.ts";
import { RecurrentLanguageModel } from "./recurrent_language_model.ts";
import { RecurrentStack, type StackDropout } from "./recurrent_stack.ts";
import type { Cell } from "./recurrent_layer.ts";

/** A {@linkcode RecurrentLanguageModel} as data: fit for JSON, a checkpoint and a table's row. */
export type LanguageModelSpec = {
  /** d, the length of word vectors. */
  width: number;
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
  /** What the biases of the LSTM's forget gates start with. @default {0} */
  forgetBias?: number;
  /** r: all matrices start uniform on (−r, r). @default {0.1} */
  range?: number;
  /** How states become probabilities. @default {{ kind: "full" }} */
  output?: OutputSpec;
  /** Whether the state goes on after `</s>`. @default {true} */
  crossesSentences?: boolean;
};

/** An output layer as data. */
export type OutputSpec = {
  /** ŷ = softmax(U h + b₂). */
  kind: "full";
  /** Whether U = Eᵀ; the states must be as wide as the word vectors. @default {false} */
  tied?: boolean;
};

/** What a spec is built with. */
export interface BuildOptions {
  /** The words. */
  vocabulary: Vocabulary;
  /** Where the first weights come from. */
  random: Random;
}

/** Builds a model with new weights: word vectors first, then the layers, then the output. */
export function buildLanguageModel(
  engine: Engine,
  spec: LanguageModelSpec,
  { vocabulary, random }: BuildOptions,
): RecurrentLanguageModel {
  const { width, range = 0.1, output = { kind: "full" }, crossesSentences, ...sizes } = spec;
  const initializer = uniform(range), words = vocabulary.size;
  const input = new Embedding(engine, { words, width, initializer, random });
  const stack = new RecurrentStack(engine, { ...sizes, inputs: width, initializer, random });
  const outputSizes = { units: stack.width, words, never: vocabulary.start };
  return new RecurrentLanguageModel(engine, {
    ...{ vocabulary, input, stack, crossesSentences },
    output: buildOutput(engine, output, {
      ...{ ...outputSizes, initializer, random, E: input.parameters.E },
    }),
  });
}

/** Builds the output layer of a spec. */
function buildOutput(
  engine: Engine,
  spec: OutputSpec,
  { E, ...options }: OutputSizes & { initializer: Initializer; random: Random; E: Variable },
): OutputLayer {
  return new FullSoftmax(engine, { ...options, ...(spec.tied && { tied: E }) });
}
