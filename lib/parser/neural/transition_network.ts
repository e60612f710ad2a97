import type { Scalar, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import {
  disposeParameters,
  dropout,
  type HasParameters,
  type Initializer,
  type LossContext,
  type NamedVariables,
  parameter,
  type Trainable,
  uniform,
  type WordVectors,
  xavierUniform,
  zeros,
} from "#lib/nn/mod.ts";
import type { Random } from "#lib/random/mod.ts";
import { firstLayer } from "./_first_layer.ts";
import { type TokenGroup, tokenGroups } from "./token_groups.ts";
import type { Examples } from "./oracle_examples.ts";
import { LEGALITY_CODES } from "./legal_transitions.ts";
import { putVectors, SPECIALS } from "./neural_lexicon.ts";
import type { NetworkShape } from "./network_shape.ts";
import type { TransitionTask } from "./transition_task.ts";

/** What a {@linkcode TransitionNetwork} is made of. */
export interface TransitionNetworkOptions {
  /** Its sizes. */
  shape: NetworkShape;
  /** What it sees, and what it chooses from. */
  task: TransitionTask;
  /** The share of hidden units dropped in training. @default {0.5} */
  dropoutRate?: number;
  /** What embeddings start with. @default {uniform(0.1)} */
  embeddings?: Initializer;
  /** Vectors that words with one start with instead, as they are. @default {none} */
  vectors?: WordVectors;
  /** What hidden biases start with. @default {0} */
  hiddenBias?: number;
  /** Where the draws come from. */
  random: Random;
}

/**
 * The network that chooses transitions (Chen & Manning 2014, section 3.1):
 * h = f(W_1^w x^w + W_1^t x^t + W_1^l x^l + b_1), p = softmax(W_2 h) over the legal transitions, with
 * x the embeddings of words, tags and labels at the places looked at. With several hidden layers it
 * is that of Weiss et al. (2015).
 */
export class TransitionNetwork implements Trainable<Examples>, HasParameters {
  /** Where it computes. */
  readonly engine: Engine;
  /**
   * E_w, E_t, E_l (and E_x for suffixes), shape [rows, width]; W_1w, W_1t, W_1l (and W_1x), shape
   * [places · width, units], b_1; W_2 and so on, the last being the softmax's.
   */
  readonly parameters: NamedVariables;
  /** Its sizes. */
  readonly shape: NetworkShape;
  /** What it sees, and what it chooses from. */
  readonly task: TransitionTask;
  /** Matrices and places of the input, in the order of the numbers of an example. */
  readonly groups: readonly TokenGroup[];
  readonly #dropoutRate: number;
  readonly #mask: Tensor2D;

  /** Draws new parameters. */
  constructor(engine: Engine, options: TransitionNetworkOptions) {
    const { shape, task, dropoutRate = 0.5 } = options;
    this.engine = engine;
    this.shape = shape;
    this.task = task;
    this.groups = tokenGroups(task.lexicon, shape.depths);
    this.#dropoutRate = dropoutRate;
    this.parameters = this.#draw(options);
    this.#mask = engine.tf.tensor2d(task.legal.mask(), [LEGALITY_CODES, task.legal.inventory.size]);
    if (options.vectors) this.#putVectors(options.vectors);
  }

  #draw(options: TransitionNetworkOptions): Record<string, Variable> {
    const { shape, random, embeddings = uniform(0.1), hiddenBias = 0 } = options;
    const make = (size: number[], initializer: Initializer) =>
      parameter(this.engine, { shape: size, initializer, random });
    const parameters: Record<string, Variable> = {};
    for (const { letter, rows } of this.groups) {
      parameters[`E_${letter}`] = make([rows, shape.widths[letter]], embeddings);
    }
    const widthOf = ({ letter, places }: TokenGroup) => places * shape.widths[letter];
    let inputs = this.groups.reduce((sum, group) => sum + widthOf(group), 0);
    const [first, ...above] = shape.hidden;
    for (const group of this.groups) { // Xavier for all of them as one matrix
      const r = Math.sqrt(6 / (inputs + first));
      parameters[`W_1${group.letter}`] = make([widthOf(group), first], uniform(r));
    }
    parameters.b_1 = make([first], () => new Float32Array(first).fill(hiddenBias));
    inputs = first;
    for (const [i, units] of above.entries()) {
      parameters[`W_${i + 2}`] = make([inputs, units], xavierUniform());
      parameters[`b_${i + 2}`] = make([units], () => new Float32Array(units).fill(hiddenBias));
      inputs = units;
    }
    const last = shape.hidden.length + 1, classes = this.task.legal.inventory.size;
    parameters[`W_${last}`] = make([inputs, classes], xavierUniform());
    if (shape.outputBias) parameters[`b_${last}`] = make([classes], zeros());
    return parameters;
  }

  #putVectors(given: WordVectors): void {
    const { shape: { widths }, engine: { values }, parameters, task: { lexicon } } = this;
    if (given.width !== widths.w) {
      this.dispose();
      throw new RangeError(
        `Cannot take word vectors: expected ${widths.w} numbers each, got ${given.width}`,
      );
    }
    putVectors(values(parameters.E_w), lexicon, given);
  }

  /** Mean of −log p(right transition), nats. */
  loss(batch: Examples, { training, random }: LossContext): Scalar {
    const { tf, operations } = this.engine;
    const drop = (h: Tensor2D) =>
      dropout(this.engine, h, { rate: this.#dropoutRate, training, random });
    const hidden = this.hiddenLayers(batch.rows, drop);
    const scores = this.legalScores(hidden.at(-1)!, batch.codes);
    return operations.crossEntropy(scores, tf.tensor1d(batch.targets, "int32"));
  }

  /**
   * The embeddings of words (`"w"`), tags (`"t"`), labels (`"l"`) or suffixes (`"x"`), the specials
   * left out: a copy.
   *
   * @throws {RangeError} if the network has none of the kind
   */
  embeddings(letter: TokenGroup["letter"]): WordVectors {
    const { words, tags, labels, suffixes } = this.task.lexicon;
    const names = { w: words, t: tags, l: labels, x: suffixes }[letter]?.names;
    if (!names) throw new RangeError(`Cannot look at embeddings "${letter}": there are none`);
    const width = this.shape.widths[letter], from = letter === "l" ? 1 : SPECIALS.length;
    const all = this.engine.values(this.parameters[`E_${letter}`]);
    return { words: names.slice(from), width, vectors: all.slice(from * width) };
  }

  /** How many configurations a batch has. */
  tokens({ targets }: Examples): number {
    return targets.length;
  }

  /**
   * The hidden layers, the lowest first, each passed through `after`.
   *
   * @param rows numbers of embedding rows; shape [N, tokens]
   */
  hiddenLayers(rows: Int32Array, after?: (h: Tensor2D) => Tensor2D): Tensor2D[] {
    const first = firstLayer(this, rows), passed = after ? after(first) : first;
    return [passed, ...this.layersAbove(passed, after)];
  }

  /** The hidden layers above the first one. */
  layersAbove(first: Tensor2D, after: (h: Tensor2D) => Tensor2D = (h) => h): Tensor2D[] {
    const layers = [first];
    for (let i = 2; i <= this.shape.hidden.length; i++) {
      layers.push(after(this.#layer(i, layers.at(-1)!)));
    }
    return layers.slice(1);
  }

  /** f(h W_i + b_i). */
  #layer(i: number, below: Tensor2D): Tensor2D {
    const { engine: { operations }, parameters, shape: { activation } } = this;
    const [weights, bias] = [parameters[`W_${i}`], parameters[`b_${i}`]];
    return operations.dense(below, { weights, bias, activation });
  }

  /** ρ: the score of every transition, legal or not; shape [N, transitions]. */
  scores(h: Tensor): Tensor2D {
    const { tf } = this.engine, last = this.shape.hidden.length + 1;
    const product = tf.matMul(h as Tensor2D, this.parameters[`W_${last}`] as Tensor2D);
    if (!this.shape.outputBias) return product as Tensor2D;
    return tf.add(product, this.parameters[`b_${last}`]) as Tensor2D;
  }

  /** As {@linkcode scores}, those of transitions that are not legal −10⁹ and less. */
  legalScores(h: Tensor, codes: Int32Array): Tensor2D {
    const { tf, operations } = this.engine;
    const mask = operations.embed(this.#mask, tf.tensor1d(codes, "int32"));
    return tf.add(this.scores(h), mask);
  }

  /** Frees the parameters. */
  dispose(): void {
    disposeParameters(this.parameters);
    this.#mask.dispose();
  }
}
