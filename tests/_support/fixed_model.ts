import type { LanguageModel } from "#lib/lm/mod.ts";
import { Vocabulary } from "#lib/text/mod.ts";

/** A model that knows no context: every word has the probability given, all others 0. */
export function fixedModel(probabilities: Record<string, number>): LanguageModel<null> {
  const marks = ["<unk>", "<s>", "</s>"];
  const vocabulary = new Vocabulary(
    Object.keys(probabilities).filter((word) => !marks.includes(word)),
  );
  const logP = Float64Array.from(vocabulary.words, (word) => Math.log(probabilities[word] ?? 0));
  return {
    vocabulary,
    initialState: () => null,
    advance: () => null,
    logProbabilities: () => logP.slice(),
    score: (text) => Float64Array.from(text, (id) => logP[id]),
  };
}
