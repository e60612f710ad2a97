/** Words with their vectors. */
export interface WordVectors {
  /** The words, each once. */
  readonly words: readonly string[];
  /** d, numbers of a vector. */
  readonly width: number;
  /** The vectors one after the other; shape [words, width]. */
  readonly vectors: Float32Array;
}

/**
 * Reads word vectors in the text format of GloVe (a word and its numbers a line, single spaces
 * between) or of word2vec (the same after a first line with the number of words and the width).
 *
 * @throws {SyntaxError} naming the line, if the text is of neither format or a word comes twice
 *
 * @example
 * ```ts
 * import { parseWordVectors } from "#lib/nn/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { words, width } = parseWordVectors("the 0.5 -1\nof 0.25 2\n");
 * assertEquals([words, width], [["the", "of"], 2]);
 * ```
 */
export function parseWordVectors(text: string): WordVectors {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const header = /^(\d+) (\d+) *\r?$/.exec(lines[0] ?? "");
  const first = header ? 1 : 0, known = new Set<string>();
  const width = header ? Number(header[2]) : (lines[0] ?? "").trimEnd().split(/ +/).length - 1;
  if (lines.length === first) {
    throw new SyntaxError(
      "Cannot read word vectors, line 1: expected a word and numbers, got none",
    );
  }
  const vectors = new Float32Array((lines.length - first) * width);
  for (let n = first; n < lines.length; n++) {
    const [word, ...numbers] = lines[n].trimEnd().split(" ");
    const values = numbers.map((number) => number.trim() === "" ? NaN : Number(number));
    if (values.length !== width || width === 0 || values.some((v) => !Number.isFinite(v))) {
      throw new SyntaxError(
        `Cannot read word vectors, line ${n + 1}: expected a word and ${width} numbers, single ` +
          `spaces between, got "${lines[n].slice(0, 40)}"`,
      );
    }
    if (known.has(word)) {
      throw new SyntaxError(`Cannot read word vectors, line ${n + 1}: "${word}" comes again`);
    }
    known.add(word);
    vectors.set(values, (n - first) * width);
  }
  if (header && known.size !== Number(header[1])) {
    throw new SyntaxError(
      `Cannot read word vectors: expected ${header[1]} words, got ${known.size} (is it cut off?)`,
    );
  }
  return { words: [...known], width, vectors };
}

/**
 * Writes word vectors in the text format of word2vec.
 *
 * @throws {RangeError} if a word is empty or has a blank, tab or line break in it, or a number is
 * not finite
 */
export function formatWordVectors({ words, width, vectors }: WordVectors): string {
  const lines = words.map((word, i) => {
    if (!/^[^ \t-\r]+$/.test(word)) {
      throw new RangeError(
        `Cannot write word vectors: expected words without blanks and line breaks, got "${word}"`,
      );
    }
    const numbers = Array.from(
      vectors.subarray(i * width, (i + 1) * width),
      (v) => +v.toPrecision(6),
    );
    const wrong = numbers.find((v) => !Number.isFinite(v));
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot write the vector of "${word}": expected finite numbers, got ${wrong}`,
      );
    }
    return `${word} ${numbers.join(" ")}`;
  });
  return [`${words.length} ${width}`, ...lines, ""].join("\n");
}

/** A word and how near it is. */
export interface Neighbour {
  /** The word. */
  readonly word: string;
  /** Cosine of the angle between the two vectors, from −1 to 1; 0 if one has length 0. */
  readonly cosine: number;
}

/**
 * The words whose vectors point most nearly the same way, the nearest first, without the word itself.
 *
 * @throws {RangeError} if the word has no vector
 */
export function nearestWords(
  { words, width, vectors }: WordVectors,
  word: string,
  { count = 5 }: { count?: number } = {},
): Neighbour[] {
  const at = words.indexOf(word);
  if (at < 0) throw new RangeError(`Cannot find neighbours of "${word}": it has no vector`);
  const row = (i: number) => vectors.subarray(i * width, (i + 1) * width);
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, v, j) => sum + v * b[j], 0);
  const own = row(at), length = Math.sqrt(dot(own, own));
  const found = words.map((word, i) => {
    const other = row(i);
    const lengths = length * Math.sqrt(dot(other, other));
    return { word, cosine: lengths === 0 ? 0 : dot(own, other) / lengths };
  });
  return found.filter((_, i) => i !== at).sort((a, b) => b.cosine - a.cosine).slice(0, count);
}
