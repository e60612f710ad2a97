/**
 * Pseudo-projective parsing (Nivre & Nilsson 2005), encoding scheme "head": a projective parser
 * learns from trees made projective by lifting arcs; the label of a lifted arc says below what kind
 * of word the true head is to be looked for.
 *
 * @module
 */
import { assertHeads, type DependencyTree } from "./dependency_tree.ts";
import { isProjective } from "./projectivity.ts";

/** Stands between a lifted arc's label and the label of its true head; in no label otherwise. */
const MARK = "|";

/**
 * Makes a tree projective: as long as arcs are non-projective, the shortest of them (the leftmost
 * among equals) is lifted, so that its dependent hangs from its head's head. A lifted arc labelled
 * l becomes l|h, h being the label of its first head.
 *
 * @param tree a tree, which may have several roots
 * @returns a projective tree; the same labels and heads if it was one already
 * @throws {RangeError} if it is no tree
 */
export function projectivize(tree: DependencyTree): DependencyTree {
  if (isProjective(tree.heads)) return tree;
  assertHeads(tree.heads, { doing: "lift arcs", severalRoots: true });
  const heads = [...tree.heads];
  const lifted = new Set<number>();
  for (let word = shortestNonProjective(heads); word; word = shortestNonProjective(heads)) {
    heads[word - 1] = heads[heads[word - 1] - 1];
    lifted.add(word);
  }
  const labels = tree.labels.map((label, i) =>
    lifted.has(i + 1) ? label + MARK + tree.labels[tree.heads[i] - 1] : label
  );
  return { heads, labels };
}

/** The dependent of the shortest arc h → d with a word between them that h does not dominate. */
function shortestNonProjective(heads: readonly number[]): number {
  let shortest = 0, length = Infinity;
  for (let word = 1; word <= heads.length; word++) {
    const head = heads[word - 1];
    if (Math.abs(head - word) >= length) continue;
    if (!dominatesAllBetween(heads, word)) [shortest, length] = [word, Math.abs(head - word)];
  }
  return shortest;
}

function dominatesAllBetween(heads: readonly number[], word: number): boolean {
  const head = heads[word - 1];
  for (let k = Math.min(head, word) + 1; k < Math.max(head, word); k++) {
    let above = k;
    while (above !== 0 && above !== head) above = heads[above - 1];
    if (above !== head) return false;
  }
  return true;
}

/**
 * Gives arcs labelled l|h back to a head labelled h, found breadth-first below the head they have
 * now, each level from left to right. Words nearer to ROOT come first; a word that finds none tries
 * again when others have found theirs, and keeps its head in the end. All labels lose their marks.
 *
 * @param tree a tree with one root
 * @returns a tree with one root
 */
export function deprojectivize(tree: DependencyTree): DependencyTree {
  if (!tree.labels.some((label) => label.includes(MARK))) return tree;
  const heads = [...tree.heads];
  const parts = tree.labels.map((label) => label.split(MARK));
  const labels = parts.map(([label]) => label);
  const attach = (word: number): boolean => {
    const found = findBelow({ heads, labels }, word, parts[word - 1][1]);
    if (found !== undefined) heads[word - 1] = found;
    return found !== undefined;
  };
  let lifted = breadthFirst(tree.heads).filter((word) => parts[word - 1].length > 1);
  for (let before = Infinity; lifted.length < before;) {
    before = lifted.length;
    lifted = lifted.filter((word) => !attach(word));
  }
  return { heads, labels };
}

/** The words by their distance from ROOT, each level from left to right. */
function breadthFirst(heads: readonly number[]): number[] {
  const order = [0];
  for (const above of order) {
    for (const [i, head] of heads.entries()) if (head === above) order.push(i + 1);
  }
  return order.slice(1);
}

/** The first word labelled `wanted` below the head of `word`, the words below `word` left out. */
function findBelow(tree: DependencyTree, word: number, wanted: string): number | undefined {
  let level = [tree.heads[word - 1]];
  while (level.length > 0) {
    const next: number[] = [];
    for (const [i, head] of tree.heads.entries()) {
      if (i + 1 === word || !level.includes(head)) continue;
      next.push(i + 1);
    }
    const found = next.find((candidate) => tree.labels[candidate - 1] === wanted);
    if (found !== undefined) return found;
    level = next;
  }
  return undefined;
}
