import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { ArcScores, chuLiuEdmonds, spanningTreeSteps, treeProblem } from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { allTrees, randomScores } from "./_all_trees.ts";

Deno.test("the textbook's steps lead to the best tree: 500 random sentences of 1 to 6 words", () => {
  const random = seeded(1);
  for (let round = 0; round < 500; round++) {
    const n = 1 + round % 6, scores = randomScores(n, random);
    const { heads } = spanningTreeSteps(scores);
    assertEquals(treeProblem(heads), undefined);
    assertAlmostEquals(
      scores.of(heads),
      Math.max(...allTrees(n).map((tree) => scores.of(tree))),
      1e-9,
    );
  }
});

Deno.test("and to the tree of the fast algorithm, over 30 words with cycles within cycles", () => {
  const random = seeded(2);
  let deepest = 0;
  for (let round = 0; round < 30; round++) {
    const scores = randomScores(30, random), { heads, steps } = spanningTreeSteps(scores);
    assertAlmostEquals(scores.of(heads), scores.of(chuLiuEdmonds(scores)), 1e-9);
    deepest = Math.max(deepest, steps.filter(({ action }) => action === "contract").length);
  }
  assert(deepest > 3, `${deepest}`);
});

Deno.test("the steps by hand: two words that take each other are entered where it costs least", () => {
  const scores = new ArcScores(2);
  scores.set(0, 1, 1);
  scores.set(0, 2, 2);
  scores.set(1, 2, 10);
  scores.set(2, 1, 8);
  const { steps, heads } = spanningTreeSteps(scores); // ROOT → 1 → 2 is worth 11, ROOT → 2 → 1 only 10
  assertEquals(heads, [0, 1]);
  assertEquals(steps.map(({ action }) => action), ["choose", "contract", "choose", "open"]);
  assertEquals(steps[0].arcs, [[2, 1], [1, 2]]);
  assertEquals(steps[1].cycle, [1, 2]);
  assertEquals(steps[2].nodes, [[1, 2]]);
  assertEquals(steps[2].arcs, [[0, 1]]);
  assertEquals(steps[3].arcs, [[0, 1], [1, 2]]);
});
