import { NONE } from "./configuration.ts";

/** A known tree in the form oracles need; words are 1 to n, 0 is ROOT. */
export class GoldTree {
  /** Head of each word; shape [n + 1], NONE for ROOT itself. */
  readonly heads: Int32Array;
  /** Id of each word's label; shape [n + 1], NONE for ROOT itself. */
  readonly labels: Int32Array;
  /** Leftmost and rightmost dependent of each node, itself if it has none there; shape [n + 1]. */
  readonly leftmost: Int32Array;
  /** See {@linkcode leftmost}. */
  readonly rightmost: Int32Array;

  /**
   * Looks up every node's outermost dependents.
   *
   * @param heads `heads[i]` is the head of word i + 1, 0 for ROOT
   * @param labels `labels[i]` is the id of the label of word i + 1
   */
  constructor(heads: readonly number[], labels: readonly number[]) {
    this.heads = Int32Array.of(NONE, ...heads);
    this.labels = Int32Array.of(NONE, ...labels);
    this.leftmost = Int32Array.from(this.heads.keys());
    this.rightmost = Int32Array.from(this.heads.keys());
    for (let word = 1; word < this.heads.length; word++) {
      const head = this.heads[word];
      if (word < this.leftmost[head]) this.leftmost[head] = word;
      if (word > this.rightmost[head]) this.rightmost[head] = word;
    }
  }

  /** Number of dependents of a word that are `first` or right of it. */
  countDependentsFrom(word: number, first: number): number {
    let count = 0;
    for (let w = first; w <= this.rightmost[word]; w++) count += Number(this.heads[w] === word);
    return count;
  }
}
