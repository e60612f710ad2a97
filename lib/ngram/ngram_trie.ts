/** The arrays of an {@linkcode NgramTrie}, which says what they hold. */
export interface NgramTrieArrays {
  /** See {@linkcode NgramTrie.lastWord}. */
  lastWord: Int32Array;
  /** See {@linkcode NgramTrie.firstChild}. */
  firstChild: Uint32Array;
  /** See {@linkcode NgramTrie.levels}. */
  levels: readonly number[];
  /**
   * See {@linkcode NgramTrie.suffix}.
   *
   * @default {found from the other arrays}
   */
  suffix?: Uint32Array;
}

/**
 * All n-grams of a text, orders 1 to N, as one trie in flat arrays: 12 bytes an n-gram (8 at the
 * highest order), no objects and no strings.
 *
 * Nodes are numbered level by level: node 0 is the empty n-gram, nodes 1 to |V| are the words (the
 * node of word w is w + 1), then come the 2-grams, sorted by their words, and so on. So the
 * children of a node, the n-grams that continue it, lie side by side, sorted by their last word.
 *
 * Every node also knows its suffix: the n-gram without its oldest word, which is where a model backs
 * off to. With these links the trie is a finite automaton whose states are contexts (Allauzen, Mohri
 * and Roark 2003, "Generalized algorithms for constructing language models").
 */
export class NgramTrie {
  /** The highest order, N. */
  readonly order: number;
  /** Number of words, |V|: the number of nodes of order 1. */
  readonly vocabularySize: number;
  /** The last word of each node's n-gram, shape [nodes]; unused for node 0. */
  readonly lastWord: Int32Array;
  /**
   * Node n's children are the nodes from `firstChild[n]` up to, not including,
   * `firstChild[n + 1]`; shape [nodes of order below N, and one more].
   */
  readonly firstChild: Uint32Array;
  /** The node of the longest proper suffix that the trie holds, shape [nodes]. */
  readonly suffix: Uint32Array;
  /** The first node of each order from 0 to N, then the number of all nodes: shape [N + 2]. */
  readonly levels: readonly number[];

  /** Takes nodes in level order and finds their suffix links where they are not given. */
  constructor({ lastWord, firstChild, levels, suffix }: NgramTrieArrays) {
    this.order = levels.length - 2;
    this.vocabularySize = levels[2] - levels[1];
    this.lastWord = lastWord;
    this.firstChild = firstChild;
    this.levels = levels;
    this.suffix = suffix ?? new Uint32Array(lastWord.length);
    if (!suffix) this.#linkSuffixes();
  }

  /** Number of n-grams of this order. */
  size(order: number): number {
    return this.levels[order + 1] - this.levels[order];
  }

  /** Number of nodes, the empty n-gram included. */
  get nodes(): number {
    return this.lastWord.length;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.lastWord.byteLength + this.firstChild.byteLength + this.suffix.byteLength;
  }

  /** The order of a node's n-gram. */
  orderOf(node: number): number {
    let order = this.order;
    while (node < this.levels[order]) order--;
    return order;
  }

  /**
   * The node of an n-gram with one more word at its end.
   *
   * @param node of an order below N
   * @returns the child's number, or −1 if the text never had it
   */
  child(node: number, word: number): number {
    if (node === 0) return word >= 0 && word < this.vocabularySize ? word + 1 : -1;
    let low = this.firstChild[node], high = this.firstChild[node + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.lastWord[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low < this.firstChild[node + 1] && this.lastWord[low] === word ? low : -1;
  }

  /**
   * The node of a whole n-gram.
   *
   * @param words at most N word ids
   * @returns its number, or −1 if the text never had it or an id belongs to no word
   */
  find(words: ArrayLike<number>): number {
    let node = 0;
    for (let i = 0; i < words.length && node >= 0; i++) {
      node = node < this.levels[this.order] ? this.child(node, words[i]) : -1;
    }
    return node;
  }

  /**
   * The context of the word after `word`: the longest n-gram of order below N that ends in it and
   * that the text goes on from.
   *
   * @param context the node of the context of `word`
   * @throws {RangeError} if the id belongs to no word
   */
  advance(context: number, word: number): number {
    let next = this.follow(context, word);
    while (next >= this.levels[this.order] || this.#isLeaf(next)) next = this.suffix[next];
    return next;
  }

  /**
   * The node of the longest n-gram that ends in `word` after a suffix of the context.
   *
   * @throws {RangeError} if the id belongs to no word
   */
  follow(context: number, word: number): number {
    let node = context, next = this.child(node, word);
    while (next < 0) {
      if (node === 0) {
        throw new RangeError(
          `Cannot follow a word: expected an id below ${this.vocabularySize}, got ${word}`,
        );
      }
      node = this.suffix[node];
      next = this.child(node, word);
    }
    return next;
  }

  #isLeaf(node: number): boolean {
    return node !== 0 && this.firstChild[node] === this.firstChild[node + 1];
  }

  /**
   * suffix(context, word) = the child by `word` of the longest suffix of the context that has one.
   * The empty n-gram has them all, so the search ends.
   */
  #linkSuffixes(): void {
    const { firstChild, lastWord, suffix, levels } = this;
    for (let parent = levels[1]; parent < levels[this.order]; parent++) {
      for (let node = firstChild[parent]; node < firstChild[parent + 1]; node++) {
        let shorter = suffix[parent], found = this.child(shorter, lastWord[node]);
        while (found < 0) {
          shorter = suffix[shorter];
          found = this.child(shorter, lastWord[node]);
        }
        suffix[node] = found;
      }
    }
  }
}
