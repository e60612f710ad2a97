import { type FittedWeights, fitWeights, mixture } from "#lib/lm/mod.ts";
import { CountingModel } from "./counting_model.ts";
import type { NgramCounts } from "./ngram_counts.ts";

/** Settings of {@linkcode jelinekMercer}. */
export interface JelinekMercerOptions {
  /**
   * EM stops when a step improves the held-out log-likelihood by less than this share of it.
   *
   * @default {1e-6}
   */
  tolerance?: number;
  /**
   * The most steps EM takes.
   *
   * @default {100}
   */
  maxSteps?: number;
}

/**
 * Linear interpolation of all orders (Jelinek and Mercer 1980). With c_n the last n − 1 words of the
 * context, m the highest order whose context was seen, and λ ≥ 0, Σ λ = 1:
 *
 *     P(w | c) = λ₀ / |V| + Σ_{n=1}^{m} λ_n · count(c_n w) / count(c_n)
 *
 * There is one set of weights for each m: those under which the held-out text is likeliest, found by
 * expectation–maximization.
 *
 * @param heldOut text that was not counted, `</s>` after each sentence
 * @throws {RangeError} if the held-out text is empty or an option is out of its range
 */
export function jelinekMercer(
  counts: NgramCounts,
  heldOut: Int32Array,
  options: JelinekMercerOptions = {},
): JelinekMercerModel {
  const { tolerance = 1e-6, maxSteps = 100 } = options;
  if (heldOut.length === 0) {
    throw new RangeError("Cannot estimate weights: expected a held-out text, got an empty one");
  }
  if (!(maxSteps >= 1) || !(tolerance >= 0)) {
    throw new RangeError(
      `Cannot estimate weights: expected maxSteps of 1 or more and a tolerance of 0 or more,` +
        ` got ${maxSteps} and ${tolerance}`,
    );
  }
  const unweighted = new JelinekMercerModel(counts, { weights: [], logLikelihoods: [] });
  let state = unweighted.initialState();
  const text = Array.from(heldOut, (wordId) => {
    const components = unweighted.components(state, wordId);
    state = unweighted.advance(state, wordId);
    return components;
  });
  return new JelinekMercerModel(counts, fitWeights(text, { tolerance, maxSteps }));
}

/** What {@linkcode jelinekMercer} makes. */
export class JelinekMercerModel extends CountingModel {
  /** `weights[m + 1]` holds λ₀ to λ_m for contexts whose highest seen order is m. */
  readonly weights: readonly Float64Array[];
  /** Log-likelihood of the held-out text before each step of EM, in nats; it never falls. */
  readonly logLikelihoods: readonly number[];

  /** Takes the weights as they are. */
  constructor(counts: NgramCounts, { weights, logLikelihoods }: FittedWeights) {
    super(counts);
    this.weights = weights;
    this.logLikelihoods = logLikelihoods;
  }

  /** 1/|V|, then count(c_n w) / count(c_n) for n = 1 to m; shape [m + 1]. */
  components(state: number, wordId: number): Float64Array {
    const { trie, counts } = this.counts;
    const highest = trie.orderOf(state) + 1;
    const p = new Float64Array(highest + 1);
    p[0] = 1 / (this.vocabulary.size - 1);
    for (let n = highest, context = state; n >= 1; n--, context = trie.suffix[context]) {
      const node = trie.child(context, wordId);
      if (node >= 0) p[n] = counts[node] / counts[context];
    }
    return p;
  }

  /** P of one word. */
  protected override probability(state: number, wordId: number): number {
    const components = this.components(state, wordId);
    return mixture(this.#weightsFor(components.length), components);
  }

  /** P of every word. */
  protected override probabilities(state: number): Float64Array {
    const { trie, counts } = this.counts;
    const highest = trie.orderOf(state) + 1, lambda = this.#weightsFor(highest + 1);
    const p = new Float64Array(this.vocabulary.size).fill(lambda[0] / (this.vocabulary.size - 1));
    for (let n = highest, context = state; n >= 1; n--, context = trie.suffix[context]) {
      for (let node = trie.firstChild[context]; node < trie.firstChild[context + 1]; node++) {
        p[trie.lastWord[node]] += lambda[n] * counts[node] / counts[context];
      }
    }
    p[this.vocabulary.start] = 0;
    return p;
  }

  /** Where the held-out text had no such context, all components weigh the same. */
  #weightsFor(components: number): Float64Array {
    return this.weights[components] ?? new Float64Array(components).fill(1 / components);
  }
}
