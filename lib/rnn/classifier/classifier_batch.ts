import { classIds, type LabelledText } from "#lib/classify/mod.ts";
import type { Epoch } from "#lib/nn/mod.ts";
import { shuffled } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { byLength } from "../by_length.ts";
import type { EncodedSentences } from "./sentence_encoder.ts";

/** Sentences with their classes. Plain data. */
export interface SentenceClasses extends EncodedSentences {
  /** The right class of each sentence, shape [B]. */
  readonly classes: Int32Array;
}

/**
 * Puts sentences one after the other, in lower case.
 *
 * @throws {RangeError} if a sentence has no words
 */
export function encodeSentences(
  sentences: readonly (readonly string[])[],
  vocabulary: Vocabulary,
): EncodedSentences {
  const empty = sentences.findIndex(({ length }) => length === 0);
  if (empty >= 0) throw new RangeError(`Cannot read sentence ${empty}: it has no words`);
  return {
    lengths: Int32Array.from(sentences, ({ length }) => length),
    words: vocabulary.encode(sentences.flatMap(lowerCased)),
  };
}

/** Words in lower case. */
export function lowerCased(words: readonly string[]): string[] {
  return words.map((word) => word.toLowerCase());
}

/**
 * Batches of sentences of nearly equal length, of at most so many words: new ones, in a new order,
 * each epoch.
 *
 * @throws {RangeError} if a sentence has no words, or a label is not among the classes
 */
export function classifierBatches(
  texts: readonly LabelledText[],
  options: { vocabulary: Vocabulary; classes: readonly string[]; words: number },
): Epoch<SentenceClasses> {
  const { vocabulary, classes, words: most } = options;
  const ids = classIds(texts, classes);
  const examples = texts.map(({ words }, i) => ({ words, id: ids[i] }));
  encodeSentences(texts.map(({ words }) => words), vocabulary); // refuses those without words now
  return (random) => {
    const groups = byLength(shuffled(examples, random), most).map((group): SentenceClasses => ({
      ...encodeSentences(group.map(({ words }) => words), vocabulary),
      classes: Int32Array.from(group, ({ id }) => id),
    }));
    return shuffled(groups, random);
  };
}
