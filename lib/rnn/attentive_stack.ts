import type { Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import { dropout, type HasParameters, type LossContext, type NamedVariables } from "#lib/nn/mod.ts";
import { RecurrentStack, type RecurrentStackOptions } from "./recurrent_stack.ts";
import { SelfAttention } from "./self_attention.ts";

/** Sizes of an {@linkcode AttentiveStack}. */
export interface AttentiveStackOptions extends RecurrentStackOptions {
  /** Whether positions look at each other after the last layer. @default {false} */
  attention?: boolean;
}

/** What the network makes of sequences. */
export interface AttentiveResult {
  /** A vector for each position, shape [T, B, width]. */
  output: Tensor3D;
  /** How much each position looks at each other, [B, T, T]; where there is attention. */
  weights?: Tensor3D;
}

/**
 * What the lecture's last slide names: a "stacked bidirectional LSTM with residual connections and
 * self-attention", by its options. Attention is one more residual layer: h + softmax(Q Kᵀ / √d) V.
 */
export class AttentiveStack implements HasParameters {
  /** Those of the stack and W_Q, W_K, W_V. */
  readonly parameters: NamedVariables;
  /** Width of the output. */
  readonly width: number;
  readonly #engine: Engine;
  readonly #stack: RecurrentStack;
  readonly #attention?: SelfAttention;
  readonly #rate: number;

  /** Draws new weights. */
  constructor(engine: Engine, options: AttentiveStackOptions) {
    const { attention = false, dropout, random } = options;
    this.#engine = engine;
    this.#stack = new RecurrentStack(engine, options);
    this.width = this.#stack.width;
    this.#rate = dropout?.rate ?? 0;
    if (attention) {
      this.#attention = new SelfAttention(engine, {
        ...{ inputs: this.width, width: this.width, random },
      });
    }
    this.parameters = { ...this.#stack.parameters, ...this.#attention?.parameters };
  }

  /**
   * Reads sequences; differentiable, to be called inside `tidy`.
   *
   * @param x shape [T, B, I]
   * @param options `lengths`: time steps of each example; what comes after is padding
   */
  run(x: Tensor3D, options: LossContext & { lengths?: readonly number[] }): AttentiveResult {
    const { output: h } = this.#stack.run(x, options);
    if (!this.#attention) return { output: h };
    const { output, weights } = this.#attention.apply(h, options.lengths);
    const kept = dropout(this.#engine, output, { ...options, rate: this.#rate });
    return { output: this.#engine.tf.add(h, kept), weights };
  }

  /** Frees the parameters. */
  dispose(): void {
    this.#stack.dispose();
    this.#attention?.dispose();
  }
}
