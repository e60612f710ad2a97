import { Configuration } from "../configuration.ts";
import type { DependencyTree } from "../dependency_tree.ts";
import type { DependencyParser, Sentence } from "../sentence.ts";
import type { Move } from "../transition_system.ts";
import { TabledNetwork } from "./tabled_network.ts";
import { numbered, type SentenceRows, sentenceRows, TokenRows } from "./token_rows.ts";
import type { NeuralLexicon } from "./neural_lexicon.ts";
import type { TransitionNetwork } from "./transition_network.ts";

/** How a {@linkcode NeuralParser} works. */
export interface NeuralParserOptions {
  /** Configurations in one product. @default {512} */
  batch?: number;
  /** Words whose part of the first layer is multiplied beforehand, the commonest. @default {10000} */
  tabled?: number;
}

/** A sentence on its way. */
interface Course {
  readonly at: number; // its place among the sentences
  readonly rows: SentenceRows;
  readonly c: Configuration;
}

const BREATHE = 50; // milliseconds after which the event loop gets a turn

/**
 * A greedy transition-based parser whose next transition is the legal one with the largest score of
 * a {@linkcode TransitionNetwork} (Chen & Manning 2014). Many sentences go side by side, so that the
 * network sees hundreds of configurations at once. It owns a table of products made from the
 * network's parameters as they are when it is built.
 */
export class NeuralParser implements DependencyParser {
  /** What chooses. */
  readonly network: TransitionNetwork;
  readonly #tabled: TabledNetwork;
  readonly #tokens: TokenRows;
  readonly #batch: number;

  /** Multiplies the table: half a second and 800 bytes a word and place, for layers of 200. */
  constructor(
    network: TransitionNetwork,
    { batch = 512, tabled = 10_000 }: NeuralParserOptions = {},
  ) {
    this.network = network;
    this.#batch = batch;
    this.#tabled = new TabledNetwork(network, { tabled });
    this.#tokens = new TokenRows(network.groups, network.shape.depths, this.#tabled.numbers);
  }

  /** One tree for each sentence, each with one root. Calls at the same time take turns. */
  async parse(sentences: readonly Sentence[]): Promise<DependencyTree[]> {
    const all = sentences.map((sentence) => sentenceRows(sentence, this.network.task.lexicon));
    const trees = new Array<DependencyTree>(sentences.length);
    await this.#tabled.inStretches(all, (from, end) =>
      this.#parseReady(
        all.slice(from, end),
        (c, i) => trees[from + i] = treeOf(c, this.network.task.lexicon),
      ));
    return trees;
  }

  /** Parses sentences side by side; one that ends makes room for the next. */
  async #parseReady(
    sentences: readonly SentenceRows[],
    finish: (c: Configuration, sentence: number) => void,
  ): Promise<void> {
    const waiting = sentences.keys(), courses: Course[] = [];
    const numbers = new Int32Array(this.#batch * this.#tokens.size);
    const codes = new Int32Array(this.#batch);
    let breath = performance.now();
    while (true) {
      this.#fill(courses, { sentences, waiting, codes, finish });
      if (courses.length === 0) return;
      for (const [i, { c, rows }] of courses.entries()) {
        this.#tokens.read(c, rows, numbers, i * this.#tokens.size);
      }
      this.#step(courses, codes, numbers.subarray(0, courses.length * this.#tokens.size));
      if (performance.now() - breath > BREATHE) {
        await new Promise((resolve) => setTimeout(resolve));
        breath = performance.now();
      }
    }
  }

  /** Brings every course to a configuration with a choice; courses at their end give way to others. */
  #fill(
    courses: Course[],
    { sentences, waiting, codes, finish }: {
      sentences: readonly SentenceRows[];
      waiting: Iterator<number>;
      codes: Int32Array;
      finish: (c: Configuration, sentence: number) => void;
    },
  ): void {
    let kept = 0;
    const keep = (course: Course): void => {
      const code = this.#toChoice(course.c);
      if (code === undefined) return finish(course.c, course.at);
      codes[kept] = code;
      courses[kept++] = course;
    };
    for (const course of [...courses]) keep(course);
    while (kept < this.#batch) {
      const { value, done } = waiting.next();
      if (done) break;
      const rows = numbered(sentences[value], this.#tabled.numbers);
      keep({ at: value, rows, c: new Configuration(rows[0].length - 2) });
    }
    courses.length = kept;
  }

  /** Makes transitions as long as one alone is legal; the code of the choice, if there is one. */
  #toChoice(c: Configuration): number | undefined {
    const { system, legal } = this.network.task, { moves, labels } = legal.inventory;
    while (!system.isTerminal(c)) {
      const code = legal.code(c), [first, second] = legal.list(code);
      if (second !== undefined) return code;
      system.apply(c, moves[first] as Move, labels[first]);
    }
    return undefined;
  }

  /** Makes the best legal transition of every course. */
  #step(courses: readonly Course[], codes: Int32Array, numbers: Int32Array): void {
    const { system, legal } = this.network.task, { moves, labels, size } = legal.inventory;
    const scores = this.#tabled.scores(numbers, courses.length);
    for (let i = 0; i < courses.length; i++) {
      const list = legal.list(codes[i]), from = i * size;
      let best = list[0];
      for (let k = 1; k < list.length; k++) {
        if (scores[from + list[k]] > scores[from + best]) best = list[k];
      }
      system.apply(courses[i].c, moves[best] as Move, labels[best]);
    }
  }

  /** Frees the table; the network stays. */
  dispose(): void {
    this.#tabled.dispose();
  }
}

/** The tree of a parse that is at its end. */
export function treeOf(
  { heads, labels, length }: Configuration,
  { labels: { names } }: NeuralLexicon,
): DependencyTree {
  return {
    heads: Array.from({ length }, (_, i) => heads[i + 1]),
    labels: Array.from({ length }, (_, i) => names[labels[i + 1]]),
  };
}
