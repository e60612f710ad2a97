import { Vocabulary } from "./vocabulary.ts";

/**
 * A vocabulary that also numbers words it does not know: they are predicted as `<unk>`, but what reads
 * words by their letters can tell them apart. Their ids follow those of the known words.
 *
 * @example
 * ```ts
 * import { OpenVocabulary } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const vocabulary = new OpenVocabulary(["students", "opened"], [["students", "reopened", "books"]]);
 * const ids = vocabulary.encode(["students", "reopened", "minds"]);
 * assertEquals(ids, Int32Array.of(3, 5, 0));
 * assertEquals(Array.from(ids, (id) => vocabulary.predicted(id)), [3, 0, 0]);
 * assertEquals([vocabulary.size, vocabulary.word(5)], [5, "reopened"]);
 * ```
 */
export class OpenVocabulary extends Vocabulary {
  /** The words known by their letters alone; the first has the id `size`. */
  readonly spelled: readonly string[];
  readonly #spelledIds: ReadonlyMap<string, number>;

  /**
   * Numbers the words known as {@linkcode Vocabulary} does, and then all others of some sentences.
   *
   * @throws {RangeError} if a known word comes twice or is one of the marks
   */
  constructor(known: Iterable<string>, sentences: Iterable<readonly string[]>) {
    super(known);
    const spelled = new Set<string>();
    for (const sentence of sentences) {
      for (const word of sentence) if (!this.has(word)) spelled.add(word);
    }
    this.spelled = [...spelled];
    this.#spelledIds = new Map(this.spelled.map((word, i) => [word, this.size + i]));
  }

  /** Number of ids: of words known, and of words known by their letters alone. */
  override get idCount(): number {
    return this.size + this.spelled.length;
  }

  /** The word's id; that of `<unk>` if not even its letters are known. */
  override id(word: string): number {
    return this.#spelledIds.get(word) ?? super.id(word);
  }

  /**
   * The word with this id.
   *
   * @throws {RangeError} if there is none
   */
  override word(id: number): string {
    return this.spelled[id - this.size] ?? super.word(id);
  }

  /** The id itself, or that of `<unk>` for a word known by its letters alone. */
  override predicted(id: number): number {
    return id < this.size ? id : this.unknown;
  }
}
