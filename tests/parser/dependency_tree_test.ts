import { assert, assertEquals, assertThrows } from "@std/assert";
import { assertTree, crossingArcs, isProjective, treeProblem } from "#lib/parser/mod.ts";
import { headLists } from "./_head_lists.ts";

/** Whether going up from every word ends at ROOT and exactly one word hangs from it. */
function isTreeNaively(heads: readonly number[]): boolean {
  const reachesRoot = (word: number) => {
    for (let steps = 0; steps <= heads.length; steps++) {
      if (word === 0) return true;
      word = heads[word - 1];
    }
    return false;
  };
  return heads.filter((head) => head === 0).length === 1 &&
    heads.every((_, i) => reachesRoot(i + 1));
}

/** Whether the words met in an in-order walk of the tree from ROOT are 1, 2, …, n. */
function isProjectiveNaively(heads: readonly number[]): boolean {
  const walk = (node: number): number[] => {
    const children = heads.flatMap((head, i) => (head === node ? [i + 1] : []));
    return [
      ...children.filter((child) => child < node).flatMap(walk),
      node,
      ...children.filter((child) => child > node).flatMap(walk),
    ];
  };
  return walk(0).every((word, i) => word === i);
}

Deno.test("treeProblem() finds exactly the head lists that are no tree, up to 5 words", () => {
  let trees = 0;
  for (const heads of headLists(5)) {
    assertEquals(treeProblem(heads) === undefined, isTreeNaively(heads), `${heads}`);
    trees += Number(isTreeNaively(heads));
  }
  assertEquals(trees, 1 + 2 + 9 + 64 + 625); // n^(n-1) rooted labelled trees (Cayley)
});

Deno.test("isProjective() equals the in-order walk for every tree of up to 6 words", () => {
  let projective = 0;
  for (const heads of headLists(6)) {
    if (!isTreeNaively(heads)) continue;
    assertEquals(isProjective(heads), isProjectiveNaively(heads), `${heads}`);
    assertEquals(isProjective(heads), crossingArcs(heads).length === 0);
    projective += Number(isProjective(heads));
  }
  assertEquals(projective, 1 + 2 + 7 + 30 + 143 + 728); // single-rooted projective trees
});

Deno.test("problems name the word and what is wrong", () => {
  assertEquals(treeProblem([2, 9]), { word: 2, problem: "expected a head from 0 to 2, got 9" });
  assertEquals(treeProblem([0, 2])?.word, 2);
  assertEquals(treeProblem([0, 0])?.problem, "expected one root, got words 1 and 2");
  assertEquals(treeProblem([2, 1])?.word, 0);
  assertEquals(treeProblem([0, 3, 2])?.problem, "expected a tree, got a cycle through this word");
  assertThrows(
    () => assertTree({ heads: [0, 3, 2], labels: ["a", "b", "c"] }),
    RangeError,
    "word 2",
  );
  assertThrows(() => assertTree({ heads: [0], labels: [] }), RangeError, "a label for each");
  assertTree({ heads: [0, 1], labels: ["root", "punct"] });
});

Deno.test("crossingArcs() names both arcs of a crossing", () => {
  assertEquals(crossingArcs([3, 4, 0, 3]), [1, 2, 3]); // 2 → 4 crosses 1 → 3 and ROOT → 3
  assert(crossingArcs([2, 0]).length === 0);
});
