import { treeProblem } from "./dependency_tree.ts";
import type { AnnotatedSentence } from "./sentence.ts";
import { TreebankError } from "./treebank_error.ts";

/** The label of every arc of a treebank without labels. */
export const UNLABELLED = "_";

/**
 * The sentences of a file of NLTK's `dependency_treebank` (the sample of the Penn Treebank): one
 * word a line with its tag and the number of its head, tab-separated; an empty line between
 * sentences. All labels are {@linkcode UNLABELLED}.
 *
 * @throws {TreebankError} naming line and column, if the text is not of this form
 *
 * @example
 * ```ts
 * import { parseTagHeadLines } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [{ words, tree }] = parseTagHeadLines("Ann\tNNP\t2\nslept\tVBD\t0\n.\t.\t2\n");
 * assertEquals(words, ["Ann", "slept", "."]);
 * assertEquals(tree.heads, [2, 0, 2]);
 * ```
 */
export function parseTagHeadLines(text: string): AnnotatedSentence[] {
  const sentences: AnnotatedSentence[] = [];
  let rows: string[][] = [];
  const lines = text.split("\n");
  for (const [i, line] of [...lines, ""].entries()) {
    if (line !== "") rows.push(columnsOf(line, i + 1));
    else if (rows.length > 0) {
      sentences.push(sentenceOfRows(rows, i));
      rows = [];
    }
  }
  return sentences;
}

function columnsOf(line: string, number: number): string[] {
  const columns = line.split("\t");
  const fail = (column: number, what: string) => {
    throw new TreebankError("word-tag-head lines", { line: number, column }, what);
  };
  if (columns.length !== 3) {
    fail(1, `expected 3 tab-separated columns (word, tag, head), got ${columns.length}`);
  }
  const nothing = columns.indexOf("") + 1;
  if (nothing) fail(nothing, "expected a value, got nothing");
  if (!/^\d{1,9}$/.test(columns[2])) {
    fail(3, `expected the number of a word or 0, got ${columns[2]}`);
  }
  return columns;
}

function sentenceOfRows(rows: readonly string[][], lastLine: number): AnnotatedSentence {
  const heads = rows.map((row) => Number(row[2]));
  const found = treeProblem(heads);
  if (found) {
    const line = lastLine - rows.length + Math.max(found.word, 1);
    throw new TreebankError("word-tag-head lines", { line, column: 3 }, found.problem);
  }
  return {
    words: rows.map(([word]) => word),
    tags: rows.map(([, tag]) => tag),
    tree: { heads, labels: heads.map(() => UNLABELLED) },
  };
}
