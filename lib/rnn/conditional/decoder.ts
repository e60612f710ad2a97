import type { Vocabulary } from "#lib/text/mod.ts";
import type { PlainLayerState } from "../text_batches.ts";
import type { Condition } from "./encoder.ts";

/** How far some outputs are: plain numbers, a row an output. */
export interface DecoderState {
  /** The decoder's states, each of shape [N, H]. */
  readonly layers: readonly PlainLayerState[];
  /** log P of each symbol that may come next, shape [N, V]. */
  readonly logProbabilities: Float32Array;
}

/** What the outputs are given, as plain numbers. */
export interface DecoderSource {
  /** Symbols of each x, and their states, shape [S, N, D]; absent without attention. */
  readonly memory?: { readonly lengths: readonly number[]; readonly states: Float32Array };
}

/** What writes outputs symbol by symbol, many at a time. */
export interface Decoder {
  /** The symbols of y. */
  readonly vocabulary: Vocabulary;

  /** Begins an output for each x. */
  begin(xs: readonly Condition[]): { source: DecoderSource; state: DecoderState };

  /**
   * Goes one symbol further with each output.
   *
   * @param layers the states of N outputs
   * @param ids the symbol that comes next in each, shape [N]
   */
  step(
    source: DecoderSource,
    layers: readonly PlainLayerState[],
    ids: Int32Array,
  ): DecoderState;
}
