import type { Scalar, Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  dropout,
  Embedding,
  type HasParameters,
  Linear,
  type LossContext,
  type NamedVariables,
  type Trainable,
  uniform,
  zeros,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { AFFIXES, RecurrentStack, SentenceLayout } from "#lib/rnn/mod.ts";
import type { BiaffineBatch } from "./biaffine_batch.ts";
import type { BiaffineSizes } from "./biaffine_sizes.ts";
import { tokenDropout } from "./_token_dropout.ts";

/** How many names of each kind there are. */
export interface SymbolCounts {
  /** Words. */
  words: number;
  /** Tags. */
  tags: number;
  /** Affixes; 0 where words are wholes. */
  affixes: number;
  /** Labels. */
  labels: number;
}

/** What the four perceptrons make of the tokens: vectors of dependents (d) and of heads (h). */
export interface TokenRoles {
  /** Of arcs, shape [N, arcUnits]. */
  readonly d: Tensor2D;
  /** Of arcs, shape [N, arcUnits]. */
  readonly h: Tensor2D;
  /** Of labels, shape [N, labelUnits]. */
  readonly dLabel: Tensor2D;
  /** Of labels, shape [N, labelUnits]. */
  readonly hLabel: Tensor2D;
}

type Role = "arcDep" | "arcHead" | "labelDep" | "labelHead";

const LEAK = 0.1; // max(0.1 z, z)
const NO_HEAD = -1e9; // e^(−1e9 − max) is 0 in float32

/**
 * The network of Dozat & Manning 2017: embeddings, a stack of bidirectional LSTMs, four perceptrons, and
 * two biaffine products: how well each token is the head of each other, and by which relation.
 */
export class BiaffineNetwork implements Trainable<BiaffineBatch>, HasParameters {
  /** Where the network computes. */
  readonly engine: Engine;
  /** E_word, E_tag (E_affix), the stack's, and W and b of the perceptrons and biaffine products. */
  readonly parameters: NamedVariables;
  /** Its sizes. */
  readonly sizes: BiaffineSizes;
  /** Rows of its embeddings, and labels. */
  readonly counts: SymbolCounts;
  readonly #words: Embedding;
  readonly #tags: Embedding;
  readonly #affixes?: Embedding;
  readonly #stack?: RecurrentStack;
  readonly #linear: Record<Role | "arc" | "label" | "labelPrior", Linear>;

  /** Draws new weights. */
  constructor(
    engine: Engine,
    { sizes, counts, random }: { sizes: BiaffineSizes; counts: SymbolCounts; random: Random },
  ) {
    const { wordWidth, tagWidth, units, layers, arcUnits, labelUnits, drop } = sizes;
    const embedding = (words: number, width: number) => {
      const initializer = uniform(Math.sqrt(3 / width)); // vectors of length 1
      return new Embedding(engine, { words, width, initializer, random });
    };
    const inputs = wordWidth + tagWidth;
    this.engine = engine;
    this.sizes = sizes;
    this.counts = counts;
    this.#words = embedding(counts.words, wordWidth);
    this.#tags = embedding(counts.tags, tagWidth);
    if (counts.affixes > 0) this.#affixes = embedding(counts.affixes, wordWidth);
    if (layers > 0) {
      this.#stack = new RecurrentStack(engine, {
        ...{ cell: "lstm", inputs, units, layers, bidirectional: true, random },
        dropout: { rate: drop, variational: true, recurrentRate: drop },
      });
    }
    const linear = (inputs: number, outputs: number, initializer?: ReturnType<typeof zeros>) =>
      new Linear(engine, { inputs, outputs, initializer, random });
    const top = this.#stack?.width ?? inputs;
    this.#linear = {
      ...{ arcDep: linear(top, arcUnits), arcHead: linear(top, arcUnits) },
      ...{ labelDep: linear(top, labelUnits), labelHead: linear(top, labelUnits) },
      arc: linear(arcUnits, arcUnits, zeros()),
      label: linear(labelUnits, labelUnits * counts.labels, zeros()),
      labelPrior: linear(labelUnits, counts.labels, zeros()),
    };
    this.parameters = {
      ...{ E_word: this.#words.parameters.E, E_tag: this.#tags.parameters.E },
      ...(this.#affixes ? { E_affix: this.#affixes.parameters.E } : {}),
      ...this.#stack?.parameters,
      ...Object.fromEntries(
        Object.entries(this.#linear).flatMap(([name, { parameters: { W, b } }]) => [
          [`W_${name}`, W],
          [`b_${name}`, b],
        ]),
      ),
    };
  }

  /**
   * J: the mean −log P(right head) over words plus the mean −log P(right label | right head), nats.
   */
  loss(batch: BiaffineBatch, context: LossContext): Scalar {
    const { tf, operations } = this.engine;
    const layout = new SentenceLayout(batch.lengths);
    const roles = this.roles(batch, context);
    const scores = this.arcScores(roles, layout);
    const rows = layout.batch * layout.longest;
    const heads = tf.tensor1d(layout.padded(batch.heads), "int32");
    const arcs = operations.crossEntropy(tf.reshape(scores, [rows, layout.longest]), heads);
    const labels = this.labelScores(roles, layout.absolute(batch.heads));
    return tf.add(arcs, operations.crossEntropy(labels, tf.tensor1d(batch.labels, "int32")));
  }

  /** Words in a batch. */
  tokens({ words, lengths }: BiaffineBatch): number {
    return words.length - lengths.length;
  }

  /** Vectors of the tokens as dependents and as heads; to be called inside `tidy`. */
  roles(batch: BiaffineBatch, context: LossContext): TokenRoles {
    const layout = new SentenceLayout(batch.lengths);
    const embedded = this.#embed(batch, context);
    const top = this.#stack
      ? this.#read(embedded, this.#stack, { layout, context })
      : this.#drop(embedded, { layout, context });
    const role = (name: Role) => {
      const made = this.engine.tf.leakyRelu(this.#linear[name].apply(top), LEAK);
      return this.#drop(made, { layout, context });
    };
    return {
      ...{ d: role("arcDep"), h: role("arcHead") },
      ...{ dLabel: role("labelDep"), hLabel: role("labelHead") },
    };
  }

  /** [word ; tag], with words and tags dropped at random in training; shape [N, inputs]. */
  #embed({ words, tags, affixes }: BiaffineBatch, context: LossContext): Tensor2D {
    const { tf, operations } = this.engine;
    const ids = (values: Int32Array, shape: number[]) => tf.tensor(values, shape, "int32");
    const N = words.length;
    let word = this.#words.lookup(ids(words, [N]));
    if (this.#affixes) {
      const options = { bias: tf.zeros([word.shape[1]!]) };
      const { E } = this.#affixes.parameters;
      word = tf.add(word, operations.sumRows(E, ids(affixes, [N, AFFIXES]), options));
    }
    const tag = this.#tags.lookup(ids(tags, [N]));
    if (!context.training) return tf.concat([word, tag], 1) as Tensor2D;
    const factors = tokenDropout(N, { rate: this.sizes.drop, random: context.random });
    const column = (values: Float32Array) => tf.tensor2d(values, [N, 1]);
    return tf.concat(
      [tf.mul(word, column(factors.word)), tf.mul(tag, column(factors.tag))],
      1,
    ) as Tensor2D;
  }

  /** The stack's states, shape [N, 2H]. */
  #read(
    x: Tensor2D,
    stack: RecurrentStack,
    { layout, context }: { layout: SentenceLayout; context: LossContext },
  ): Tensor2D {
    const { tf } = this.engine;
    const { longest, batch } = layout;
    const steps = tf.reshape(this.#rows(x, layout.steps()), [longest, batch, x.shape[1]]);
    const { output } = stack.run(steps as Tensor3D, { ...context, lengths: [...layout.lengths] });
    return this.#rows(tf.reshape(output, [longest * batch, stack.width]), layout.places());
  }

  /** Dropout with one mask a sentence. */
  #drop(
    x: Tensor2D,
    { layout, context }: { layout: SentenceLayout; context: LossContext },
  ): Tensor2D {
    const { tf } = this.engine, rate = this.sizes.drop;
    if (!context.training || rate === 0) return x;
    const ones = tf.ones([layout.batch, x.shape[1]]);
    const masks = dropout(this.engine, ones, { ...context, rate });
    return tf.mul(x, this.#rows(masks, layout.sentences()));
  }

  #rows(x: Tensor, at: Int32Array): Tensor2D {
    const { tf, operations } = this.engine;
    return operations.embed(x, tf.tensor1d(at, "int32")) as Tensor2D;
  }

  /**
   * S[b, i, j] = [d_i ; 1]ᵀ U h_j: how well token j is the head of token i (Dozat & Manning 2017, eq. 6);
   * lowest for places j without a token. Shape [B, T, T].
   */
  arcScores({ d, h }: TokenRoles, layout: SentenceLayout): Tensor {
    const { tf } = this.engine;
    const { batch, longest } = layout, rows = layout.rows();
    const shape: [number, number, number] = [batch, longest, this.sizes.arcUnits];
    const dU = tf.reshape(this.#rows(this.#linear.arc.apply(d), rows), shape);
    const S = tf.matMul(dU, tf.reshape(this.#rows(h, rows), shape), false, true);
    const absent = layout.absent(NO_HEAD);
    return absent ? tf.add(S, tf.tensor3d(absent, [batch, longest, longest])) : S;
  }

  /**
   * L[i, r] = [d_i ; 1]ᵀ U_r [h_j ; 1] with j the head of i (eq. 3): how well relation r holds. Shape
   * [N, labels].
   *
   * @param heads the number of each token's head among the N tokens
   */
  labelScores({ dLabel, hLabel }: TokenRoles, heads: Int32Array): Tensor2D {
    const { tf, operations } = this.engine;
    const [N, width] = dLabel.shape, { labels } = this.counts;
    const { label, labelPrior } = this.#linear, { W, b } = label.parameters;
    const dU = tf.reshape(tf.matMul(dLabel, W as Tensor2D), [N, width, labels]);
    const head = this.#rows(hLabel, heads);
    const both = tf.reshape(tf.matMul(tf.reshape(head, [N, 1, width]), dU), [N, labels]);
    // 1ᵀ U_r h, apart: as the bias of d U it would go through N · width · labels numbers
    const weights = tf.reshape(b, [width, labels]), bias = labelPrior.parameters.b;
    const headAlone = operations.dense(head, { weights, bias });
    const prior = tf.matMul(dLabel, labelPrior.parameters.W as Tensor2D);
    return tf.add(both, tf.add(headAlone, prior));
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
  }
}
