import { END, START, UNKNOWN, Vocabulary } from "#lib/text/mod.ts";
import { type ArpaLevel, ArpaLevelBuilder } from "./_arpa_level.ts";
import { BackoffModel } from "./backoff_model.ts";
import { NgramTrie } from "./ngram_trie.ts";

/** log10 of what counts as probability 0 in ARPA files (SRILM's convention). */
export const LOG10_ZERO = -99;

const TAB = 9, CARRIAGE_RETURN = 13, SPACE = 32;

/** Reads an ARPA file line by line; `parseArpa` says what it accepts. */
export class ArpaParser {
  #lineNumber = 0;
  #line = "";
  #state: "preamble" | "counts" | "ngrams" | "end" = "preamble";
  /** How many n-grams of each order are announced, from order 1 at index 1. */
  readonly #announced: number[] = [0];
  /** The order being read, and what was read of it. */
  #order = 0;
  #level = new ArpaLevelBuilder();
  #levelLine = 0;
  readonly #levels: ArpaLevel[] = [];
  readonly #ids = new Map([[UNKNOWN, 0], [START, 1], [END, 2]]);
  readonly #marks = [false, false, false];
  /** Where the fields of the line begin and end. */
  readonly #starts = new Uint32Array(300);
  readonly #ends = new Uint32Array(300);

  /** Takes the next line, without its line break. */
  line(line: string): void {
    this.#lineNumber++;
    this.#line = line;
    if (this.#state === "ngrams" && this.#level.length < this.#announced[this.#order]) {
      this.#readNgram(line);
      return;
    }
    const text = line.trim();
    if (this.#state === "preamble") {
      if (text === "\\data\\") this.#state = "counts";
      else if (text !== "" && !text.startsWith("#")) throw this.#error("\\data\\");
    } else if (text === "") return;
    else if (this.#state === "counts" && !text.startsWith("\\")) this.#readCount(text);
    else if (this.#state === "end") throw this.#error("nothing after \\end\\");
    else this.#readSectionHead(text);
  }

  /** The model, when all lines were taken. */
  model(): BackoffModel {
    if (this.#state !== "end") {
      throw new SyntaxError(
        `Cannot parse ARPA: expected \\end\\, got the end of the text after line` +
          ` ${this.#lineNumber} (is the file cut off?)`,
      );
    }
    const vocabulary = new Vocabulary([...this.#ids.keys()].slice(3));
    const levels = [0, 1];
    for (const { lastWord } of this.#levels) levels.push(levels.at(-1)! + lastWord.length);
    const order = this.#levels.length, nodes = levels[order + 1];
    const lastWord = new Int32Array(nodes), logProbability = new Float64Array(nodes);
    const firstChild = new Uint32Array(levels[order] + 1);
    const logBackoff = new Float64Array(levels[order]);
    firstChild[0] = 1;
    this.#levels.forEach((level, i) => {
      lastWord.set(level.lastWord, levels[i + 1]);
      logProbability.set(level.logProbability, levels[i + 1]);
      if (i + 1 < order) logBackoff.set(level.logBackoff, levels[i + 1]);
      for (let p = 0; p < level.firstOf.length - 1; p++) {
        firstChild[levels[i] + p] = levels[i + 1] + level.firstOf[p];
      }
    });
    firstChild[levels[order]] = nodes;
    const trie = new NgramTrie({ lastWord, firstChild, levels });
    return new BackoffModel({ vocabulary, trie, logProbability, logBackoff });
  }

  #readCount(text: string): void {
    const [, order, count] = /^ngram +(\d+) *= *(\d+)$/.exec(text) ?? [];
    if (Number(order) !== this.#announced.length || Number(order) > 255) {
      throw this.#error(`"ngram ${this.#announced.length}=" and a count`);
    }
    this.#announced.push(Number(count));
  }

  #readSectionHead(text: string): void {
    const isCounts = this.#state === "counts";
    if (isCounts && this.#announced.length === 1) throw this.#error('"ngram 1=" and a count');
    if (!isCounts && !text.startsWith("\\")) {
      throw this.#error(`${this.#announced[this.#order]} ${this.#order}-grams, as announced`);
    }
    if (!isCounts) this.#endLevel();
    const isLast = this.#order === this.#announced.length - 1;
    const head = isLast ? "\\end\\" : `\\${this.#order + 1}-grams:`;
    if (text !== head) throw this.#error(head);
    this.#state = isLast ? "end" : "ngrams";
    this.#order++;
    this.#level = new ArpaLevelBuilder();
    this.#levelLine = this.#lineNumber + 1;
  }

  /** log10 P, the words, and a weight if the n-gram is a context: parted by tabs or blanks. */
  #readNgram(line: string): void {
    const order = this.#order, fields = this.#split(line);
    if (fields < order + 1 || fields > order + 2) {
      if (line.trim() !== "" && !line.startsWith("\\")) {
        throw this.#error(`log10 P, ${order} words and perhaps log10 of a back-off weight`);
      }
      const { length } = this.#level, announced = this.#announced[order];
      throw this.#error(`${announced} ${order}-grams, as announced (there are ${length})`);
    }
    const log10P = this.#number(0);
    if (!(log10P <= 0)) throw this.#error("log10 of a probability, 0 or less");
    const log10B = fields === order + 2 ? this.#number(order + 1) : 0;
    if (!(log10B < -LOG10_ZERO) || (log10B !== 0 && this.#isHighest())) {
      throw this.#error(
        this.#isHighest()
          ? "no back-off weight at the highest order"
          : "log10 of a back-off weight",
      );
    }
    const word = this.#word(order), parent = this.#parent();
    if (parent < 0) throw this.#error(`an n-gram whose first ${order - 1} words are one too`);
    const logP = word === 1 ? -Infinity : naturalLog(log10P); // <s> is never predicted
    this.#level.add(parent, word, logP, naturalLog(log10B));
  }

  /** The n-gram of the line without its last word, or −1. */
  #parent(): number {
    if (this.#order === 1) return 0;
    let parent = this.#word(1);
    for (let n = 2; n < this.#order; n++) {
      const { lastWord, firstOf } = this.#levels[n - 1], word = this.#word(n);
      let low = firstOf[parent], high = firstOf[parent + 1];
      const end = high;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (lastWord[middle] < word) low = middle + 1;
        else high = middle;
      }
      if (low === end || lastWord[low] !== word) return -1;
      parent = low;
    }
    return parent;
  }

