import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { type Initializer, uniform } from "./initializers.ts";
import { disposeParameters, type HasParameters, parameter } from "./parameter.ts";

/** The size and start of an {@linkcode Embedding}. */
export interface EmbeddingOptions {
  /** |V|, the number of rows. */
  words: number;
  /** d, the length of a word vector. */
  width: number;
  /** What E starts with. @default {uniform(0.1)} */
  initializer?: Initializer;
  /** Where the draws come from. */
  random: Random;
}

/** Word vectors: e⁽ᵗ⁾ = E x⁽ᵗ⁾ with x⁽ᵗ⁾ one-hot, which is row x of E. */
export class Embedding implements HasParameters {
  /** E, shape [words, width]. */
  readonly parameters: { readonly E: Variable };
  readonly #engine: Engine;

  /** Draws new word vectors. */
  constructor(engine: Engine, options: EmbeddingOptions) {
    const { words, width, initializer = uniform(0.1), random } = options;
    this.#engine = engine;
    this.parameters = { E: parameter(engine, { shape: [words, width], initializer, random }) };
  }

  /**
   * The vectors of words.
   *
   * @param ids int32, any shape
   * @returns shape [...ids.shape, width]
   */
  lookup(ids: Tensor): Tensor {
    return this.#engine.operations.embed(this.parameters.E, ids);
  }

  /** Frees E. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
