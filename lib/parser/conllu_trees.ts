import { parseConllu } from "./conllu.ts";
import type { ConlluRow, ConlluSentence } from "./conllu_sentence.ts";
import type { DependencyTree } from "./dependency_tree.ts";
import type { AnnotatedSentence, Sentence } from "./sentence.ts";

/** Whether the row is a word: multiword tokens (`3-4`) and empty nodes (`3.1`) are none. */
function isWord(row: ConlluRow): boolean {
  return !row.id.includes("-") && !row.id.includes(".");
}

/** The words of a CoNLL-U sentence as a parser sees them. */
export function sentenceOf(conllu: ConlluSentence): Sentence {
  const rows = conllu.rows.filter(isWord);
  return {
    words: rows.map((row) => row.form),
    tags: rows.map((row) => row.xpos),
    universalTags: rows.map((row) => row.upos),
    lemmas: rows.map((row) => row.lemma),
    features: rows.map((row) => row.feats),
  };
}

/**
 * The tree of a CoNLL-U sentence.
 *
 * @throws {RangeError} if a word has no head
 */
export function treeOf(conllu: ConlluSentence): DependencyTree {
  const rows = conllu.rows.filter(isWord);
  const without = rows.find((row) => row.head === "_");
  if (without) {
    throw new RangeError(
      `Cannot take the tree of a CoNLL-U sentence: expected a head for every word,` +
        ` got _ for word ${without.id} "${without.form}" (is the file annotated?)`,
    );
  }
  return { heads: rows.map((row) => Number(row.head)), labels: rows.map((row) => row.deprel) };
}

/**
 * The sentences of a CoNLL-U text with their trees.
 *
 * @throws {TreebankError} if the text is not CoNLL-U
 * @throws {RangeError} if a word has no head
 */
export function parseTreebank(text: string): AnnotatedSentence[] {
  return parseConllu(text).map((conllu) => ({ ...sentenceOf(conllu), tree: treeOf(conllu) }));
}

/**
 * The sentence with another tree in HEAD and DEPREL. Enhanced dependencies (DEPS) of words become
 * "_", as they would contradict the new tree; all else stays.
 *
 * @throws {RangeError} if the tree has another number of words
 */
export function withTree(conllu: ConlluSentence, tree: DependencyTree): ConlluSentence {
  const words = conllu.rows.filter(isWord).length;
  if (tree.heads.length !== words) {
    throw new RangeError(
      `Cannot put a tree on a sentence: expected one over ${words} words, got ${tree.heads.length}`,
    );
  }
  const rows = conllu.rows.map((row) => {
    if (!isWord(row)) return row;
    const i = Number(row.id) - 1;
    return { ...row, head: String(tree.heads[i]), deprel: tree.labels[i], deps: "_" };
  });
  return { ...conllu, rows };
}

/**
 * The sentence with other tags in XPOS; all else stays.
 *
 * @param tags one for each word
 * @throws {RangeError} if their number is another
 */
export function withTags(conllu: ConlluSentence, tags: readonly string[]): ConlluSentence {
  const words = conllu.rows.filter(isWord).length;
  if (tags.length !== words) {
    throw new RangeError(
      `Cannot put tags on a sentence: expected one for each of ${words} words, got ${tags.length}`,
    );
  }
  const rows = conllu.rows.map((row) =>
    isWord(row) ? { ...row, xpos: tags[Number(row.id) - 1] } : row
  );
  return { ...conllu, rows };
}
