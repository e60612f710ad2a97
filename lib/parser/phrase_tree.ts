import { TreebankError } from "./treebank_error.ts";

/** A phrase-structure tree of the Penn Treebank: a phrase over phrases and words. */
export interface Phrase {
  /** Category with its functions and indices, such as `NP-SBJ-1`; "" for the outermost brackets. */
  readonly label: string;
  /** What the phrase consists of, in order. */
  readonly children: readonly (Phrase | TaggedWord)[];
}

/** A word of a phrase-structure tree, or an empty element (tag `-NONE-`). */
export interface TaggedWord {
  /** Part-of-speech tag. */
  readonly tag: string;
  /** The word; brackets are written -LRB-, -RRB- and so on. */
  readonly word: string;
}

/**
 * The trees of a text in the bracket notation of the Penn Treebank (`.mrg` files).
 *
 * @param file where the text is from, for errors
 * @throws {TreebankError} naming the line, if brackets do not match or a node is malformed
 *
 * @example
 * ```ts
 * import { parsePhraseTrees } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [tree] = parsePhraseTrees("(S (NP (PRP He)) (VP (VBZ sleeps)))");
 * assertEquals(tree.children.length, 2);
 * ```
 */
export function parsePhraseTrees(text: string, file?: string): Phrase[] {
  const trees: Phrase[] = [];
  const open: { label: string; children: (Phrase | TaggedWord)[]; word?: string }[] = [];
  let line = 1;
  const fail = (what: string): never => {
    throw new TreebankError(`bracketed trees${file ? ` of ${file}` : ""}`, { line }, what);
  };
  for (const [token] of text.matchAll(/\n|\(\s*[^\s()]*|\)|[^\s()]+/g)) {
    if (token.startsWith("(")) {
      if (open.at(-1)?.word !== undefined) fail(`expected ), got ${token}`);
      open.push({ label: token.slice(1).trim(), children: [] });
    } else if (token === ")") {
      const node = open.pop() ?? fail("expected (, got ) without its bracket");
      const finished = finish(node, fail);
      if (open.length > 0) open[open.length - 1].children.push(finished);
      else trees.push("children" in finished ? finished : fail("expected a phrase, got a word"));
    } else if (token !== "\n") {
      const node = open.at(-1) ?? fail(`expected (, got ${token}`);
      if (node.word !== undefined || node.children.length > 0) fail(`expected ), got ${token}`);
      node.word = token;
    }
    line += token.split("\n").length - 1;
  }
  if (open.length > 0) fail(`expected ${open.length} more ), got the end of the text`);
  return trees;
}

function finish(
  { label, children, word }: { label: string; children: (Phrase | TaggedWord)[]; word?: string },
  fail: (what: string) => never,
): Phrase | TaggedWord {
  if (word !== undefined) return label ? { tag: label, word } : fail(`expected a tag for ${word}`);
  return children.length > 0 ? { label, children } : fail("expected a word or a phrase, got ()");
}
