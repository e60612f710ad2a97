import type { Tensor } from "@tensorflow/tfjs";
import type { HasParameters } from "#lib/nn/mod.ts";

/** How words become vectors: an `Embedding`, or vectors made from a word's characters. */
export interface InputLayer extends HasParameters {
  /** Whether words that are known by their letters alone have vectors too. @default {false} */
  readonly readsLetters?: boolean;
  /**
   * The vectors of words; differentiable.
   *
   * @param ids int32, any shape
   * @returns shape [...ids.shape, d]
   */
  lookup(ids: Tensor): Tensor;
}
