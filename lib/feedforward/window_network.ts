import type { Scalar, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { DenseActivation, Engine } from "#lib/engine/mod.ts";
import {
  classBias,
  disposeParameters,
  dropout,
  type HasParameters,
  type LossContext,
  type NamedVariables,
  parameter,
  type Trainable,
  uniform,
  xavierUniform,
  zeros,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import type { WindowExamples } from "./window_batches.ts";

/** The size and start of a {@linkcode WindowNetwork}. */
export interface WindowNetworkOptions {
  /** |V|, the words that can stand in a window. */
  words: number;
  /** C, the classes. */
  classes: number;
  /** n, the words of a window. */
  window: number;
  /** d, the length of a word vector. */
  width: number;
  /** H, the hidden units; 0 leaves a softmax on the word vectors, which is linear in them. */
  hidden: number;
  /** f. @default {"relu"} */
  activation?: DenseActivation;
  /** Whether word vectors also reach the output directly (Bengio et al. 2003). @default {false} */
  direct?: boolean;
  /**
   * r, the rank of the output matrix: U = P U′ with P [H, r] and U′ [r, C]. Most of the time goes into
   * U where the classes are words, and a low rank saves it (Sainath et al. 2013). @default {full}
   */
  rank?: number;
  /** The probability that an element of e or h is dropped in training. @default {0} */
  dropout?: number;
  /** How often each class occurs, for a first loss of their entropy. @default {b₂ starts at 0} */
  counts?: ArrayLike<number>;
  /** A class that never gets any probability. @default {none} */
  impossible?: number;
  /** Where the draws come from. */
  random: Random;
}

const NEVER = -1e9; // a logit whose exponential is 0
const ROWS = 512; // windows at a time where no gradient is needed

/**
 * The window network of the slides ("Neural dependency parser: architecture", "A fixed-window
 * neural language model"):
 *
 *     e = [e⁽¹⁾; …; e⁽ⁿ⁾]      h = f(W e + b₁)      ŷ = softmax(U h + b₂)
 *
 * With direct connections (Bengio et al. 2003, eq. 1) h is continued by e: ŷ = softmax(U [h; e] + b₂).
 * Vectors are rows here, so products stand the other way round.
 */
export class WindowNetwork implements Trainable<WindowExamples>, HasParameters {
  /** Where the network computes. */
  readonly engine: Engine;
  /**
   * E [|V|, d], W [n·d, H], b1 [H], U [H, C], b2 [C]; with direct connections U [H + n·d, C]; with a
   * rank P [H, r] (or [H + n·d, r]) and U [r, C].
   */
  readonly parameters: NamedVariables;
  readonly #options: WindowNetworkOptions;

  /**
   * Draws new parameters.
   *
   * @throws {RangeError} if there are neither hidden units nor direct connections
   */
  constructor(engine: Engine, options: WindowNetworkOptions) {
    const { words, classes, window: n, width: d, hidden: H, counts, random } = options;
    const direct = options.direct ?? H === 0;
    if (H === 0 && !direct) {
      throw new RangeError("Cannot build a window network: expected hidden units, got 0");
    }
    this.engine = engine;
    this.#options = { ...options, direct };
    const make = (shape: number[], initializer = xavierUniform()) =>
      parameter(engine, { shape, initializer, random });
    const inputs = H + (direct ? n * d : 0), r = options.rank;
    const start = counts ? () => classBias(Array.from(counts, (n) => Math.max(n, 0.5))) : zeros();
    this.parameters = {
      E: make([words, d], uniform(0.1)),
      ...(H > 0 ? { W: make([n * d, H]), b1: make([H], zeros()) } : {}),
      ...(r ? { P: make([inputs, r]) } : {}),
      U: make([r ?? inputs, classes]),
      b2: make([classes], start),
    };
  }

  /** J of a minibatch: mean of −log ŷ[target]. */
  loss(batch: WindowExamples, context: LossContext): Scalar {
    const { tf, operations } = this.engine;
    const targets = tf.tensor1d(batch.targets, "int32");
    const weights = this.parameters.U, bias = this.#outputBias();
    return operations.linearCrossEntropy(this.#features(batch.windows, context), {
      ...{ weights, bias, targets },
    });
  }

  /** Predictions in a minibatch. */
  tokens({ targets }: WindowExamples): number {
    return targets.length;
  }

  /** Equal shares of a minibatch. */
  split({ windows, targets }: WindowExamples, shares: number): WindowExamples[] {
    const n = this.#options.window;
    const cut = (share: number) => Math.round(share * targets.length / shares);
    return Array.from({ length: shares }, (_, i) => ({
      windows: windows.slice(cut(i) * n, cut(i + 1) * n),
      targets: targets.slice(cut(i), cut(i + 1)),
    }));
  }

  /**
   * log ŷ of windows, some at a time: `each` gets the first row's number and the values, row after
   * row, which are only valid during the call.
   *
   * @param windows word ids, shape [B, n]
   */
  predict(windows: Int32Array, each: (from: number, logP: Float32Array) => void): void {
    const { tf, operations, values } = this.engine, n = this.#options.window;
    const context = { training: false, random: () => 0 };
    for (let from = 0; from < windows.length / n; from += ROWS) {
      tf.tidy(() => {
        const some = windows.subarray(from * n, (from + ROWS) * n);
        const weights = this.parameters.U, bias = this.#outputBias();
        const logits = operations.dense(this.#features(some, context), { weights, bias });
        each(from, values(operations.logSoftmax(logits)));
      });
    }
  }

  /** What U is applied to: h, with direct connections [h; e], with a rank times P; shape [B, ·]. */
  #features(windows: Int32Array, { training, random }: LossContext): Tensor {
    const { window: n, width: d, hidden, activation = "relu", direct } = this.#options;
    const { engine, parameters: { E, W, b1, P } } = this;
    const { tf, operations } = engine;
    const drop = <T extends Tensor>(x: T) =>
      dropout(engine, x, { rate: this.#options.dropout ?? 0, training, random });
    const ids = tf.tensor2d(windows, [windows.length / n, n], "int32");
    const e = drop(tf.reshape(operations.embed(E, ids), [-1, n * d])); // look up, concatenate
    let h: Tensor = e;
    if (hidden > 0) {
      h = drop(operations.dense(e, { weights: W, bias: b1, activation }));
      if (direct) h = tf.concat([h as Tensor2D, e as Tensor2D], 1);
    }
    return P ? tf.matMul(h as Tensor2D, P as Tensor2D) : h;
  }

  /** b₂, with the class that never occurs put out of reach. */
  #outputBias(): Tensor {
    const { impossible, classes } = this.#options;
    const b2: Variable = this.parameters.b2;
    if (impossible === undefined) return b2;
    const mask = new Float32Array(classes);
    mask[impossible] = NEVER;
    return this.engine.tf.add(b2, mask);
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
