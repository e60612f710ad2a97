import { type DataOptions, holdOutEveryTenth, readBrown, readEntities } from "#lib/data/mod.ts";
import { readEwtTreebank, type Treebank } from "#lib/parser/mod.ts";
import { scorePhrases, tagAccuracy, type TaggedSentence, type Tagger } from "#lib/tagging/mod.ts";
import { once } from "./_once.ts";

/** Tagged sentences to train, choose and report on. */
export interface TaggedSplit {
  train: readonly TaggedSentence[];
  dev: readonly TaggedSentence[];
  test: readonly TaggedSentence[];
}

/** A corpus of the table `taggers`. */
export interface TaggedCorpus {
  name: string;
  data: string;
  /** What is measured: the accuracy of tags, or F₁ of the phrases they mark. */
  criterion: "accuracy" | "phrases";
  read: (data: DataOptions) => Promise<TaggedSplit>;
}

export const EWT_UPOS: TaggedCorpus = {
  name: "ewt",
  data: "UD English-EWT 2.16, gold tokens, UPOS",
  criterion: "accuracy",
  read: once(async (data: DataOptions) => {
    const { train, dev, test } = await readEwtTreebank(data);
    return { train: universal(train), dev: universal(dev), test: universal(test) };
  }),
};

export const BROWN_TAGS: TaggedCorpus = {
  name: "brown",
  data: "Brown, its own tags, every 10th sentence; dev: every 10th of the others",
  criterion: "accuracy",
  read: once(async (_: DataOptions) => {
    const { train: others, test } = holdOutEveryTenth(await readBrown());
    const { train, test: dev } = holdOutEveryTenth(others);
    return { train, dev, test };
  }),
};

export const SPANISH: TaggedCorpus = {
  name: "spanish",
  data: "CoNLL-2002 Spanish, dev = testa, test = testb",
  criterion: "phrases",
  read: once((data: DataOptions) => readEntities("Spanish", data)),
};

export const DUTCH: TaggedCorpus = {
  name: "dutch",
  data: "CoNLL-2002 Dutch, dev = testa, test = testb",
  criterion: "phrases",
  read: once((data: DataOptions) => readEntities("Dutch", data)),
};

function universal(treebank: Treebank): TaggedSentence[] {
  return treebank.map(({ words, universalTags }) => ({ words, tags: universalTags! }));
}

/** A tagger's figures on sentences, in %. */
export async function tagFigures(
  tagger: Tagger,
  sentences: readonly TaggedSentence[],
  { criterion }: Pick<TaggedCorpus, "criterion">,
): Promise<Record<string, number>> {
  const found = await tagger.tag(sentences.map(({ words }) => words));
  if (criterion === "accuracy") return { accuracy: 100 * tagAccuracy(sentences, found) };
  const { f1, precision, recall } = scorePhrases(sentences, found);
  return { f1: 100 * f1, precision: 100 * precision, recall: 100 * recall };
}
