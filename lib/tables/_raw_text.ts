import { type DataOptions, readBrown, readReuters, readStateOfTheUnion } from "#lib/data/mod.ts";
import { splitSentences, treebankTokenize } from "#lib/text/mod.ts";

/** Sentences without trees, their words as English-EWT has them. */
export interface RawText {
  /** Newswire. */
  reuters: string[][];
  /** Many genres. */
  brown: string[][];
  /** Speeches. */
  speeches: string[][];
}

/** Reads Reuters, Brown and State of the Union, split into sentences and words. */
export async function readRawText(data: DataOptions): Promise<RawText> {
  const [reuters, brown, speeches] = await Promise.all([
    ...[readReuters(data), readBrown(), readStateOfTheUnion()] as const,
  ]);
  const sentences = (text: string) => splitSentences(text).map((each) => treebankTokenize(each));
  return {
    reuters: reuters.flatMap(({ text }) => sentences(text)).map(withPlainQuotes),
    brown: brown.map(({ words }) => withPlainQuotes(words)),
    speeches: speeches.flatMap(({ text }) => sentences(text)).map(withPlainQuotes),
  };
}

/** English-EWT writes `"` for the Penn Treebank's quotation marks, nearly always. */
export function withPlainQuotes(words: readonly string[]): string[] {
  return words.map((word) => ["``", "''", "“", "”"].includes(word) ? '"' : word);
}
