import type { Sentence } from "./sentence.ts";
import { type TaggerTrainingOptions, trainTagger } from "./tagger_training.ts";

/** How {@linkcode jackknifeTags} divides and trains. */
export interface JackknifeOptions extends TaggerTrainingOptions {
  /** How many parts there are, each tagged by a tagger that learned from the others. @default {10} */
  folds?: number;
}

/**
 * Tags sentences as a tagger would that never saw them: part by part, each by a tagger trained on the
 * other parts. A parser trained on such tags meets the same kind of errors it will meet later.
 *
 * @returns the sentences, everything but their tags kept; part f holds those at f, f + folds, …
 * @throws {RangeError} if there are fewer sentences than folds, or fewer than two folds
 */
export function jackknifeTags<Tagged extends Sentence>(
  sentences: readonly Tagged[],
  { folds = 10, ...options }: JackknifeOptions = {},
): Tagged[] {
  if (!(folds >= 2 && folds <= sentences.length)) {
    throw new RangeError(
      `Cannot jackknife tags: expected 2 to ${sentences.length} folds, got ${folds}`,
    );
  }
  const tagged = [...sentences];
  for (let fold = 0; fold < folds; fold++) {
    const tagger = trainTagger(sentences.filter((_, i) => i % folds !== fold), options);
    for (let i = fold; i < tagged.length; i += folds) {
      tagged[i] = { ...tagged[i], tags: tagger.tagSentence(tagged[i].words) };
    }
  }
  return tagged;
}
