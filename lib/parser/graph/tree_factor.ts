import { eisnerWith, SpanChart } from "../_span_chart.ts";
import { ArcScores } from "../arc_scores.ts";
import { chuLiuEdmonds } from "../chu_liu_edmonds.ts";
import type { Factor, FactorConfiguration } from "./factor.ts";

/** An arc that a tree may have. */
export interface CandidateArc {
  /** The head, 0 for ROOT. */
  readonly head: number;
  /** The word that hangs from it. */
  readonly dependent: number;
}

/** Settings of {@linkcode TreeFactor}. */
export interface TreeFactorOptions {
  /** Lets through only trees without crossing arcs. @default {false} */
  projective?: boolean;
}

/** The factor that lets through exactly the trees with one root made of given arcs. */
export class TreeFactor implements Factor {
  /** All arcs, variable i being arc i. */
  readonly variables: Int32Array;
  /** Of Eisner's algorithm; none where arcs may cross. */
  readonly #chart?: SpanChart;
  readonly #scores: ArcScores;
  /** Where each arc stands in the scores, and which arc stands there. */
  readonly #cells: Int32Array;
  readonly #arcs: Int32Array;

  /**
   * Lets through the trees made of these arcs.
   *
   * @param words number of words, n
   */
  constructor(
    words: number,
    arcs: readonly CandidateArc[],
    { projective = false }: TreeFactorOptions = {},
  ) {
    if (projective) this.#chart = new SpanChart(words);
    this.variables = Int32Array.from(arcs.keys());
    this.#scores = new ArcScores(words);
    this.#scores.values.fill(-Infinity);
    this.#cells = Int32Array.from(arcs, ({ head, dependent }) => head * (words + 1) + dependent);
    this.#arcs = new Int32Array((words + 1) ** 2);
    for (const [i, cell] of this.#cells.entries()) this.#arcs[cell] = i;
  }

  /**
   * The best tree, by {@linkcode chuLiuEdmonds} or {@linkcode eisner}.
   *
   * @throws {RangeError} if the arcs make no tree with one root
   */
  maximize(potentials: Float64Array): FactorConfiguration {
    const { values, words } = this.#scores, cells = this.#cells;
    for (let i = 0; i < cells.length; i++) values[cells[i]] = potentials[i];
    const heads = this.#chart ? eisnerWith(this.#scores, this.#chart) : chuLiuEdmonds(this.#scores);
    const on = new Int32Array(words);
    for (let i = 0; i < words; i++) {
      on[i] = this.#arcs[heads[i] * (words + 1) + i + 1];
    }
    return { on: on.sort(), score: 0 };
  }
}
