import type { DenseActivation } from "#lib/engine/mod.ts";
import { CHEN_MANNING_DEPTHS, type TokenDepths, WEISS_DEPTHS } from "./token_places.ts";

/** The sizes of a {@linkcode TransitionNetwork}. */
export interface NetworkShape {
  /** Which tokens it sees. */
  readonly depths: TokenDepths;
  /** Lengths of the embeddings of words, tags, labels and, if it has them, suffixes. */
  readonly widths: {
    readonly w: number;
    readonly t: number;
    readonly l: number;
    /** 0 for a network without suffixes. */
    readonly x: number;
  };
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** f of the hidden layers. */
  readonly activation: DenseActivation;
  /** Whether the softmax has a bias. */
  readonly outputBias: boolean;
}

/** Chen & Manning (2014): 48 embeddings of 50, one layer of 200 cubed units, softmax(W_2 h). */
export const CHEN_MANNING_SHAPE: NetworkShape = {
  depths: CHEN_MANNING_DEPTHS,
  widths: { w: 50, t: 50, l: 50, x: 0 },
  hidden: [200],
  activation: "cube",
  outputBias: false,
};

/**
 * Weiss et al. (2015): 20 words, 20 tags and 12 labels, two rectified layers. The paper has words of
 * 64 and 2,048 units a layer; ours has words of 50, as our vectors, and 256 units, which two cores
 * train in minutes.
 */
export const WEISS_SHAPE: NetworkShape = {
  depths: WEISS_DEPTHS,
  widths: { w: 50, t: 32, l: 32, x: 0 },
  hidden: [256, 256],
  activation: "relu",
  outputBias: true,
};
