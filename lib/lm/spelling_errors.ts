/** How spelling was corrected, as counts of words that add up over sentences. */
export interface SpellingErrors {
  /** Words. */
  words: number;
  /** Mistyped words that are no words. */
  nonWords: number;
  /** Those of them that were put right. */
  nonWordsRight: number;
  /** Mistyped words that are words too. */
  realWords: number;
  /** Those of them that were put right. */
  realWordsRight: number;
  /** Words that were right and are no longer. */
  spoilt: number;
}

/**
 * Compares what was meant, typed and corrected, word by word.
 *
 * @param isWord whether a string is a word of the language
 * @throws {RangeError} if the sentences are not of the same lengths
 */
export function spellingErrors(
  sentences: readonly Record<"meant" | "typed" | "corrected", readonly string[]>[],
  isWord: (word: string) => boolean,
): SpellingErrors {
  const sum = {
    ...{ words: 0, nonWords: 0, nonWordsRight: 0, realWords: 0, realWordsRight: 0, spoilt: 0 },
  };
  for (const { meant, typed, corrected } of sentences) {
    if (meant.length !== typed.length || meant.length !== corrected.length) {
      throw new RangeError(
        `Cannot compare sentences: expected ${meant.length} words, got ${typed.length} typed and ` +
          `${corrected.length} corrected ones`,
      );
    }
    meant.forEach((word, i) => {
      const isRight = corrected[i] === word;
      sum.words++;
      if (typed[i] === word) sum.spoilt += isRight ? 0 : 1;
      else if (isWord(typed[i])) {
        sum.realWords++;
        sum.realWordsRight += isRight ? 1 : 0;
      } else {
        sum.nonWords++;
        sum.nonWordsRight += isRight ? 1 : 0;
      }
    });
  }
  return sum;
}
