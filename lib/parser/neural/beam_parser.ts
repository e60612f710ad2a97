import type { DependencyTree } from "../dependency_tree.ts";
import type { DependencyParser, Sentence } from "../sentence.ts";
import { numbered, type SentenceRows, sentenceRows, TokenRows } from "./token_rows.ts";
import { TabledNetwork } from "./tabled_network.ts";
import { Beam } from "./beam.ts";
import { treeOf } from "./neural_parser.ts";
import type { StructuredPerceptron } from "./structured_perceptron.ts";
import type { TransitionNetwork } from "./transition_network.ts";

/** How a {@linkcode BeamParser} works. */
export interface BeamParserOptions {
  /** B, ways to parse that are kept; 1 is greedy. @default {8} */
  width?: number;
  /**
   * What is added up along the way: log p of each transition, its score ρ as it is (for networks
   * trained globally, Andor et al. 2016), or the score of a perceptron on the network's activations
   * (Weiss et al. 2015). @default {"log probabilities"}
   */
  scores?: "log probabilities" | "network" | StructuredPerceptron;
  /** Configurations in one product, about. @default {512} */
  batch?: number;
  /** Words whose part of the first layer is multiplied beforehand. @default {10000} */
  tabled?: number;
}

const BREATHE = 50; // milliseconds after which the event loop gets a turn

/** A sentence on its way. */
interface Course {
  readonly at: number;
  readonly rows: SentenceRows;
  readonly beam: Beam;
}

/** A parser that keeps the B best ways to parse each sentence and takes the best at the end. */
export class BeamParser implements DependencyParser {
  /** What scores. */
  readonly network: TransitionNetwork;
  readonly #tabled: TabledNetwork;
  readonly #tokens: TokenRows;
  readonly #options: Required<BeamParserOptions>;

  /** Multiplies the table, as {@linkcode NeuralParser} does. */
  constructor(network: TransitionNetwork, options: BeamParserOptions = {}) {
    const { width = 8, scores = "log probabilities", batch = 512, tabled = 10_000 } = options;
    if (!(Number.isInteger(width) && width > 0)) {
      throw new RangeError(`Cannot search: expected a whole beam width above 0, got ${width}`);
    }
    this.network = network;
    this.#options = { width, scores, batch, tabled };
    this.#tabled = new TabledNetwork(network, { tabled });
    this.#tokens = new TokenRows(network.groups, network.shape.depths, this.#tabled.numbers);
  }

  /** One tree for each sentence, each with one root. Calls at the same time take turns. */
  async parse(sentences: readonly Sentence[]): Promise<DependencyTree[]> {
    const trees: DependencyTree[] = [];
    await this.#search(sentences, (beam, i) => {
      trees[i] = treeOf(beam.items[0].c, this.network.task.lexicon);
    });
    return trees;
  }

  /** The trees of all B ways at the end, the best first, with their scores; of one sentence. */
  async parseToBeam(sentence: Sentence): Promise<{ tree: DependencyTree; score: number }[]> {
    const { lexicon } = this.network.task;
    let found: { tree: DependencyTree; score: number }[] = [];
    await this.#search([sentence], ({ items }) => {
      found = items.map(({ c, score }) => ({ tree: treeOf(c, lexicon), score }));
    });
    return found;
  }

  async #search(
    sentences: readonly Sentence[],
    finish: (beam: Beam, sentence: number) => void,
  ): Promise<void> {
    const all = sentences.map((sentence) => sentenceRows(sentence, this.network.task.lexicon));
    await this.#tabled.inStretches(
      all,
      (from, end) => this.#searchReady([...all.keys()].slice(from, end), { all, finish }),
    );
  }

  /** Searches sentences side by side; one that ends makes room for the next. */
  async #searchReady(
    sentences: readonly number[],
    { all, finish }: {
      all: readonly SentenceRows[];
      finish: (beam: Beam, sentence: number) => void;
    },
  ): Promise<void> {
    const waiting = sentences.toReversed(), courses: Course[] = [];
    let breath = performance.now();
    while (true) {
      this.#fill(courses, waiting, all);
      if (courses.length === 0) return;
      this.#step(courses);
      for (const { beam, at } of courses) if (beam.isDone) finish(beam, at);
      courses.splice(0, courses.length, ...courses.filter(({ beam }) => !beam.isDone));
      if (performance.now() - breath > BREATHE) {
        await new Promise((resolve) => setTimeout(resolve));
        breath = performance.now();
      }
    }
  }

  #fill(courses: Course[], waiting: number[], all: readonly SentenceRows[]): void {
    const { width, batch } = this.#options;
    while (courses.length * width < batch && waiting.length > 0) {
      const at = waiting.pop()!, rows = numbered(all[at], this.#tabled.numbers);
      const beam = new Beam(rows[0].length - 2, { task: this.network.task, width });
      courses.push({ at, rows, beam });
    }
  }

  /** One transition more in every beam. */
  #step(courses: readonly Course[]): void {
    const { legal } = this.network.task, tokens = this.#tokens;
    const n = courses.reduce((sum, { beam }) => sum + beam.items.length, 0);
    const inputs = new Int32Array(n * tokens.size), codes = new Int32Array(n);
    let row = 0;
    for (const { beam, rows } of courses) {
      for (const { c } of beam.items) {
        codes[row] = legal.code(c);
        tokens.read(c, rows, inputs, row++ * tokens.size);
      }
    }
    const scores = this.#scoresOf(inputs, codes);
    let first = 0;
    for (const { beam } of courses) {
      const count = beam.items.length;
      beam.advance(scores, { first });
      first += count;
    }
  }

  #scoresOf(inputs: Int32Array, codes: Int32Array): Float32Array {
    const { scores } = this.#options;
    if (scores === "network") return this.#tabled.scores(inputs, codes.length);
    if (scores === "log probabilities") return this.#tabled.logProbabilities(inputs, codes);
    return scores.scores(this.#tabled, { inputs, codes });
  }

  /** Frees the table; the network and the perceptron stay. */
  dispose(): void {
    this.#tabled.dispose();
  }
}
