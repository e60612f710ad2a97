/** All that training gives an MSTParser. */
export interface MstModel {
  /** 1: arcs; 2: arcs and adjacent siblings. */
  readonly order: 1 | 2;
  /** The labels; a single one is given to every arc and not learned. */
  readonly labels: readonly string[];
  /** 2 to the power of this many weights of arcs and siblings come first. */
  readonly arcBits: number;
  /** 2 to the power of this many weights of labels come after them. */
  readonly labelBits: number;
  /** w, by hashed feature. */
  readonly weights: Float32Array;
}
