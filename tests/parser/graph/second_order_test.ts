import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  ArcScores,
  eisner,
  eisnerSiblings,
  innerSiblings,
  insideOutside,
  isProjective,
  reattach,
  SiblingScores,
  treeProblem,
} from "#lib/parser/mod.ts";
import { type Random, seeded } from "#lib/random/mod.ts";
import { allTrees, logSumExp, projectiveTrees, randomScores } from "../_all_trees.ts";

const ROUNDS = 500;

function randomSiblingScores(n: number, random: Random): SiblingScores {
  const siblings = Float64Array.from({ length: (n + 1) ** 3 }, () => 10 * random() - 5);
  return new SiblingScores(randomScores(n, random), siblings);
}

Deno.test("inner siblings are the next ones towards the head, or the head", () => {
  // 3 has the dependents 1 and 2 before it and 4 and 6 after it
  assertEquals([...innerSiblings([3, 3, 0, 3, 4, 3])], [2, 3, 0, 3, 4, 4]);
});

Deno.test("a tree's score is that of its arcs and adjacent siblings, counted by hand", () => {
  const scores = randomSiblingScores(6, seeded(1)), heads = [3, 3, 0, 3, 4, 3];
  const pairs = [[3, 2, 1], [3, 3, 2], [0, 0, 3], [3, 3, 4], [4, 4, 5], [3, 4, 6]];
  const expected = scores.arcs.of(heads) +
    pairs.reduce((sum, [head, inner, word]) => sum + scores.at(head, inner, word), 0);
  assertAlmostEquals(scores.of(heads), expected, 1e-12);
});

Deno.test("Eisner with siblings finds the best projective tree: 500 sentences of 1 to 6 words", () => {
  const random = seeded(2);
  for (let round = 0; round < ROUNDS; round++) {
    const n = 1 + round % 6, scores = randomSiblingScores(n, random);
    const heads = eisnerSiblings(scores);
    assertEquals(treeProblem(heads), undefined);
    assert(isProjective(heads));
    const best = Math.max(...projectiveTrees(n).map((tree) => scores.of(tree)));
    assertAlmostEquals(scores.of(heads), best, 1e-9);
  }
});

Deno.test("without sibling scores, Eisner with siblings is Eisner", () => {
  const random = seeded(3);
  for (let n = 0; n <= 40; n++) {
    const arcs = randomScores(n, random);
    assertEquals(eisnerSiblings(new SiblingScores(arcs)), eisner(arcs));
  }
});

Deno.test("re-attachment ends where no single move gains, at or above the projective optimum", () => {
  const random = seeded(4);
  let crossing = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const n = 1 + round % 6, scores = randomSiblingScores(n, random);
    const heads = reattach(scores), score = scores.of(heads);
    assertEquals(treeProblem(heads), undefined);
    assert(score >= scores.of(eisnerSiblings(scores)) - 1e-9);
    crossing += Number(!isProjective(heads));
    for (const tree of allTrees(n)) {
      const moved = tree.filter((head, i) => head !== heads[i]).length;
      if (moved === 1) assert(scores.of(tree) <= score + 1e-9);
    }
  }
  assert(crossing > 50, `${crossing} trees with crossing arcs`);
});

Deno.test("inside–outside: log Z and marginals are those of the enumerated projective trees", () => {
  const random = seeded(5);
  for (let round = 0; round < ROUNDS; round++) {
    const n = 1 + round % 6, scores = randomScores(n, random);
    const { logPartition, marginals } = insideOutside(scores);
    const trees = projectiveTrees(n), of = trees.map((tree) => scores.of(tree));
    assertAlmostEquals(logPartition, logSumExp(of), 1e-9);
    const expected = new ArcScores(n);
    for (const [i, tree] of trees.entries()) {
      for (const [word, head] of tree.entries()) {
        const share = Math.exp(of[i] - logPartition);
        expected.set(head, word + 1, expected.at(head, word + 1) + share);
      }
    }
    for (const [i, p] of expected.values.entries()) {
      assertAlmostEquals(marginals.values[i], p, 1e-9);
    }
  }
});

Deno.test("inside–outside leaves out arcs of −Infinity and refuses where no tree is left", () => {
  const scores = randomScores(3, seeded(6));
  scores.set(0, 1, -Infinity);
  scores.set(0, 2, -Infinity);
  const { marginals } = insideOutside(scores);
  assertAlmostEquals(marginals.at(0, 3), 1, 1e-12);
  scores.set(0, 3, -Infinity);
  assertThrows(() => insideOutside(scores), RangeError, "Cannot sum over the projective trees");
});

Deno.test("inside–outside stays finite for scores of ±800", () => {
  const scores = new ArcScores(3, Float64Array.from({ length: 16 }, (_, i) => i % 2 ? 800 : -800));
  const expected = logSumExp(projectiveTrees(3).map((tree) => scores.of(tree)));
  assertAlmostEquals(insideOutside(scores).logPartition, expected, 1e-6);
});

Deno.test("sibling scores of the wrong number are refused", () => {
  assertThrows(() => new SiblingScores(new ArcScores(2), new Float64Array(9)), RangeError, "27");
});
