import type { LanguageModel } from "#lib/lm/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { TrieFile } from "./_trie_file.ts";

/** Settings of {@linkcode openModel}. */
export interface OpenModelOptions {
  /**
   * The most bytes of n-grams that are kept in memory; others are read when they are needed.
   *
   * @default {67_108_864}
   */
  cacheBytes?: number;
}

/**
 * The context so far: the n-grams that its last words are, one a number of words, the last word
 * alone first.
 */
export type DiskState = readonly number[];

/**
 * Opens a model that `estimateKneserNey` wrote. The words are read at once; of the n-grams, blocks
 * are read as they are asked for, so a model may be larger than memory. Head and words are checked
 * against their checksums here, a block of n-grams when it is first read: whatever asks the model
 * throws a {@linkcode ScaleError} if it comes upon a damaged one.
 *
 * @throws {ScaleError} if the file is missing, no model file, cut off, or its head or words are damaged
 */
export function openModel(path: string, options: OpenModelOptions = {}): DiskModel {
  return new DiskModel(new TrieFile(path, options.cacheBytes ?? 1 << 26));
}

/**
 * A back-off model that stays in its file: a trie whose order-n records (word, log P, back-off
 * weight, first child) are packed to the byte and sorted, so that the n-grams that continue a
 * context lie side by side.
 *
 * It has no suffix links. Its state holds the n-gram of every suffix of the context instead; the
 * word's n-gram is looked for after each, the shortest first, until one is not there: then no longer
 * one is, as the model holds the suffixes of all its n-grams. What is found is the next state.
 */
export class DiskModel implements LanguageModel<DiskState> {
  /** The words the model predicts. */
  readonly vocabulary: Vocabulary;
  /** The highest order, N. */
  readonly order: number;
  readonly #trie: TrieFile;
  readonly #initial: DiskState;

  /** Takes an open file. */
  constructor(trie: TrieFile) {
    this.#trie = trie;
    this.vocabulary = trie.vocabulary;
    this.order = trie.head.levels.length;
    this.#initial = this.order > 1 ? [this.vocabulary.start] : [];
  }

  /** Bytes of the file. */
  get byteLength(): number {
    return this.#trie.head.bytes;
  }

  /** Number of n-grams of each order, from order 1 at index 0. */
  get ngrams(): number[] {
    return this.#trie.head.levels.map(({ size }) => size);
  }

  /** How many blocks were read from the file so far. */
  get blocksRead(): number {
    return this.#trie.cache.reads;
  }

  /** The context `<s>`; in a unigram model, the empty one. */
  initialState(): DiskState {
    return this.#initial;
  }

  /** The stored n-grams that the context's last words and the next one are. */
  advance(state: DiskState, wordId: number): DiskState {
    return this.#step(state, wordId).next;
  }

  /** P of every word: the unigrams', overwritten by ever longer contexts' own n-grams. */
  logProbabilities(state: DiskState): Float64Array {
    const trie = this.#trie, weights = state.map((node, i) => trie.logBackoff(i + 1, node));
    let weight = weights.reduce((sum, each) => sum + each, 0); // of the longer contexts together
    const out = Float64Array.from({ length: this.vocabulary.size }, (_, word) => {
      return weight + trie.logProbability(1, word);
    });
    state.forEach((node, i) => {
      weight -= weights[i];
      const end = trie.firstChild(i + 1, node + 1);
      for (let child = trie.firstChild(i + 1, node); child < end; child++) {
        out[trie.word(i + 2, child)] = weight + trie.logProbability(i + 2, child);
      }
    });
    return out;
  }

  /**
   * log P of each word.
   *
   * @throws {RangeError} if an id belongs to no word
   */
  score(text: Int32Array): Float64Array {
    const out = new Float64Array(text.length);
    let state = this.#initial;
    for (let t = 0; t < text.length; t++) {
      const { logP, next } = this.#step(state, text[t]);
      out[t] = logP;
      state = next;
    }
    return out;
  }

  /** Closes the file; the model cannot be asked any more. */
  close(): void {
    this.#trie.close();
  }

  /** As {@linkcode close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** log P of a word in a state, and the state after it. */
  #step(state: DiskState, word: number): { logP: number; next: DiskState } {
    if (!(word >= 0 && word < this.vocabulary.size)) {
      throw new RangeError(
        `Cannot follow a word: expected an id below ${this.vocabulary.size}, got ${word}`,
      );
    }
    const trie = this.#trie, found = [word];
    while (found.length <= state.length) {
      const child = trie.child(found.length, state[found.length - 1], word);
      if (child < 0) break;
      found.push(child);
    }
    const longest = found.length;
    let logP = trie.logProbability(longest, found[longest - 1]);
    for (let n = longest; n <= state.length; n++) logP += trie.logBackoff(n, state[n - 1]);
    if (word === this.vocabulary.end) return { logP, next: this.#initial };
    if (longest === this.order) found.pop();
    return { logP, next: found };
  }
}