  /** The id of the line's n-th word. Unigrams make the vocabulary. */
  #word(n: number): number {
    const word = this.#line.slice(this.#starts[n], this.#ends[n]);
    let id = this.#ids.get(word);
    if (this.#order === 1) {
      if (id === undefined) this.#ids.set(word, id = this.#ids.size);
      else if (id < 3) this.#marks[id] = true;
    } else if (id === undefined) throw this.#error(`words that are 1-grams (not "${word}")`);
    return id;
  }

  /** The number in a field; NaN if it is none. */
  #number(field: number): number {
    return Number(this.#line.slice(this.#starts[field], this.#ends[field]));
  }

  #isHighest(): boolean {
    return this.#order === this.#announced.length - 1;
  }

  /** Finds the fields of a line and gives their number. */
  #split(line: string): number {
    let fields = 0, isInside = false;
    for (let i = 0; i < line.length; i++) {
      const c = line.charCodeAt(i);
      const isBlank = c === SPACE || c === TAB || (c === CARRIAGE_RETURN && i === line.length - 1);
      if (isBlank === isInside) {
        if (isInside) this.#ends[fields - 1] = i;
        else this.#starts[fields++] = i;
        isInside = !isInside;
        if (fields === this.#starts.length) break;
      }
    }
    if (isInside) this.#ends[fields - 1] = line.length;
    return fields;
  }

  #endLevel(): void {
    if (this.#order === 1) this.#completeVocabulary();
    const parents = this.#order === 1 ? 1 : this.#levels[this.#order - 2].lastWord.length;
    const level = this.#level.build(parents, this.#ids.size);
    if (typeof level === "number") {
      throw new SyntaxError(
        `Cannot parse ARPA, line ${this.#levelLine + level}:` +
          ` expected every ${this.#order}-gram once, got one that stands above already`,
      );
    }
    this.#levels.push(level);
  }

  #completeVocabulary(): void {
    const [hasUnknown, hasStart, hasEnd] = this.#marks;
    if (!hasStart || !hasEnd) throw this.#error(`${hasStart ? END : START} among the 1-grams`);
    if (!hasUnknown) this.#level.add(0, 0, -Infinity, 0);
  }

  #error(expected: string): SyntaxError {
    const found = JSON.stringify(this.#line.slice(0, 80));
    return new SyntaxError(
      `Cannot parse ARPA, line ${this.#lineNumber}: expected ${expected}, got ${found}`,
    );
  }
}

function naturalLog(log10: number): number {
  return log10 <= LOG10_ZERO ? -Infinity : log10 * Math.LN10;
}
