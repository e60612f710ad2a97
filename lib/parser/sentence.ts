import type { DependencyTree } from "./dependency_tree.ts";

/** A sentence as a parser sees it: columns of equal length, word i + 1 at place i. */
export interface Sentence {
  /** The words as they stand in the text (FORM of CoNLL-U). */
  readonly words: readonly string[];
  /** Their part-of-speech tags, here of the Penn Treebank (XPOS of CoNLL-U). */
  readonly tags: readonly string[];
  /** Universal part-of-speech tags (UPOS), where known. */
  readonly universalTags?: readonly string[];
  /** Dictionary forms (LEMMA), where known. */
  readonly lemmas?: readonly string[];
  /** Morphological features such as `Number=Sing` (FEATS; "_" for none), where known. */
  readonly features?: readonly string[];
}

/** A sentence with its tree: one item of a treebank. */
export interface AnnotatedSentence extends Sentence {
  /** The tree an annotator gave the sentence. */
  readonly tree: DependencyTree;
}

/** Sentences with their trees. */
export type Treebank = readonly AnnotatedSentence[];

/** Whatever gives sentences their trees. */
export interface DependencyParser {
  /**
   * One tree for each sentence, in the order of the sentences.
   *
   * @throws {RangeError} if a sentence has not as many tags as words
   */
  parse(sentences: readonly Sentence[]): Promise<DependencyTree[]>;
}
