import type { AnnotatedSentence, DependencyParser, Sentence } from "./sentence.ts";
import type { DependencyTree } from "./dependency_tree.ts";

/**
 * The sentences to which two parsers give the same tree, every head and label alike, with that tree:
 * where parsers that work in different ways agree they are mostly right, so that a third can learn
 * from them (tri-training; Weiss et al. 2015).
 *
 * @returns in the order of the sentences; one without words has no tree to agree on
 */
export async function agreedTrees(
  sentences: readonly Sentence[],
  [first, second]: readonly [DependencyParser, DependencyParser],
): Promise<AnnotatedSentence[]> {
  const trees = await first.parse(sentences), others = await second.parse(sentences);
  return sentences.flatMap((sentence, i) =>
    sentence.words.length > 0 && isEqual(trees[i], others[i])
      ? [{ ...sentence, tree: trees[i] }]
      : []
  );
}

function isEqual(one: DependencyTree, other: DependencyTree): boolean {
  return one.heads.every((head, i) => head === other.heads[i]) &&
    one.labels.every((label, i) => label === other.labels[i]);
}
