/** All that training gives a TurboParser. */
export interface TurboModel {
  /**
   * basic: arcs; standard: arcs, consecutive siblings and grandparents; full: these, siblings in any
   * distance, grand-siblings, three consecutive siblings, and the heads of words side by side.
   */
  readonly kind: "basic" | "standard" | "full";
  /** Whether trees have no crossing arcs. */
  readonly projective: boolean;
  /** The labels. */
  readonly labels: readonly string[];
  /** For a pair of tags and a direction, hashed, the labels such an arc had in training. */
  readonly labelsOfArcs: ReadonlyMap<number, readonly number[]>;
  /** w of the pruner, by hashed feature; 2 to the power of something. */
  readonly prunerWeights: Float32Array;
  /** w, by hashed feature; 2 to the power of something. */
  readonly weights: Float32Array;
  /** Heads of a word the pruner lets through at most. */
  readonly mostHeads: number;
}
