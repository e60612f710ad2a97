import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import type { HasParameters, LossContext } from "#lib/nn/mod.ts";

/** x as it is given: the numbers of a vector, or the ids of a sequence. */
export type Condition = ArrayLike<number>;

/** States of a sequence that a decoder may look back at. */
export interface Memory {
  /** A state for each symbol of x, shape [S, B, D]. */
  states: Tensor3D;
  /** Symbols of each x, shape [B]; what comes after is padding. */
  lengths: readonly number[];
}

/** What a decoder is told of x. */
export interface Encoded {
  /** What its first states are made of, shape [B, start width]. */
  start: Tensor2D;
  /** What it may look back at; a vector has none. */
  memory?: Memory;
}

/** How x becomes what a decoder can start from. All methods are to be called inside `tidy`. */
export interface Encoder extends HasParameters {
  /** Width of {@linkcode Encoded.start}. */
  readonly startWidth: number;
  /** D, width of the memory; absent where there is none. */
  readonly memoryWidth?: number;

  /**
   * Reads x of several examples; differentiable.
   *
   * @throws {RangeError} if an x does not fit the encoder
   */
  encode(xs: readonly Condition[], context: LossContext): Encoded;
}
