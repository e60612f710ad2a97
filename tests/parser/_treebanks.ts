/**
 * Treebanks for tests that need them, read once; where there is no mirror they are ignored.
 *
 * @module
 */
import { readEwtTreebank, readNltkTreebank, type TreebankSplit } from "#lib/parser/mod.ts";

let ewt: Promise<TreebankSplit> | undefined, nltk: Promise<TreebankSplit> | undefined;

/** UD English-EWT. */
export function ewtTreebank(): Promise<TreebankSplit> {
  return ewt ??= readEwtTreebank();
}

/** NLTK's sample of the Penn Treebank. */
export function nltkTreebank(): Promise<TreebankSplit> {
  return nltk ??= readNltkTreebank();
}
