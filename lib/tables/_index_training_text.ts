import { type IndexedText, indexSentences, OpenVocabulary } from "#lib/text/mod.ts";

/**
 * The words and ids of a text to be learned. Words seen less often than `leastCount`, and those of `valid`
 * and `test` never seen, are known by their letters alone (if `leastCount` is more than 1).
 */
export function indexTrainingText(
  train: string[][],
  { leastCount = 1, valid, test = [] }: {
    leastCount?: number;
    valid: string[][];
    test?: string[][];
  },
): IndexedText {
  const indexed = indexSentences(train, { minCount: leastCount });
  if (leastCount === 1) return indexed;
  const known = indexed.vocabulary.words.slice(3);
  const vocabulary = new OpenVocabulary(known, [...train, ...valid, ...test]);
  return { ...indexed, vocabulary, ids: vocabulary.encodeSentences(train) };
}
