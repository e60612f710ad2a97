import type { Vocabulary } from "#lib/text/mod.ts";
import { lineBreaks, readLines } from "./_read_lines.ts";
import { WordIds } from "./_word_ids.ts";
import { ScaleError } from "./scale_error.ts";

/** How much text there was, and its words. */
export interface IndexedFiles {
  /** Words predicted: all of the text and one `</s>` a sentence. */
  tokens: number;
  /** Number of sentences. */
  sentences: number;
  /** The words behind the ids. */
  vocabulary: Vocabulary;
}

/**
 * Reads text files and gives their sentences as word ids, some at a time.
 *
 * @param take gets the number of the file, that of the first of these sentences in it, and the
 * sentences' ids from `<s>` to `</s>`
 * @throws {ScaleError} if a file is missing or damaged, holds marks or bytes that are no UTF-8,
 * or no file has a sentence
 */
export async function indexText(
  files: readonly string[],
  take: (document: number, sentence: number, batch: number[][]) => void | Promise<void>,
  onFile?: (file: string, done: number) => void,
): Promise<IndexedFiles> {
  const ids = new WordIds();
  let tokens = 0, sentences = 0;
  for (const [document, file] of files.entries()) {
    onFile?.(file, document / files.length);
    let sentence = 0, line = 1;
    for await (const lines of readLines(file)) {
      const batch = ids.sentences(lines, { file, line });
      line += lineBreaks(lines);
      for (const words of batch) tokens += words.length - 1;
      await take(document, sentence, batch);
      sentence += batch.length;
    }
    sentences += sentence;
  }
  if (sentences === 0) {
    throw new ScaleError("bad input", "Cannot count n-grams: expected a sentence, got none");
  }
  return { tokens, sentences, vocabulary: ids.vocabulary() };
}
