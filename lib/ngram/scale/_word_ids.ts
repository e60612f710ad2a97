import { END, START, UNKNOWN, Vocabulary } from "#lib/text/mod.ts";
import { ScaleError } from "./scale_error.ts";

/** A JavaScript map holds no more entries. */
const MOST_WORDS = 2 ** 24 - 1;

/** Numbers words as they first come; ids 0 to 2 are the marks. */
export class WordIds {
  readonly #ids = new Map([[UNKNOWN, 0], [START, 1], [END, 2]]);

  /**
   * The ids of a sentence between those of `<s>` and `</s>`.
   *
   * @param line words parted by white space; a literal `<unk>` is the unknown word
   * @throws {ScaleError} if a mark stands in it, or there are too many different words
   */
  sentence(line: string): number[] {
    const ids = [1];
    for (const word of line.split(/\s+/)) {
      const id = this.#ids.get(word);
      if (id === 1 || id === 2) throw markInText(word);
      ids.push(id ?? this.#newWord(word));
    }
    ids.push(2);
    return ids;
  }

  /** All words so far. */
  vocabulary(): Vocabulary {
    return new Vocabulary([...this.#ids.keys()].slice(3));
  }

  #newWord(word: string): number {
    if (this.#ids.size >= MOST_WORDS) {
      throw new ScaleError(
        "bad input",
        `Cannot number words: expected at most ${MOST_WORDS} different ones, got more` +
          ` (write ${UNKNOWN} for the rare ones)`,
      );
    }
    const copy = ` ${word}`.slice(1); // else it would keep the piece of text it was cut from
    this.#ids.set(copy, this.#ids.size);
    return this.#ids.size - 1;
  }
}

function markInText(word: string): ScaleError {
  return new ScaleError(
    "bad input",
    `Cannot count n-grams: expected sentences without marks, got "${word}" (the marks ${START} and` +
      ` ${END} are added here)`,
  );
}
