import type { FactorConfiguration, ScoredFactor } from "./factor.ts";

/** The factor of two arcs from one head, siblings in any distance: a score where both are taken. */
export class SiblingPair implements ScoredFactor {
  /** The two arcs. */
  readonly variables: Int32Array;
  /** What both together are worth. */
  readonly score: number;

  /** Takes two arcs, by number. */
  constructor(arcs: readonly [number, number], score: number) {
    this.variables = Int32Array.from(arcs);
    this.score = score;
  }

  /** The best of the four. */
  maximize([first, second]: Float64Array, scale: number): FactorConfiguration {
    const both = first + second + scale * this.score;
    if (both >= Math.max(first, second, 0)) return { on: Int32Array.of(0, 1), score: this.score };
    if (first <= 0 && second <= 0) return { on: new Int32Array(0), score: 0 };
    return { on: Int32Array.of(first >= second ? 0 : 1), score: 0 };
  }

  /** The score where both are on, else 0. */
  scoreOf(on: Int32Array): number {
    return on.length === 2 ? this.score : 0;
  }
}
