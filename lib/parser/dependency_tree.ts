/**
 * A dependency tree over the words 1 to n of a sentence; 0 is ROOT, which is no word. Plain data.
 */
export interface DependencyTree {
  /** `heads[i]` is the number of the head of word i + 1: 1 to n, or 0 for ROOT. */
  readonly heads: readonly number[];
  /** `labels[i]` is the relation of word i + 1 to its head, such as "nsubj". */
  readonly labels: readonly string[];
}

/** Why a list of heads is no tree: which word, and what is wrong with it. */
export interface TreeProblem {
  /** Number of the word, 1 to n; 0 if no word is to blame. */
  readonly word: number;
  /** The problem in words. */
  readonly problem: string;
}

/** What {@linkcode treeProblem} takes for a tree. */
export interface TreeOptions {
  /** Whether several words may hang from ROOT. @default {false} */
  severalRoots?: boolean;
}

/**
 * What keeps a list of heads from being a dependency tree: a head that does not exist, a word that
 * is its own head, no root or more than one, a cycle.
 *
 * @param heads `heads[i]` is the number of the head of word i + 1, 0 for ROOT
 * @returns the first problem, or `undefined` for a tree
 */
export function treeProblem(
  heads: readonly number[],
  { severalRoots = false }: TreeOptions = {},
): TreeProblem | undefined {
  let root = 0;
  for (const [i, head] of heads.entries()) {
    const word = i + 1;
    if (!Number.isInteger(head) || head < 0 || head > heads.length) {
      return { word, problem: `expected a head from 0 to ${heads.length}, got ${head}` };
    }
    if (head === word) return { word, problem: "expected another word as the head, got itself" };
    if (head !== 0) continue;
    if (root && !severalRoots) {
      return { word, problem: `expected one root, got words ${root} and ${word}` };
    }
    root = word;
  }
  if (!root) return { word: 0, problem: "expected one word with head 0, got none" };
  const word = firstWordOnCycle(heads);
  return word ? { word, problem: "expected a tree, got a cycle through this word" } : undefined;
}

/** Number of a word on a cycle, 0 if every word comes from ROOT. O(n). */
function firstWordOnCycle(heads: readonly number[]): number {
  const reachedFrom = new Int32Array(heads.length + 1); // the word whose way up came by here
  for (let start = 1; start <= heads.length; start++) {
    let word = start;
    while (word !== 0 && reachedFrom[word] === 0) {
      reachedFrom[word] = start;
      word = heads[word - 1];
    }
    if (word !== 0 && reachedFrom[word] === start) return word;
  }
  return 0;
}

/**
 * Checks that heads and labels make a tree with one root.
 *
 * @throws {RangeError} if they do not, naming the word
 */
export function assertTree({ heads, labels }: DependencyTree): void {
  if (heads.length !== labels.length) {
    throw new RangeError(
      `Cannot use a dependency tree: expected a label for each of its ${heads.length} words,` +
        ` got ${labels.length}`,
    );
  }
  assertHeads(heads, { doing: "use a dependency tree" });
}

/**
 * Checks heads alone.
 *
 * @param options `doing`: what cannot be done with them, for the error
 * @throws {RangeError} if they make no tree, naming the word
 */
export function assertHeads(
  heads: readonly number[],
  { doing, severalRoots }: TreeOptions & { doing: string },
): void {
  const found = treeProblem(heads, { severalRoots });
  if (!found) return;
  const where = found.word ? ` at word ${found.word}` : "";
  throw new RangeError(`Cannot ${doing}${where}: ${found.problem}`);
}
