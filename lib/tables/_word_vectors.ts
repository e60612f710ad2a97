import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder, readBrown, readReuters, readStateOfTheUnion } from "#lib/data/mod.ts";
import { formatWordVectors, parseWordVectors, skipGram, type WordVectors } from "#lib/nn/mod.ts";
import { readEwtTreebank } from "#lib/parser/mod.ts";
import { splitSentences, treebankTokenize } from "#lib/text/mod.ts";
import type { MeasureOptions } from "./table.ts";

/** Where the vectors are kept, in word2vec's text format. */
export function vectorsFile(): string {
  return join(cacheFolder(), "models", "word-vectors-50.txt");
}

/**
 * 50-dimensional vectors of lower-cased words, by skip-gram from Reuters, Brown, State of the Union
 * and EWT's training text: learned once and kept. Windows are narrow, which makes words near that
 * are used alike (Bansal, Gimpel and Livescu 2014).
 */
export async function wordVectors({ data, report }: MeasureOptions): Promise<WordVectors> {
  const file = vectorsFile();
  if (existsSync(file)) return parseWordVectors(readFileSync(file, "utf8"));
  const sentences = await rawText(data);
  let last: WordVectors | undefined;
  for (const at of skipGram(sentences, { width: 50, window: 2, subsample: 1e-3, epochs: 5 })) {
    report(`  word vectors: ${(100 * at.position / at.total).toFixed(0)} %`);
    last = at;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, formatWordVectors(last!));
  renameSync(`${file}.part`, file);
  return parseWordVectors(readFileSync(file, "utf8")); // rounded as they are kept
}

async function rawText(data: MeasureOptions["data"]): Promise<string[][]> {
  const [reuters, brown, speeches, { train }] = await Promise.all([
    ...[readReuters(data), readBrown(), readStateOfTheUnion(), readEwtTreebank(data)] as const,
  ]);
  const tokens = (text: string) => splitSentences(text).map((each) => treebankTokenize(each));
  const sentences = [
    ...reuters.flatMap(({ text }) => tokens(text)),
    ...brown.map(({ words }) => words),
    ...speeches.flatMap(({ text }) => tokens(text)),
    ...train.map(({ words }) => words),
  ];
  return sentences.map((words) => words.map((word) => word.toLowerCase()));
}
