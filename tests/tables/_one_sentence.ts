import { isUniversalPunctuation } from "#lib/parser/mod.ts";

/** The one sentence of {@linkcode oneSentence}. */
export const sentence = {
  words: ["He", "sings", "old", "songs"],
  tags: ["PRP", "VBZ", "JJ", "NNS"],
  tree: { heads: [2, 0, 4, 2], labels: ["nsubj", "root", "amod", "obj"] },
};

/** A corpus whose parts are one sentence. */
export const oneSentence = {
  ...{ name: "own", isLabelled: true, data: "one sentence", isPunctuation: isUniversalPunctuation },
  read: () => Promise.resolve({ train: [sentence], dev: [sentence], test: [sentence] }),
};
