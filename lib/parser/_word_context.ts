import { NONE } from "./configuration.ts";
import { SymbolTable } from "./symbol_table.ts";

/** What a tagger sees of a word. */
const ATTRIBUTES: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toLowerCase(),
  (word) => word.slice(-1).toLowerCase(),
  (word) => word.slice(-2).toLowerCase(),
  (word) => word.slice(-3).toLowerCase(),
  (word) => word.slice(-4).toLowerCase(),
  (word) => word.slice(0, 1),
  (word) => word.slice(0, 3).toLowerCase(),
  shape,
];
const [WORD, LOWER, END_1, END_2, END_3, END_4, START_1, START_3, SHAPE] = ATTRIBUTES.keys();

/** "McDonald's" → "XxXx'x": runs of capitals, small letters and digits become X, x and 9. */
function shape(word: string): string {
  return word.replaceAll(/\p{Lu}+/gu, "X").replaceAll(/[\p{Ll}\p{Lo}]+/gu, "x")
    .replaceAll(/\p{Nd}+/gu, "9");
}

/** Which attribute of which neighbour makes a feature. */
const FROM_WORDS: readonly (readonly [offset: number, attribute: number])[] = [
  ...[WORD, LOWER, END_1, END_2, END_3, END_4, START_1, START_3, SHAPE]
    .map((attribute) => [0, attribute] as const),
  ...[-2, -1, 1, 2].map((offset) => [offset, LOWER] as const),
  ...[-1, 1].flatMap((offset) => [[offset, END_3], [offset, SHAPE]] as const),
];
/** Further features: the last tag, the one before, both, the last tag with the word, and always. */
const FROM_TAGS = 5;
/** Beyond the ends of the sentence; no word has this value. */
const NULL = 0;
/** Value of what never came in training. */
const UNSEEN = -1;

/** The features a tagger goes by, as pairs of 32-bit integers. */
export class WordContext {
  /** The features of the latest word; a high half of −1 marks one with an unseen value. */
  readonly keys: Int32Array = new Int32Array(2 * (FROM_WORDS.length + FROM_TAGS));
  readonly #tables: readonly SymbolTable[];
  readonly #known = new Map<string, Int32Array>();

  /** Numbers the attributes of the words, which training has. */
  constructor(words: readonly string[]) {
    this.#tables = ATTRIBUTES.map((attribute) => new SymbolTable(words.map(attribute)));
    for (const word of words) this.#known.set(word, this.#attributes(word));
  }

  /** The attributes' values of each word of a sentence: id + 1, or UNSEEN. */
  encode(words: readonly string[]): Int32Array[] {
    return words.map((word) => this.#known.get(word) ?? this.#attributes(word));
  }

  /** Finds the features of word i, whose predecessors have these tags' ids, and writes them. */
  extract(sentence: readonly Int32Array[], tags: ArrayLike<number>, i: number): void {
    for (const [t, [offset, attribute]] of FROM_WORDS.entries()) {
      const values = sentence[i + offset];
      this.#set(t, values === undefined ? NULL : values[attribute], 0);
    }
    const last = i > 0 ? tags[i - 1] + 1 : NULL, before = i > 1 ? tags[i - 2] + 1 : NULL;
    const first = FROM_WORDS.length;
    this.#set(first, last, 0);
    this.#set(first + 1, before, 0);
    this.#set(first + 2, last, before);
    this.#set(first + 3, sentence[i][LOWER], last);
    this.#set(first + 4, 0, 0);
  }

  #set(template: number, low: number, more: number): void {
    this.keys[2 * template] = low;
    this.keys[2 * template + 1] = low === UNSEEN ? UNSEEN : template | (more << 8);
  }

  #attributes(word: string): Int32Array {
    return Int32Array.from(ATTRIBUTES, (attribute, i) => {
      const id = this.#tables[i].id(attribute(word));
      return id === NONE ? UNSEEN : id + 1;
    });
  }
}
