import { allTrees } from "../_all_trees.ts";
import { type Random, shuffled } from "#lib/random/mod.ts";
import { type AnnotatedSentence, isProjective } from "#lib/parser/mod.ts";

const WORDS: Record<string, readonly string[]> = {
  NN: ["dog", "telescope", "river", "parser"],
  VB: ["sees", "eats", "finds"],
  IN: ["with", "near", "of"],
  DT: ["the", "a"],
};

/** Sentences of made-up words with trees drawn at random, so that only their words tell them apart. */
export function randomTreebank(
  size: number,
  random: Random,
  { projective = true } = {},
): AnnotatedSentence[] {
  return Array.from({ length: size }, (_, number) => {
    const n = 3 + number % 4;
    const trees = allTrees(n).filter((heads) => !projective || isProjective(heads));
    const heads = trees[Math.floor(random() * trees.length)];
    const tags = shuffled(["NN", "VB", "IN", "DT", "NN", "DT"], random).slice(0, n);
    const words = tags.map((tag) => WORDS[tag][Math.floor(random() * WORDS[tag].length)] + number);
    const labels = heads.map((head, i) => head === 0 ? "root" : tags[i].toLowerCase());
    return { words, tags, tree: { heads, labels } };
  });
}
