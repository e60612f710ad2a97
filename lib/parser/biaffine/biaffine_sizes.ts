/** Sizes of a biaffine parser's network. */
export interface BiaffineSizes {
  /** Width of word vectors. */
  readonly wordWidth: number;
  /** Width of tag vectors. */
  readonly tagWidth: number;
  /** Bidirectional LSTMs on top of each other; 0: arcs are judged by the two words alone. */
  readonly layers: number;
  /** H, units of an LSTM in each direction. */
  readonly units: number;
  /** Width of the vectors that arcs are judged by. */
  readonly arcUnits: number;
  /** Width of the vectors that labels are judged by. */
  readonly labelUnits: number;
  /** Probability that a word, a tag, or a unit is dropped in training. */
  readonly drop: number;
}

/** The published sizes (Dozat & Manning 2017, table 1). */
export const PUBLISHED_SIZES: BiaffineSizes = {
  ...{ wordWidth: 100, tagWidth: 100, layers: 3, units: 400, arcUnits: 500, labelUnits: 100 },
  drop: 0.33,
};
