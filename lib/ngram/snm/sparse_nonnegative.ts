import type { LanguageModel } from "#lib/lm/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import type { Adjustment } from "./adjustment.ts";
import { type Active, FeatureTable } from "./feature_table.ts";
import { reach } from "./context_shape.ts";
import { type FeatureCounts, findPair, placesOf } from "./feature_counts.ts";

/**
 * A sparse non-negative matrix language model (Shazeer, Pelemans and Chelba 2015). A context is
 * the set f of its features, n-grams and skip-grams; a row of M belongs to each:
 *
 *     P(w | f) = Σ_{i ∈ f} M_iw / Σ_{i ∈ f} S_i,   M_iw = e^{A(i, w)} C_iw / C_i,   S_i = Σ_w M_iw.
 *
 * Only pairs that were counted are in M; besides, one row has e^A / |V| for every word, so that no
 * word is impossible. Contexts end at sentence starts; a state is their last words, `<s>` among
 * them.
 */
export class SparseNonnegativeModel implements LanguageModel<Int32Array> {
  /** The words the model predicts. */
  readonly vocabulary: Vocabulary;
  /** The features, their words, and how often they came. */
  readonly counts: FeatureCounts;
  /** M_iw of each pair of the counts. */
  readonly weights: Float64Array;
  /** S_i of each feature. */
  readonly rowSums: Float64Array;
  /** S of the uniform row. */
  readonly #uniform: number;
  readonly #reach: number;

  /** Computes M; later changes of the adjustment change nothing. */
  constructor(counts: FeatureCounts, adjustment: Adjustment) {
    const { shapeOf, totals, starts, vocabulary, table } = counts;
    this.counts = counts;
    this.vocabulary = vocabulary;
    this.weights = new Float64Array(counts.words.length);
    this.rowSums = new Float64Array(totals.length);
    this.#uniform = Math.exp(adjustment.uniform);
    this.#reach = Math.max(1, reach(table.shapes));
    for (let i = 0; i < totals.length; i++) {
      const followers = starts[i + 1] - starts[i];
      adjustment.turnTo({ shape: shapeOf[i], total: totals[i], followers });
      for (let pair = starts[i]; pair < starts[i + 1]; pair++) {
        const n = counts.counts[pair];
        this.rowSums[i] += this.weights[pair] = Math.exp(adjustment.of(n)) * n / totals[i];
      }
    }
  }

  /** Number of weights: pairs of features and words. */
  get parameters(): number {
    return this.weights.length;
  }

  /** The context `<s>`. */
  initialState(): Int32Array {
    return Int32Array.of(this.vocabulary.start);
  }

  /**
   * The last words after one more.
   *
   * @throws {RangeError} if the id belongs to no word
   */
  advance(state: Int32Array, wordId: number): Int32Array {
    this.vocabulary.word(wordId);
    if (wordId === this.vocabulary.end) return this.initialState();
    return Int32Array.of(...state, wordId).slice(-this.#reach);
  }

  /** log P of every word. */
  logProbabilities(state: Int32Array): Float64Array {
    const { table, starts, words } = this.counts;
    const active = FeatureTable.room();
    table.find(state, { start: 0, end: state.length, active, add: false });
    const V = this.vocabulary.size - 1;
    const y = new Float64Array(V + 1).fill(this.#uniform / V);
    y[this.vocabulary.start] = 0;
    for (const i of active.ids.subarray(0, active.length)) {
      if (i < 0) continue;
      for (let pair = starts[i]; pair < starts[i + 1]; pair++) y[words[pair]] += this.weights[pair];
    }
    const logTotal = Math.log(this.#total(active));
    return y.map((value) => Math.log(value) - logTotal);
  }

  /**
   * log P of each word.
   *
   * @throws {RangeError} if an id belongs to no word
   */
  score(text: Int32Array): Float64Array {
    const { vocabulary, counts } = this, out = new Float64Array(text.length);
    let t = 0;
    for (const { active, word } of placesOf(counts.table, text, { vocabulary })) {
      let y = this.#uniform / (vocabulary.size - 1);
      for (let k = 0; k < active.length; k++) {
        const pair = active.ids[k] < 0 ? -1 : findPair(counts, active.ids[k], word);
        if (pair >= 0) y += this.weights[pair];
      }
      out[t++] = word === vocabulary.start ? -Infinity : Math.log(y / this.#total(active));
    }
    return out;
  }

  /** Σ S_i, the uniform row's among them. */
  #total(active: Active): number {
    let total = this.#uniform;
    for (let k = 0; k < active.length; k++) {
      if (active.ids[k] >= 0) total += this.rowSums[active.ids[k]];
    }
    return total;
  }
}
