import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "#lib/data/mod.ts";
import { writeWholeSync } from "#lib/files/mod.ts";
import {
  formatWordVectors,
  parseWordVectors,
  skipGram,
  type SkipGramOptions,
  type WordVectors,
} from "#lib/nn/mod.ts";
import { readEwtTreebank } from "#lib/parser/mod.ts";
import { keepFile, keptNotes } from "./_kept_file.ts";
import { readRawText, withPlainQuotes } from "./_raw_text.ts";
import type { MeasureOptions } from "./table.ts";

/** Where the vectors are kept, in word2vec's text format. */
export function vectorsFile(): string {
  return join(cacheFolder(), "models", "word-vectors-50-structured.txt");
}

/**
 * A narrow window whose places are told apart makes words near that are used alike in syntax (Bansal,
 * Gimpel and Livescu 2014; Ling et al. 2015); common words, which say most of it, are passed over less
 * than word2vec does.
 */
export const OPTIONS: SkipGramOptions = {
  ...{ width: 50, window: 2, structured: true, least: 3 },
  ...{ subsample: 1e-2, epochs: 3, rate: 0.04 },
};

/**
 * 50-dimensional vectors of lower-cased words, by skip-gram from Reuters, Brown, State of the Union
 * and EWT's training text: learned once and kept.
 *
 * @throws {SyntaxError} if those kept were learned with other options, or are damaged
 */
export async function wordVectors(
  { data, report }: Pick<MeasureOptions, "data" | "report">,
): Promise<WordVectors> {
  const file = vectorsFile(), run = { ...OPTIONS };
  if (keptNotes({ file, run })) return parseWordVectors(readFileSync(file, "utf8"));
  const [{ reuters, brown, speeches }, { train }] = await Promise.all([
    ...[readRawText(data), readEwtTreebank(data)] as const,
  ]);
  const own = train.map(({ words }) => withPlainQuotes(words));
  const sentences = [...reuters, ...brown, ...speeches, ...own]
    .map((words) => words.map((word) => word.toLowerCase()));
  let last: WordVectors | undefined;
  for (const at of skipGram(sentences, OPTIONS)) {
    report(`  word vectors: ${(100 * at.position / at.total).toFixed(0)} %`);
    last = at;
  }
  keepFile(file, { run }, (path) => writeWholeSync(path, formatWordVectors(last!)));
  return parseWordVectors(readFileSync(file, "utf8")); // rounded as they are kept
}
