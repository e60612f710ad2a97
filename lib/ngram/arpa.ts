import { createReadStream } from "node:fs";
import { writeWhole } from "#lib/files/mod.ts";
import { ArpaParser, LOG10_ZERO } from "./_arpa_parser.ts";
import { checkIsBackoff } from "./_check_is_backoff.ts";
import type { BackoffModel } from "./backoff_model.ts";

/** No line of an ARPA file is longer than this many characters; other files are. */
const LONGEST_LINE = 1 << 20;

/** How much text is put together before it is given out, in characters. */
const PIECE = 1 << 16;

/**
 * Reads a model from the text of an ARPA file, the text form of back-off models that SRILM, KenLM
 * and others share.
 *
 * N-grams may stand in any order; fields are parted by tabs or blanks. An n-gram's first words must
 * be an n-gram too, its last words need not: pruned models back off to the longest that is there.
 * log10 values of −99 and less are log 0. `<s>` and `</s>` must be among the words; a file without
 * `<unk>` gives unknown words the probability 0. Whether probabilities sum to 1 is not checked.
 *
 * @param pieces the text, cut anywhere: a string, an array, a stream
 * @throws {SyntaxError} if the text is not an ARPA file, is cut off, has other numbers of n-grams
 * than it announces or one of them twice; the message names the line
 *
 * @example
 * ```ts
 * import { parseArpa } from "#lib/ngram/mod.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const model = await parseArpa([`
 * \\data\\
 * ngram 1=3
 *
 * \\1-grams:
 * -99 <s>
 * -0.30103 </s>
 * -0.30103 rose
 *
 * \\end\\
 * `]);
 * const [logP] = model.score(model.vocabulary.encode(["rose"]));
 * assertAlmostEquals(Math.exp(logP), 0.5, 1e-6);
 * ```
 */
export async function parseArpa(
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<BackoffModel> {
  const parser = new ArpaParser();
  let rest = "";
  for await (const piece of pieces) {
    const text = rest + piece;
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      parser.line(text.slice(from, to));
      from = to + 1;
    }
    rest = text.slice(from);
    if (rest.length > LONGEST_LINE) {
      throw new SyntaxError(
        `Cannot parse ARPA: expected lines of at most ${LONGEST_LINE} characters,` +
          ` got ${rest.length} without a line break (is this a text file?)`,
      );
    }
  }
  if (rest !== "") parser.line(rest);
  return parser.model();
}

/**
 * Writes a model as the text of an ARPA file, which `parseArpa`, KenLM and SRILM read. Numbers are
 * rounded to seven digits after the point; log 0, and the probability of `<s>`, is −99.
 *
 * @returns the text in pieces of some ten thousand characters
 * @throws {RangeError} if a word is empty or holds white space, a number of the model is NaN, or its
 * probabilities do not sum to 1, which readers of ARPA files rely on
 * @throws {TypeError} if the model is no back-off model
 *
 * @example
 * ```ts
 * import { countNgrams, formatArpa, kneserNey } from "#lib/ngram/mod.ts";
 * import { indexSentences } from "#lib/text/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { vocabulary, ids } = indexSentences([["a", "rose"], ["a", "thorn"]]);
 * const model = kneserNey(countNgrams(ids, { order: 2, vocabulary }), { onBadDiscount: "fallback" });
 * const lines = [...formatArpa(model)].join("").split("\n");
 * assertEquals(lines.slice(0, 3), ["\\data\\", "ngram 1=6", "ngram 2=5"]);
 * ```
 */
export function* formatArpa(model: BackoffModel): Generator<string> {
  checkIsBackoff(model);
  const { trie, order, vocabulary, isNormalized } = model;
  if (!isNormalized) {
    throw new RangeError(
      "Cannot write ARPA: expected probabilities that sum to 1, got a model whose do not, such as" +
        " stupid back-off (write it with writeBinary)",
    );
  }
  const unfit = vocabulary.words.find((word) => word === "" || /[ \t\n\r\f\v]/.test(word));
  if (unfit !== undefined) {
    throw new RangeError(
      `Cannot write ARPA: expected words without white space, got ${JSON.stringify(unfit)}`,
    );
  }
  let text = "\\data\\\n";
  for (let n = 1; n <= order; n++) text += `ngram ${n}=${trie.size(n)}\n`;
  for (let n = 1; n <= order; n++) {
    text += `\n\\${n}-grams:\n`;
    for (const line of formatLevel(model, n)) {
      text += line;
      if (text.length < PIECE) continue;
      yield text;
      text = "";
    }
  }
  yield `${text}\n\\end\\\n`;
}

/**
 * Reads an ARPA file of UTF-8 text; see {@linkcode parseArpa}.
 *
 * @throws {SyntaxError} if it is none
 */
export function readArpa(path: string): Promise<BackoffModel> {
  return parseArpa(decoded(createReadStream(path, { highWaterMark: 1 << 18 })));
}

/**
 * Writes an ARPA file; see {@linkcode formatArpa}. The file appears when it is complete; what stood
 * there before stays until then.
 */
export async function writeArpa(path: string, model: BackoffModel): Promise<void> {
  await writeWhole(path, formatArpa(model));
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const piece of bytes) {
    try {
      yield decoder.decode(piece, { stream: true });
    } catch (cause) {
      throw new SyntaxError("Cannot parse ARPA: expected UTF-8 text, got other bytes", { cause });
    }
  }
}

/** The lines of the n-grams of one order, in the trie's order. */
function* formatLevel(model: BackoffModel, order: number): Generator<string> {
  const { trie, logProbability, logBackoff, vocabulary } = model;
  const { levels, firstChild, lastWord } = trie;
  const path = levels.slice(0, order); // the n-gram's first n words, by n
  const texts = new Array<string>(order).fill("");
  const follow = (n: number, child: number) => {
    if (n === 0 || (texts[n] !== "" && child < firstChild[path[n] + 1])) return;
    while (child >= firstChild[path[n] + 1]) path[n]++;
    follow(n - 1, path[n]);
    texts[n] = `${texts[n - 1]}${vocabulary.word(lastWord[path[n]])} `;
  };
  const { start } = vocabulary;
  for (let node = levels[order]; node < levels[order + 1]; node++) {
    follow(order - 1, node);
    const word = lastWord[node];
    const log10P = word === start ? LOG10_ZERO : arpaNumber(logProbability[node]);
    const ngram = texts[order - 1] + vocabulary.word(word);
    yield order < trie.order
      ? `${log10P}\t${ngram}\t${arpaNumber(logBackoff[node])}\n`
      : `${log10P}\t${ngram}\n`;
  }
}

/**
 * A natural logarithm as ARPA files write it: to base 10, seven digits after the point, −99 for log 0.
 *
 * @throws {RangeError} if it is NaN
 */
export function arpaNumber(natural: number): number {
  if (Number.isNaN(natural)) throw new RangeError("Cannot write ARPA: expected numbers, got NaN");
  return Math.max(LOG10_ZERO, Math.round(natural * (1e7 / Math.LN10)) / 1e7);
}
