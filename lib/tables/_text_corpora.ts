import { type DataOptions, readQuestions, readSentencePolarity } from "#lib/data/mod.ts";
import type { LabelledText } from "#lib/classify/mod.ts";
import { once } from "./_once.ts";

/** Labelled texts to learn from, choose on and report. */
export interface LabelledSplit {
  train: readonly LabelledText[];
  dev: readonly LabelledText[];
  test: readonly LabelledText[];
}

/** A corpus of the table `sentence-classifiers`. */
export interface TextCorpus {
  name: string;
  data: string;
  read: (data: DataOptions) => Promise<LabelledSplit>;
}

export const POLARITY: TextCorpus = {
  name: "polarity",
  data: "Sentence polarity (Pang and Lee 2005), test and dev drawn with seed 1",
  read: once((data: DataOptions) => readSentencePolarity(data)),
};

export const QUESTIONS: TextCorpus = {
  name: "questions",
  data: "Question classification (Li and Roth 2002), 6 classes, dev drawn with seed 1",
  read: once(async (data: DataOptions) => {
    const { train, dev, test } = await readQuestions(data);
    const coarse = (part: typeof train) =>
      part.map(({ words, coarse: label }) => ({ words, label }));
    return { train: coarse(train), dev: coarse(dev), test: coarse(test) };
  }),
};
