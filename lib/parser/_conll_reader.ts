import type { ConlluRow, ConlluSentence } from "./conllu_sentence.ts";
import { treeProblem } from "./dependency_tree.ts";
import { TreebankError } from "./treebank_error.ts";

const NAMES = {
  "CoNLL-U": "ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC".split(" "),
  "CoNLL-X": "ID FORM LEMMA CPOSTAG POSTAG FEATS HEAD DEPREL PHEAD PDEPREL".split(" "),
};
/** Columns of CoNLL-U whose values may contain spaces: FORM, LEMMA, MISC. */
const MAY_HOLD_SPACES = new Set([2, 3, 10]);
/** No sentence is longer: a file without line ends or empty lines must not fill the memory. */
const MAX_SENTENCE_CHARACTERS = 2 ** 24;

/** Puts lines together to sentences, checking every one. */
export class ConllReader {
  readonly #format: "CoNLL-U" | "CoNLL-X";
  #line = 0;
  #characters = 0;
  #comments: string[] = [];
  #rows: ConlluRow[] = [];
  #wordLines: number[] = [];
  #emptyNodes = 0;
  #tokenEnd = 0; // the last word of the latest multiword token

  constructor(format: "CoNLL-U" | "CoNLL-X") {
    this.#format = format;
  }

  /** Takes a line without its end; returns the sentence that this (empty) line completes. */
  push(text: string): ConlluSentence | undefined {
    const line = this.#line++ === 0 ? text.replace(/^\ufeff/, "") : text; // a byte-order mark
    this.#characters += line.length;
    if (this.#characters > MAX_SENTENCE_CHARACTERS) {
      this.fail(`expected an empty line after at most ${MAX_SENTENCE_CHARACTERS} characters`);
    }
    if (line === "") return this.#finish("an empty line");
    if (line.endsWith("\r")) {
      this.fail("expected lines ended by LF, got CR LF (convert the file with dos2unix)");
    }
    if (line.startsWith("#") && this.#format === "CoNLL-U") this.#pushComment(line);
    else this.#pushRow(line);
    return undefined;
  }

  /** Returns the last sentence if no empty line follows it. */
  end(): ConlluSentence | undefined {
    if (this.#rows.length === 0 && this.#comments.length === 0) return undefined;
    this.#line++;
    return this.#finish("the end of the file");
  }

  /** Throws the error at the current line (or a later one, for a reader of bytes). */
  fail(what: string, column?: number, line = this.#line): never {
    const name = column && NAMES[this.#format][column - 1];
    throw new TreebankError(this.#format, { line, column, name: name || undefined }, what);
  }

  /** Number of the line taken last. */
  get line(): number {
    return this.#line;
  }

  #pushComment(line: string): void {
    if (this.#rows.length > 0) {
      this.fail("expected comments before the first word, got one after it");
    }
    this.#comments.push(line);
  }

  #pushRow(line: string): void {
    const columns = line.split("\t");
    if (columns.length !== 10) {
      this.fail(
        `expected 10 tab-separated columns, got ${columns.length}` +
          (line.includes("\t") ? "" : " (was the file saved with spaces?)"),
      );
    }
    for (const [i, value] of columns.entries()) this.#checkColumn(value, i + 1);
    const [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns;
    this.#checkId(id);
    this.#checkHead(head, id);
    this.#rows.push({ id, form, lemma, upos, xpos, feats, head, deprel, deps, misc });
  }

  #checkColumn(value: string, column: number): void {
    if (value === "") this.fail("expected a value or _, got nothing", column);
    if (MAY_HOLD_SPACES.has(column) && this.#format === "CoNLL-U") {
      if (value.trim() === "") this.fail("expected a value or _, got only spaces", column);
    } else if (value.includes(" ")) {
      this.fail(`expected no spaces, got ${quote(value)}`, column);
    }
  }

  /** Words are numbered 1, 2, …; `3-4` stands before word 3, `3.1` after word 3, `0.1` before 1. */
  #checkId(id: string): void {
    const last = this.#wordLines.length;
    if (id === String(last + 1)) {
      this.#wordLines.push(this.#line);
      this.#emptyNodes = 0;
      return;
    }
    const range = this.#format === "CoNLL-U" ? /^(\d+)-([1-9]\d*)$/.exec(id) : null;
    if (range && range[1] === String(last + 1) && last >= this.#tokenEnd) {
      if (Number(range[2]) < last + 1) this.fail(`expected a range upwards, got ${id}`, 1);
      this.#tokenEnd = Number(range[2]);
      return;
    }
    if (this.#format === "CoNLL-U" && id === `${last}.${this.#emptyNodes + 1}`) {
      this.#emptyNodes++;
      return;
    }
    this.fail(`expected ${last + 1} as the next word's number, got ${quote(id)}`, 1);
  }

  #checkHead(head: string, id: string): void {
    const isWord = !id.includes("-") && !id.includes(".");
    if (head === "_" || (isWord && /^(0|[1-9]\d{0,8})$/.test(head))) return;
    const expected = isWord ? "expected the number of a word, 0 or _" : "expected _";
    this.fail(`${expected}, got ${quote(head)}`, 7);
  }

  #finish(found: string): ConlluSentence {
    if (this.#wordLines.length === 0) this.fail(`expected a word, got ${found}`);
    if (this.#tokenEnd > this.#wordLines.length) {
      this.fail(`expected word ${this.#wordLines.length + 1} of a multiword token, got ${found}`);
    }
    this.#checkTree();
    const sentence = { comments: this.#comments, rows: this.#rows };
    [this.#comments, this.#rows, this.#wordLines] = [[], [], []];
    this.#characters = this.#emptyNodes = this.#tokenEnd = 0;
    return sentence;
  }

  /** Heads are a tree with one root if all words have them; CoNLL-X may have several roots. */
  #checkTree(): void {
    const words = this.#rows.filter((row) => !row.id.includes("-") && !row.id.includes("."));
    if (words.every((row) => row.head === "_")) return;
    const withoutHead = words.findIndex((row) => row.head === "_");
    if (withoutHead >= 0) {
      this.fail(
        "expected a head for every word or for none, got _",
        7,
        this.#wordLines[withoutHead],
      );
    }
    const heads = words.map((row) => Number(row.head));
    const found = treeProblem(heads, { severalRoots: this.#format === "CoNLL-X" });
    if (found) this.fail(found.problem, 7, this.#wordLines[Math.max(found.word - 1, 0)]);
  }
}

/** A value for a message: quoted, shortened if long. */
function quote(value: string): string {
  return JSON.stringify(value.length > 40 ? value.slice(0, 40) + "…" : value);
}
