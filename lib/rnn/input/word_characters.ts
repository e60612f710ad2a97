import type { Vocabulary } from "#lib/text/mod.ts";

/** Numbers of characters that are none. */
const [PADDING, BEGIN, END, UNKNOWN] = [0, 1, 2, 3];

/**
 * Words as numbered characters between marks of their begin and end. A mark of the vocabulary such
 * as `</s>` is one character; so is `<unk>`.
 */
export class WordCharacters {
  /** Number of characters, marks among them. */
  readonly size: number;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #longest: number;

  /** Numbers the characters of the vocabulary's words; longer words are cut to `longest`. */
  constructor(vocabulary: Vocabulary, { longest = 50 }: { longest?: number } = {}) {
    const marks = vocabulary.words.slice(0, 3);
    const characters = new Set([...marks, ...vocabulary.words.slice(3).flatMap((w) => [...w])]);
    this.#ids = new Map([...characters].map((character, i) => [character, i + UNKNOWN + 1]));
    this.#longest = longest;
    this.size = characters.size + UNKNOWN + 1;
  }

  /** The characters of a word, in the vocabulary or not: begin, those known and unknown, end. */
  encode(word: string): number[] {
    const whole = this.#ids.get(word); // a mark, or a word of one letter
    const letters = whole !== undefined
      ? [whole]
      : [...word].map((character) => this.#ids.get(character) ?? UNKNOWN);
    return [BEGIN, ...letters.slice(0, this.#longest - 2), END];
  }

  /** All windows of `width` characters of a word; a shorter word is one window, padded. */
  static windows(characters: readonly number[], width: number): number[][] {
    const padded = [...characters];
    while (padded.length < width) padded.push(PADDING);
    return Array.from(
      { length: padded.length - width + 1 },
      (_, from) => padded.slice(from, from + width),
    );
  }
}
