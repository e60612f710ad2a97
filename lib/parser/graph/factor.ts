/** A configuration of a factor: which of its variables are 1, and what it is worth by itself. */
export interface FactorConfiguration {
  /** Places among the factor's variables, ascending. */
  readonly on: Int32Array;
  /** The factor's own score for it, beyond its variables' potentials. */
  readonly score: number;
}

/** A part of a problem that can be solved by itself: all variables it sees must go together. */
export interface Factor {
  /** The variables it sees, by number. */
  readonly variables: Int32Array;
  /**
   * The configuration with the highest Σ_{i on} potentials[i] + scale · score.
   *
   * @param potentials one for each of `variables`
   */
  maximize(potentials: Float64Array, scale: number): FactorConfiguration;
}

/** A factor whose configurations' own scores are sums over parts. */
export interface ScoredFactor extends Factor {
  /** A configuration's own score, by the places among the factor's variables it turns on. */
  scoreOf(on: Int32Array): number;
}
