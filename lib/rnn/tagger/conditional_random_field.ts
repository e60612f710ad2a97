import type { Scalar, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { disposeParameters, type HasParameters, parameter, zeros } from "#lib/nn/mod.ts";
import { bestChain, chainMarginals, chainScore } from "./linear_chain.ts";
import type { TaggerBatch } from "./tagger_batch.ts";

/**
 * A linear-chain conditional random field on top of a network (Lafferty et al. 2001; Collobert et al.
 * 2011, section 3.3.2): sentences, not words, get their tags, P(y | x) = e^s(y) / Z, where
 * {@linkcode ChainScores} says what s is.
 */
export class ConditionalRandomField implements HasParameters {
  /** A, shape [C + 1, C + 1], which starts at 0: then each word is tagged for itself. */
  readonly parameters: { readonly A: Variable };
  readonly #engine: Engine;
  readonly #tags: number;

  /** Starts with transitions of 0 between so many tags. */
  constructor(engine: Engine, { tags }: { tags: number }) {
    this.#engine = engine;
    this.#tags = tags;
    const random = () => 0; // nothing is drawn
    const shape = [tags + 1, tags + 1];
    this.parameters = { A: parameter(engine, { shape, initializer: zeros(), random }) };
  }

  /**
   * −log P(y | x), summed over the sentences and divided by the number of their words, nats.
   *
   * @param emissions e of all words, shape [N, C]
   */
  loss(emissions: Tensor2D, sentences: Pick<TaggerBatch, "lengths" | "tags">): Scalar {
    const { tf } = this.#engine;
    const criterion = tf.customGrad((e, A, save) => {
      const { loss, de, dA } = this.#lossAndGradients(e as Tensor, A as Tensor, sentences);
      const gradients = [
        tf.tensor(de, (e as Tensor).shape),
        tf.tensor(dA, (A as Tensor).shape),
      ];
      (save as (tensors: Tensor[]) => void)(gradients);
      const gradFunc = (dy: Tensor, saved: Tensor[]) => saved.map((g) => tf.mul(g, dy));
      return { value: tf.scalar(loss), gradFunc };
    });
    return criterion(emissions, this.parameters.A) as Scalar;
  }

  /** J, ∂J/∂e = P(y_t = i) − 1[i is right] and ∂J/∂A = expected less actual pairs, all over N. */
  #lossAndGradients(
    e: Tensor,
    A: Tensor,
    { lengths, tags }: Pick<TaggerBatch, "lengths" | "tags">,
  ): { loss: number; de: Float32Array; dA: Float32Array } {
    const { values } = this.#engine, C = this.#tags, N = tags.length;
    const emissions = values(e).slice(), transitions = values(A).slice();
    const de = new Float32Array(N * C), dA = new Float32Array((C + 1) ** 2);
    let loss = 0, from = 0;
    for (const n of lengths) {
      if (n === 0) continue; // P = 1
      const y = tags.subarray(from, from + n), at = from * C;
      const chain = { tags: C, emissions: emissions.subarray(at, at + n * C), transitions };
      const { logZ, places, pairs } = chainMarginals(chain);
      loss += (logZ - chainScore(y, chain)) / N;
      places.forEach((p, i) => de[at + i] = p / N);
      pairs.forEach((count, i) => dA[i] += count / N);
      y.forEach((tag, t) => {
        de[at + t * C + tag] -= 1 / N;
        dA[(t === 0 ? C : y[t - 1]) * (C + 1) + tag] -= 1 / N;
      });
      dA[y[n - 1] * (C + 1) + C] -= 1 / N;
      from += n;
    }
    return { loss, de, dA };
  }

  /**
   * The likeliest tags of each sentence, one after the other; shape [N].
   *
   * @param emissions e of all words, shape [N, C]
   */
  decode(emissions: Tensor2D, lengths: Int32Array): Int32Array {
    const { values } = this.#engine, C = this.#tags;
    const all = values(emissions).slice(), transitions = values(this.parameters.A).slice();
    const found = new Int32Array(all.length / C);
    let from = 0;
    for (const n of lengths) {
      const emissions = all.subarray(from * C, (from + n) * C);
      found.set(bestChain({ tags: C, emissions, transitions }), from);
      from += n;
    }
    return found;
  }

  /** Frees A. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
