import { Configuration, NONE } from "../configuration.ts";
import type { Move } from "../transition_system.ts";
import type { TransitionTask } from "./transition_task.ts";

/** The transitions that led somewhere, the last one first. */
export interface BeamStep {
  /** The steps before; none at the beginning. */
  readonly previous: BeamStep | undefined;
  /** What the caller called the configuration it was made in. */
  readonly from: number;
  /** The transition's id. */
  readonly transition: number;
}

/** One way to parse the beginning of a sentence. */
export interface BeamItem {
  /** Where it led. */
  readonly c: Configuration;
  /** The sum of its transitions' scores. */
  readonly score: number;
  /** How it came there. */
  readonly path: BeamStep | undefined;
}

/**
 * The best ways to parse the beginning of a sentence, all of the same number of transitions, the best
 * first. Every tree of n words takes 2n transitions, so that they end together.
 */
export class Beam {
  /** The items, the best first. */
  items: BeamItem[];
  /** Place of the gold way among the items, NONE once it fell out. */
  gold = 0;
  /** The gold way as long as it is followed, also where it has just fallen out. */
  goldItem: BeamItem;
  readonly #task: TransitionTask;
  readonly #width: number;
  readonly #scores: Float64Array; // of the best candidates, falling
  readonly #parents: Int32Array;
  readonly #transitions: Int32Array;

  /**
   * Begins with nothing parsed.
   *
   * @param length number of words
   */
  constructor(length: number, { task, width }: { task: TransitionTask; width: number }) {
    this.#task = task;
    this.#width = width;
    this.goldItem = { c: new Configuration(length), score: 0, path: undefined };
    this.items = [this.goldItem];
    this.#scores = new Float64Array(width);
    this.#parents = new Int32Array(width);
    this.#transitions = new Int32Array(width);
  }

  /** Whether the sentence is parsed to its end. */
  get isDone(): boolean {
    return this.#task.system.isTerminal(this.items[0].c);
  }

  /**
   * Makes one transition more: of all items' legal transitions the best are kept.
   *
   * @param scores a row of transitions' scores for each item; item i has row `first` + i
   * @param offset added to an item's row for {@linkcode BeamStep.from}
   * @param goldTransition the right one after the gold way, where it is followed
   */
  advance(
    scores: Float32Array,
    { first, offset = 0, goldTransition = NONE }: {
      first: number;
      offset?: number;
      goldTransition?: number;
    },
  ): void {
    const count = this.#choose(scores, first);
    const items = this.items, gold = this.gold;
    const next: BeamItem[] = [];
    let goldAt: number = NONE;
    for (let k = 0; k < count; k++) {
      const parent = this.#parents[k], transition = this.#transitions[k];
      if (parent === gold && transition === goldTransition) goldAt = k;
      next.push(
        this.#extend(parent, transition, { score: this.#scores[k], from: offset + first + parent }),
      );
    }
    if (goldTransition !== NONE) {
      const score = items[gold].score + scores[this.#row(first + gold) + goldTransition];
      this.goldItem = goldAt === NONE
        ? this.#extend(gold, goldTransition, { score, from: offset + first + gold })
        : next[goldAt];
    }
    this.items = next;
    this.gold = goldAt;
  }

  #row(item: number): number {
    return item * this.#task.legal.inventory.size;
  }

  /** Finds the best candidates, in falling order; the first found goes first among equals. */
  #choose(scores: Float32Array, first: number): number {
    const { legal } = this.#task, best = this.#scores, width = this.#width;
    let count = 0;
    for (const [i, item] of this.items.entries()) {
      const list = legal.list(legal.code(item.c)), row = this.#row(first + i);
      for (let j = 0; j < list.length; j++) {
        const score = item.score + scores[row + list[j]];
        if (count === width && score <= best[width - 1]) continue;
        let k = count < width ? count++ : width - 1;
        for (; k > 0 && best[k - 1] < score; k--) {
          best[k] = best[k - 1];
          this.#parents[k] = this.#parents[k - 1];
          this.#transitions[k] = this.#transitions[k - 1];
        }
        best[k] = score;
        this.#parents[k] = i;
        this.#transitions[k] = list[j];
      }
    }
    return count;
  }

  #extend(
    parent: number,
    transition: number,
    { score, from }: { score: number; from: number },
  ): BeamItem {
    const { system, legal: { inventory } } = this.#task, { path, c } = this.items[parent];
    const next = c.copy();
    system.apply(next, inventory.moves[transition] as Move, inventory.labels[transition]);
    return { c: next, score, path: { previous: path, from, transition } };
  }
}
