import { isUtf8 } from "node:buffer";
import { END, START, UNKNOWN, Vocabulary } from "#lib/text/mod.ts";
import { lineBreaks } from "./_read_lines.ts";
import { ScaleError } from "./scale_error.ts";

const LINE_BREAK = 10;

/** 1 for ASCII white space: tab, line break and the like, carriage return, blank. */
const IS_BLANK = Uint8Array.from(
  { length: 256 },
  (_, c) => c === 32 || (c >= 9 && c <= 13) ? 1 : 0,
);

/** An empty place of the hash table. */
const FREE = -1;

/**
 * Numbers words as they first come; ids 0 to 2 are the marks. Words are compared as bytes, in a hash
 * table with open addressing: no string is made for a word of the text, which is five times as fast
 * as a map of strings.
 */
export class WordIds {
  /** Number of words so far. */
  #size = 0;
  /** The words' bytes end to end: word i's begin at `#starts[i]`. */
  #bytes = new Uint8Array(1 << 16);
  #used = 0;
  #starts = new Uint32Array(1 << 12);
  #hashes = new Int32Array(1 << 12);
  /** Ids by hash; their number is a power of two, at least twice that of the words. */
  #table = new Int32Array(1 << 13).fill(FREE);

  /** Begins with the marks. */
  constructor() {
    for (const mark of [UNKNOWN, START, END]) {
      const bytes = new TextEncoder().encode(mark);
      this.#id(bytes, 0, bytes.length);
    }
  }

  /**
   * The ids of each sentence between those of `<s>` and `</s>`.
   *
   * @param lines sentences, one a line, of words parted by ASCII white space; a literal `<unk>` is the
   * unknown word, empty lines are left out
   * @param begin the file they are of, and the number of the first of them, for errors
   * @throws {ScaleError} if `<s>` or `</s>` stands among the words, or a word is no UTF-8
   */
  sentences(lines: Uint8Array, begin: { file: string; line: number }): number[][] {
    const sentences: number[][] = [];
    let ids = [1];
    for (let at = 0; at <= lines.length; at++) {
      if (at === lines.length || lines[at] === LINE_BREAK) {
        if (ids.length === 1) continue;
        ids.push(2);
        sentences.push(ids);
        ids = [1];
      } else if (IS_BLANK[lines[at]] === 0) {
        const from = at;
        while (at + 1 < lines.length && IS_BLANK[lines[at + 1]] === 0) at++;
        const known = this.#size, id = this.#id(lines, from, at + 1);
        const isMark = id === 1 || id === 2;
        if (isMark || (id === known && !isText(lines.subarray(from, at + 1)))) {
          const line = begin.line + lineBreaks(lines.subarray(0, from));
          throw refusal(begin.file, line, isMark ? id : undefined);
        }
        ids.push(id);
      }
    }
    return sentences;
  }

  /**
   * All words so far.
   *
   * @throws {ScaleError} if there are more than a JavaScript map can hold
   */
  vocabulary(): Vocabulary {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    try {
      const words = Array.from({ length: this.#size - 3 }, (_, i) => {
        const end = i + 4 < this.#size ? this.#starts[i + 4] : this.#used;
        return decoder.decode(this.#bytes.subarray(this.#starts[i + 3], end));
      });
      return new Vocabulary(words);
    } catch (cause) {
      throw new ScaleError(
        "bad input",
        "Cannot list the words of the text: expected at most 16,777,213 different ones, got" +
          ` ${this.#size - 3} (write ${UNKNOWN} for rare words)`,
        { cause },
      );
    }
  }

  /** The id of the word in `text` from one byte to another; a new word gets the next. */
  #id(text: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5; // FNV-1a, 32 bits
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text[i], 0x01000193);
    hash ^= hash >>> 15;
    const table = this.#table, mask = table.length - 1;
    let place = hash & mask;
    for (let id = table[place]; id !== FREE; id = table[place]) {
      if (this.#hashes[id] === hash && this.#isAt(id, text, from, to)) return id;
      place = (place + 1) & mask;
    }
    table[place] = this.#size;
    return this.#add(hash, text.subarray(from, to));
  }

  #isAt(id: number, text: Uint8Array, from: number, to: number): boolean {
    const bytes = this.#bytes, start = this.#starts[id];
    const end = id + 1 < this.#size ? this.#starts[id + 1] : this.#used;
    if (end - start !== to - from) return false;
    for (let i = 0; i < to - from; i++) if (bytes[start + i] !== text[from + i]) return false;
    return true;
  }

  #add(hash: number, word: Uint8Array): number {
    const id = this.#size++;
    if (this.#used + word.length > this.#bytes.length) {
      this.#bytes = larger(this.#bytes, new Uint8Array(2 * this.#bytes.length + word.length));
    }
    this.#bytes.set(word, this.#used);
    this.#starts[id] = this.#used;
    this.#hashes[id] = hash;
    this.#used += word.length;
    if (this.#size === this.#starts.length) this.#grow();
    return id;
  }

  #grow(): void {
    const size = 2 * this.#starts.length;
    this.#starts = larger(this.#starts, new Uint32Array(size));
    this.#hashes = larger(this.#hashes, new Int32Array(size));
    const table = new Int32Array(2 * size).fill(FREE), mask = table.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let place = this.#hashes[id] & mask;
      while (table[place] !== FREE) place = (place + 1) & mask;
      table[place] = id;
    }
    this.#table = table;
  }
}

function larger<A extends Uint8Array | Uint32Array | Int32Array>(array: A, grown: A): A {
  grown.set(array);
  return grown;
}

function isText(word: Uint8Array): boolean {
  return word.every((byte) => byte < 128) || isUtf8(word);
}

/** A word that cannot be counted: a mark, or no text. */
function refusal(file: string, line: number, mark?: number): ScaleError {
  const fault = mark
    ? `expected sentences without marks, got "${mark === 1 ? START : END}"` +
      ` (the marks ${START} and ${END} are added here)`
    : "expected UTF-8, got other bytes (convert the file)";
  return new ScaleError("bad input", `Cannot count ${file}, line ${line}: ${fault}`);
}
