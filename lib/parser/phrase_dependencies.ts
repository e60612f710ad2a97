import { type HeadRule, YAMADA_MATSUMOTO } from "./head_rules.ts";
import type { Phrase, TaggedWord } from "./phrase_tree.ts";
import type { AnnotatedSentence } from "./sentence.ts";
import { UNLABELLED } from "./tag_head_lines.ts";

const PUNCTUATION = new Set([",", ":", ".", "``", "''", "-LRB-", "-RRB-"]);

/**
 * Turns a phrase-structure tree into dependencies: each phrase has a head child by the rules, the
 * head words of the other children depend on the head word of that child. Empty elements are left
 * out, with the phrases that hold nothing else. Labels are {@linkcode UNLABELLED}.
 *
 * @param rules the head rule of each category; phrases without one are headed by
 *   their last child that is no punctuation
 * @throws {RangeError} if the tree holds no words
 *
 * @example
 * ```ts
 * import { dependenciesOf, parsePhraseTrees } from "#lib/parser/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [tree] = parsePhraseTrees("(S (NP (PRP He)) (VP (VBZ has) (NP (JJ good) (NN control))))");
 * assertEquals(dependenciesOf(tree).tree.heads, [2, 0, 4, 2]);
 * ```
 */
export function dependenciesOf(
  tree: Phrase,
  rules: ReadonlyMap<string, HeadRule> = YAMADA_MATSUMOTO,
): AnnotatedSentence {
  const words: string[] = [], tags: string[] = [], heads: number[] = [];
  /** Numbers the words below a node and attaches them; returns the node's head word, 0 if empty. */
  const visit = (node: Phrase | TaggedWord): number => {
    if ("word" in node) {
      if (node.tag === "-NONE-") return 0;
      words.push(node.word);
      tags.push(node.tag);
      return words.length;
    }
    const children = node.children
      .map((child) => ({ category: categoryOf(child), head: visit(child) }))
      .filter(({ head }) => head > 0);
    if (children.length === 0) return 0;
    const { head } = headChild(children, rules.get(categoryOf(node)));
    for (const child of children) if (child.head !== head) heads[child.head - 1] = head;
    return head;
  };
  const root = visit(tree);
  if (root === 0) {
    throw new RangeError("Cannot make dependencies of a phrase tree: expected words, got none");
  }
  heads[root - 1] = 0;
  return { words, tags, tree: { heads, labels: heads.map(() => UNLABELLED) } };
}

/** `NP-SBJ-1` and `NP=2` are both NPs; `-LRB-` is a tag as it stands. */
function categoryOf(node: Phrase | TaggedWord): string {
  return "word" in node ? node.tag : node.label.split(/(?<!^)[-=]/)[0];
}

function headChild<Child extends { category: string }>(
  children: readonly Child[],
  rule: HeadRule = { from: "right", order: [] },
): Child {
  const ordered = rule.from === "left" ? children : children.toReversed();
  for (const group of rule.order) {
    const categories = group.split(" ");
    const found = ordered.find(({ category }) => categories.includes(category));
    if (found) return found;
  }
  return ordered.find(({ category }) => !PUNCTUATION.has(category)) ?? ordered[0];
}
