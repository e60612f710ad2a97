import type { ConlluSentence } from "./conllu_sentence.ts";
import { ConllReader } from "./_conll_reader.ts";

const LINE_FEED = 0x0a;
/** A line longer than this (bytes) is refused, so that memory stays bounded. */
const MAX_LINE_BYTES = 2 ** 22;

/**
 * The sentences of a CoNLL-U stream, one after the other: memory is bounded by the longest sentence
 * and the chunk size, not by the file. The stream is read no faster than the sentences are taken.
 *
 * @param chunks bytes of UTF-8 text, as `Deno.open(…).readable` or `Deno.stdin.readable` give them
 * @throws {TreebankError} naming line and column, if the text is not CoNLL-U or not UTF-8
 *
 * @example
 * ```ts
 * import { readConllu } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\t_\n\n");
 * const words: string[] = [];
 * for await (const { rows } of readConllu(new Blob([bytes]).stream())) words.push(rows[0].form);
 * assertEquals(words, ["Stop"]);
 * ```
 */
export async function* readConllu(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ConlluSentence, void, void> {
  const reader = new ConllReader("CoNLL-U");
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED);
    if (end < 0) {
      rest = joined(rest, chunk);
      if (rest.length > MAX_LINE_BYTES) {
        reader.fail(`expected lines of at most ${MAX_LINE_BYTES} bytes`, 1, reader.line + 1);
      }
      continue;
    }
    yield* sentencesOf(joined(rest, chunk.subarray(0, end)), reader);
    rest = chunk.slice(end + 1);
  }
  if (rest.length > 0) yield* sentencesOf(rest, reader);
  const last = reader.end();
  if (last) yield last;
}

/** The sentences that whole lines (the last without its end) complete. */
function* sentencesOf(bytes: Uint8Array, reader: ConllReader): Generator<ConlluSentence> {
  for (const line of decode(bytes, reader).split("\n")) {
    const sentence = reader.push(line);
    if (sentence) yield sentence;
  }
}

function decode(bytes: Uint8Array, reader: ConllReader): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    let line = reader.line + 1;
    for (let start = 0; start <= bytes.length; line++) {
      const next = bytes.indexOf(LINE_FEED, start);
      const end = next < 0 ? bytes.length : next;
      try {
        decoder.decode(bytes.subarray(start, end));
      } catch {
        break;
      }
      start = end + 1;
    }
    return reader.fail("expected text in UTF-8, got bytes that are not", 1, line);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
