import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import { contributions } from "./_first_layer.ts";
import type { RowNumbers, SentenceRows } from "./token_rows.ts";
import { NULL_ROW } from "./neural_lexicon.ts";
import type { TransitionNetwork } from "./transition_network.ts";

/** Stands for places without a word: below 0 whatever place is added. */
const NOTHING = -1000;
/** Words beyond the table that may be in one call. */
const SPARE = 1024;

/**
 * A network for parsing: what each embedding row contributes to the first hidden layer at each place
 * is multiplied beforehand (Chen & Manning 2014, section 3.2), so that the layer is a sum of rows of
 * a table. Contributions are counted from that of -NULL-, which then adds nothing: most places are
 * empty. Rows of words from `tabled` on are computed when a sentence has them.
 */
export class TabledNetwork {
  /** How its inputs are numbered. */
  readonly numbers: RowNumbers;
  readonly #network: TransitionNetwork;
  readonly #table: Tensor;
  readonly #start: Tensor; // b_1 and the contributions of -NULL- at every place
  readonly #tabled: number;
  readonly #spareBegin: number; // the first row of the table for words beyond it
  #last: Promise<unknown> = Promise.resolve(); // ends with the latest stretch

  /**
   * Multiplies the table.
   *
   * @param tabled how many words' contributions are kept, the commonest ones
   */
  constructor(network: TransitionNetwork, { tabled }: { tabled: number }) {
    const { engine: { tf }, groups, parameters } = network;
    this.#network = network;
    const counts = groups.map(({ rows }, g) => (g === 0 ? Math.min(tabled, rows) : rows));
    this.#tabled = counts[0];
    const begins = groups.map((_, g) =>
      counts.slice(0, g).reduce((sum, n, before) => sum + n * groups[before].places, 0)
    );
    this.#spareBegin = begins.at(-1)! + counts.at(-1)! * groups.at(-1)!.places;
    const bases = groups.map(({ rows, places }, g) =>
      Int32Array.from({ length: rows }, (_, r) => r === NULL_ROW ? NOTHING : begins[g] + r * places)
    );
    this.numbers = { bases, step: 1 };
    const hasSpare = this.#tabled < groups[0].rows;
    const size = this.#spareBegin + (hasSpare ? SPARE * groups[0].places : 0);
    this.#table = tf.zeros([size, network.shape.hidden[0]]);
    this.#start = tf.tidy(() =>
      groups.reduce<Tensor>((sum, _, g) => {
        const all = network.parameters[`E_${groups[g].letter}`];
        const { rows, none } = this.#contributions(g, tf.slice(all, 0, counts[g]));
        this.#put(rows, begins[g]);
        return tf.add(sum, tf.sum(none, 0));
      }, parameters.b_1)
    );
  }

  /**
   * What embeddings of group g contribute to the first layer at each of its places.
   *
   * @param embeddings shape [n, width]
   * @returns `rows` counted from those of -NULL-, shape [n · places, units]; `none`: -NULL-'s own,
   * shape [places, units]
   */
  #contributions(g: number, embeddings: Tensor): { rows: Tensor; none: Tensor } {
    const { engine: { tf }, groups, shape: { hidden: [units] }, parameters } = this.#network;
    const { letter, places } = groups[g];
    const first = tf.slice(parameters[`E_${letter}`], NULL_ROW, 1);
    const none = contributions(this.#network, g, first);
    const all = tf.reshape(contributions(this.#network, g, embeddings), [-1, places, units]);
    return { rows: tf.reshape(tf.sub(all, none), [-1, units]), none };
  }

  /** Copies rows into the table. */
  #put(rows: Tensor, begin: number): void {
    const { values } = this.#network.engine;
    values(this.#table).set(values(rows), begin * rows.shape[1]!);
  }

  /**
   * Works on sentences stretch by stretch, the rows of words beyond the table ready for each. As there
   * is one place for such rows, the stretches of all calls take turns.
   *
   * @param work what is done with the sentences from `from` to before `end`
   */
  async inStretches(
    sentences: readonly SentenceRows[],
    work: (from: number, end: number) => Promise<void>,
  ): Promise<void> {
    for (let from = 0; from < sentences.length;) {
      const stretch = this.#last.then(async () => {
        const end = this.prepare(sentences, from);
        await work(from, end);
        return end;
      });
      this.#last = stretch.catch(() => {}); // a stretch that fails is its caller's concern
      from = await stretch;
    }
  }

  /**
   * Multiplies the rows of words beyond the table for as many sentences, from `from` on, as there is
   * room for.
   *
   * @returns the first sentence that is not ready
   */
  prepare(sentences: readonly SentenceRows[], from: number): number {
    const { engine: { tf, operations }, groups, parameters } = this.#network;
    const places = groups[0].places, words = new Set<number>();
    let end = from;
    for (; end < sentences.length; end++) {
      const rare = sentences[end][0].filter((row) => row >= this.#tabled && !words.has(row));
      if (words.size + new Set(rare).size > SPARE) break;
      for (const row of rare) words.add(row);
    }
    if (end === from) throw new RangeError(`Cannot parse a sentence with over ${SPARE} rare words`);
    for (const [i, row] of [...words].entries()) {
      this.numbers.bases[0][row] = this.#spareBegin + i * places;
    }
    if (words.size === 0) return end;
    tf.tidy(() => {
      const found = operations.embed(parameters.E_w, tf.tensor1d([...words], "int32"));
      this.#put(this.#contributions(0, found).rows, this.#spareBegin);
    });
    return end;
  }

  /**
   * All hidden layers, the lowest first; inside `tidy`.
   *
   * @param numbers of n configurations' inputs; shape [n, tokens]
   */
  hiddenLayers(numbers: Int32Array, n: number): Tensor2D[] {
    const { engine: { tf, operations }, shape: { activation } } = this.#network;
    const ids = tf.tensor2d(numbers, [n, numbers.length / n], "int32");
    const first = operations.sumRows(this.#table, ids, { bias: this.#start, activation });
    return [first, ...this.#network.layersAbove(first)];
  }

  /**
   * ρ: the score of every transition in n configurations, row by row. Not to be kept: the view ends
   * with the next tensor.
   */
  scores(numbers: Int32Array, n: number): Float32Array {
    const { tf, values } = this.#network.engine;
    let scores: Float32Array = new Float32Array();
    tf.tidy(() => { // what a tidied function returns is searched for tensors, number by number
      scores = values(this.#network.scores(this.hiddenLayers(numbers, n).at(-1)!));
    });
    return scores;
  }

  /** log p of every transition among the legal ones, as {@linkcode scores}. */
  logProbabilities(numbers: Int32Array, codes: Int32Array): Float32Array {
    const { tf, values, operations } = this.#network.engine;
    let scores: Float32Array = new Float32Array();
    tf.tidy(() => {
      const h = this.hiddenLayers(numbers, codes.length).at(-1)!;
      scores = values(operations.logSoftmax(this.#network.legalScores(h, codes)));
    });
    return scores;
  }

  /** Frees the table. */
  dispose(): void {
    this.#table.dispose();
    this.#start.dispose();
  }
}
