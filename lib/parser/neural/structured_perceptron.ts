import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import type { TabledNetwork } from "./tabled_network.ts";
import type { TransitionNetwork } from "./transition_network.ts";

/** Configurations as a {@linkcode TabledNetwork} takes them. */
export interface TabledInputs {
  /** Numbers of the tokens; shape [n, tokens]. */
  readonly inputs: Int32Array;
  /** What is legal; shape [n]. */
  readonly codes: Int32Array;
}

/** A change of v: φ of some configurations, plus or minus. */
export interface PerceptronUpdate extends TabledInputs {
  /** The transition of each configuration whose weights change; shape [n]. */
  readonly transitions: Int32Array;
  /** By what factor of φ: 1 on the gold way, −1 on the best one; shape [n]. */
  readonly signs: Float32Array;
}

/**
 * The scores of Weiss et al. (2015), section 2.4: v_y · φ(c) for a transition y, with φ all
 * activations of a trained network: its hidden layers and its probabilities. The network stays as it
 * is; v is learned, and averaged over all updates (Collins 2002).
 */
export class StructuredPerceptron {
  /** The network whose activations are read. */
  readonly network: TransitionNetwork;
  #v: Tensor2D; // [activations, transitions]
  #sum: Tensor2D; // Σ t Δv, from which the average follows
  #updates = 0;
  #own: Tensor2D | undefined; // v while the average stands in its place

  /** Begins with v = 0. */
  constructor(network: TransitionNetwork) {
    const { engine: { tf }, shape, task } = network, classes = task.legal.inventory.size;
    const rows = shape.hidden.reduce((sum, units) => sum + units, 0) + classes;
    this.network = network;
    this.#v = tf.zeros([rows, classes]);
    this.#sum = tf.zeros([rows, classes]);
  }

  /** v, or its average while that is in; shape [activations, transitions]. */
  get weights(): Float32Array {
    return this.network.engine.values(this.#v);
  }

  /** φ of configurations; inside `tidy`. */
  #activations(tabled: TabledNetwork, { inputs, codes }: TabledInputs): Tensor2D {
    const { engine: { tf, operations } } = this.network;
    const layers = tabled.hiddenLayers(inputs, codes.length);
    const p = tf.exp(operations.logSoftmax(this.network.legalScores(layers.at(-1)!, codes)));
    return tf.concat([...layers, p], 1);
  }

  /** v_y · φ(c) of every transition y, row by row; the view ends with the next tensor. */
  scores(tabled: TabledNetwork, configurations: TabledInputs): Float32Array {
    const { tf, values } = this.network.engine;
    let scores: Float32Array = new Float32Array();
    tf.tidy(() => {
      scores = values(tf.matMul(this.#activations(tabled, configurations), this.#v));
    });
    return scores;
  }

  /** v += Σ ± φ. */
  update(tabled: TabledNetwork, { transitions, signs, ...configurations }: PerceptronUpdate): void {
    const { engine: { tf }, task: { legal: { inventory: { size } } } } = this.network;
    const marks = new Float32Array(transitions.length * size);
    for (const [i, transition] of transitions.entries()) marks[i * size + transition] = signs[i];
    this.#updates++;
    const [v, sum] = tf.tidy(() => {
      const phi = this.#activations(tabled, configurations);
      const change = tf.matMul(phi, tf.tensor2d(marks, [transitions.length, size]), true);
      return [tf.add(this.#v, change), tf.add(this.#sum, tf.mul(change, this.#updates))];
    }) as [Tensor2D, Tensor2D];
    tf.dispose([this.#v, this.#sum] as Tensor[]);
    [this.#v, this.#sum] = [v, sum];
  }

  /** Puts the average over all updates in v's place: v − Σ t Δv / (T + 1). */
  putAverage(): void {
    if (this.#own) return;
    const { tf } = this.network.engine;
    this.#own = this.#v;
    this.#v = tf.tidy(() => tf.sub(this.#own!, tf.div(this.#sum, this.#updates + 1)));
  }

  /** Puts v back, to go on with training. */
  takeAverage(): void {
    if (!this.#own) return;
    this.#v.dispose();
    this.#v = this.#own;
    this.#own = undefined;
  }

  /** Frees v; the network stays. */
  dispose(): void {
    this.takeAverage();
    this.network.engine.tf.dispose([this.#v, this.#sum] as Tensor[]);
  }
}
