import type { AnnotatedSentence } from "#lib/parser/mod.ts";

/** "word/tag/head/label" for each word. */
function sentence(text: string): AnnotatedSentence {
  const rows = text.split(" ").map((word) => word.split("/"));
  return {
    words: rows.map(([word]) => word),
    tags: rows.map(([, tag]) => tag),
    tree: { heads: rows.map((row) => Number(row[2])), labels: rows.map((row) => row[3]) },
  };
}

/** A few sentences of our own; the last one is not projective. */
export const SMALL_TREEBANK: AnnotatedSentence[] = [
  "He/PRP/2/nsubj has/VBZ/0/root good/JJ/4/amod control/NN/2/obj ././2/punct",
  "She/PRP/2/nsubj sleeps/VBZ/0/root ././2/punct",
  "The/DT/3/det old/JJ/3/amod dog/NN/4/nsubj saw/VBD/0/root a/DT/6/det cat/NN/4/obj ././4/punct",
  "Stop/VB/0/root !/./1/punct",
  "They/PRP/2/nsubj gave/VBD/0/root the/DT/4/det dog/NN/2/iobj a/DT/6/det bone/NN/2/obj ././2/punct",
  "A/DT/2/det hearing/NN/3/nsubj came/VBD/0/root on/IN/6/case the/DT/6/det issue/NN/2/nmod",
].map(sentence);
