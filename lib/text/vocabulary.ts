/** The word that stands for every word outside the vocabulary; id 0. */
export const UNKNOWN = "<unk>";
/** The mark before the first word of a sentence, never predicted; id 1. */
export const START = "<s>";
/** The mark after the last word of a sentence, predicted like a word; id 2. */
export const END = "</s>";

/**
 * The words a model knows, numbered from 0. The first three ids are the marks
 * {@linkcode UNKNOWN}, {@linkcode START} and {@linkcode END}.
 *
 * @example
 * ```ts
 * import { Vocabulary } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const vocabulary = new Vocabulary(["students", "opened"]);
 * assertEquals(vocabulary.size, 5);
 * assertEquals(vocabulary.encode(["students", "closed"]), Int32Array.of(3, 0));
 * ```
 */
export class Vocabulary {
  /** All words in the order of their ids, the three marks first. */
  readonly words: readonly string[];
  /** Id of {@linkcode UNKNOWN}. */
  readonly unknown = 0;
  /** Id of {@linkcode START}. */
  readonly start = 1;
  /** Id of {@linkcode END}. */
  readonly end = 2;
  readonly #ids: Map<string, number>;

  /**
   * Numbers the words in the order given.
   *
   * @param words the words without the marks, in the order of their ids
   * @throws {RangeError} if a word comes twice or is one of the marks
   */
  constructor(words: Iterable<string>) {
    this.words = [UNKNOWN, START, END, ...words];
    this.#ids = new Map(this.words.map((word, id) => [word, id]));
    if (this.#ids.size !== this.words.length) {
      const twice = this.words.find((word, id) => this.#ids.get(word) !== id);
      throw new RangeError(
        `Cannot build a vocabulary: expected every word once, got "${twice}" twice` +
          ` (${UNKNOWN}, ${START} and ${END} are always in it)`,
      );
    }
  }

  /** Number of words, the three marks included: |V| + 1, as `<s>` is never predicted. */
  get size(): number {
    return this.words.length;
  }

  /** Number of ids there are; more than words in an {@linkcode OpenVocabulary} alone. */
  get idCount(): number {
    return this.size;
  }

  /** The id that is predicted where a word stands: its own. */
  predicted(id: number): number {
    return id;
  }

  /** Whether the word has an id of its own. */
  has(word: string): boolean {
    return this.#ids.has(word);
  }

  /** The word's id, or that of {@linkcode UNKNOWN}. */
  id(word: string): number {
    return this.#ids.get(word) ?? this.unknown;
  }

  /**
   * The word with this id.
   *
   * @throws {RangeError} if there is none
   */
  word(id: number): string {
    const word = this.words[id];
    if (word === undefined) {
      throw new RangeError(
        `Cannot find the word of an id: expected 0 to ${this.size - 1}, got ${id}`,
      );
    }
    return word;
  }

  /**
   * The words' ids; a word outside the vocabulary becomes {@linkcode UNKNOWN}.
   *
   * @throws {TypeError} if it is given a string, whose letters would be taken for words
   */
  encode(words: Iterable<string>): Int32Array {
    if (typeof words === "string") throw new TypeError(notWords(words));
    return Int32Array.from(words, (word) => this.id(word));
  }

  /**
   * The ids of sentences laid end to end, {@linkcode END} after each: what `score` takes.
   *
   * @throws {TypeError} if a sentence is a string, whose letters would be taken for words
   */
  encodeSentences(sentences: Iterable<Iterable<string>>): Int32Array {
    const ids: number[] = [];
    for (const sentence of sentences) {
      if (typeof sentence === "string") throw new TypeError(notWords(sentence));
      for (const word of sentence) ids.push(this.id(word));
      ids.push(this.end);
    }
    return Int32Array.from(ids);
  }

  /**
   * The words of the ids.
   *
   * @throws {RangeError} if an id belongs to no word
   */
  decode(ids: Iterable<number>): string[] {
    return Array.from(ids, (id) => this.word(id));
  }
}

/** What is said of a string where a list of words is wanted: its letters would be the words. */
export function notWords(text: string): string {
  return `Cannot encode words: expected a list of words, got the string ${JSON.stringify(text)}` +
    " (split it into words first)";
}
