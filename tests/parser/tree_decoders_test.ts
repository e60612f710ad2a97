import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  ArcScores,
  chuLiuEdmonds,
  eisner,
  eisnerSiblings,
  isProjective,
  matrixTree,
  SiblingScores,
  spanningTreeSteps,
  treeProblem,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { allTrees, logSumExp, projectiveTrees, randomScores } from "./_all_trees.ts";

const ROUNDS = 500;

Deno.test("there are nⁿ⁻¹ trees with one root over n words", () => {
  for (const n of [1, 2, 3, 4, 5, 6]) assertEquals(allTrees(n).length, n ** (n - 1));
});

Deno.test("Eisner finds the best projective tree of all: 500 random sentences of 1 to 6 words", () => {
  const random = seeded(1);
  for (let round = 0; round < ROUNDS; round++) {
    const n = 1 + round % 6, scores = randomScores(n, random);
    const heads = eisner(scores);
    assertEquals(treeProblem(heads), undefined);
    assert(isProjective(heads));
    const best = Math.max(...projectiveTrees(n).map((tree) => scores.of(tree)));
    assertAlmostEquals(scores.of(heads), best, 1e-9);
  }
});

Deno.test("Chu–Liu/Edmonds finds the best tree of all: 500 random sentences of 1 to 6 words", () => {
  const random = seeded(2);
  for (let round = 0; round < ROUNDS; round++) {
    const n = 1 + round % 6, scores = randomScores(n, random);
    const heads = chuLiuEdmonds(scores);
    assertEquals(treeProblem(heads), undefined);
    const best = Math.max(...allTrees(n).map((tree) => scores.of(tree)));
    assertAlmostEquals(scores.of(heads), best, 1e-9);
  }
});

Deno.test("crossing arcs never cost: Chu–Liu/Edmonds scores at least what Eisner does", () => {
  const random = seeded(3);
  for (let n = 1; n <= 60; n++) {
    const scores = randomScores(n, random);
    const heads = chuLiuEdmonds(scores);
    assertEquals(treeProblem(heads), undefined);
    assert(scores.of(heads) >= scores.of(eisner(scores)) - 1e-9);
  }
});

Deno.test("arcs of −Infinity are not used, and no tree at all is said to be none", () => {
  const random = seeded(4);
  for (let round = 0; round < ROUNDS; round++) {
    const n = 2 + round % 4, scores = randomScores(n, random);
    for (let i = 0; i < scores.values.length; i++) if (random() < 0.4) scores.values[i] = -Infinity;
    const best = Math.max(...allTrees(n).map((tree) => scores.of(tree)));
    if (best === -Infinity) {
      assertThrows(() => chuLiuEdmonds(scores), RangeError, "Cannot find a tree");
    } else assertAlmostEquals(scores.of(chuLiuEdmonds(scores)), best, 1e-9);
  }
});

Deno.test("Eisner uses no arcs of −Infinity either, nor pairs with siblings", () => {
  const random = seeded(8);
  for (let round = 0; round < ROUNDS; round++) {
    const n = 1 + round % 5, scores = randomScores(n, random);
    for (let i = 0; i < scores.values.length; i++) if (random() < 0.4) scores.values[i] = -Infinity;
    const best = Math.max(...projectiveTrees(n).map((tree) => scores.of(tree)));
    for (const decode of [eisner, (arcs: ArcScores) => eisnerSiblings(new SiblingScores(arcs))]) {
      if (best > -Infinity) assertAlmostEquals(scores.of(decode(scores)), best, 1e-9);
      else assertThrows(() => decode(scores), RangeError, "Cannot find a projective tree");
    }
  }
});

for (const mask of [-1e15, -1e20, 1e20]) {
  Deno.test(`scores of ${mask} do not swallow the others`, () => {
    const random = seeded(9);
    for (let round = 0; round < ROUNDS; round++) {
      const n = 2 + round % 4, scores = randomScores(n, random), share = round % 2 ? 0.1 : 0.6;
      for (let i = 0; i < scores.values.length; i++) if (random() < share) scores.values[i] = mask;
      const best = Math.max(...allTrees(n).map((tree) => scores.of(tree)));
      const tolerance = Math.max(1e-9, Math.abs(best) * 1e-15);
      assertAlmostEquals(scores.of(chuLiuEdmonds(scores)), best, tolerance);
      assertAlmostEquals(scores.of(spanningTreeSteps(scores).heads), best, tolerance);
    }
  });
}

Deno.test("Matrix-Tree: log Z and marginals are those of the enumerated trees: 500 sentences of 1 to 6 words", () => {
  const random = seeded(5);
  for (let round = 0; round < ROUNDS; round++) {
    const n = 1 + round % 6, scores = randomScores(n, random);
    const { logPartition, marginals } = matrixTree(scores);
    const trees = allTrees(n);
    const expected = logSumExp(trees.map((tree) => scores.of(tree)));
    assertAlmostEquals(logPartition, expected, 1e-9 * Math.abs(expected) + 1e-9);
    const shares = new ArcScores(n);
    for (const tree of trees) {
      const p = Math.exp(scores.of(tree) - expected);
      tree.forEach((head, i) => shares.set(head, i + 1, shares.at(head, i + 1) + p));
    }
    for (let dependent = 1; dependent <= n; dependent++) {
      let sum = 0;
      for (let head = 0; head <= n; head++) {
        if (head === dependent) continue;
        assertAlmostEquals(marginals.at(head, dependent), shares.at(head, dependent), 1e-8);
        sum += marginals.at(head, dependent);
      }
      assertAlmostEquals(sum, 1, 1e-9);
    }
  }
});

Deno.test("Matrix-Tree's marginals are the gradient of log Z, by finite differences", () => {
  const random = seeded(6), scores = randomScores(8, random), step = 1e-5;
  const { marginals } = matrixTree(scores);
  for (let head = 0; head <= 8; head++) {
    for (let dependent = 1; dependent <= 8; dependent++) {
      if (head === dependent) continue;
      const moved = [step, -step].map((by) => {
        const values = scores.values.slice();
        values[head * 9 + dependent] += by;
        return matrixTree(new ArcScores(8, values)).logPartition;
      });
      assertAlmostEquals(
        (moved[0] - moved[1]) / (2 * step),
        marginals.at(head, dependent),
        1e-7,
      );
    }
  }
});

Deno.test("Matrix-Tree stays finite for scores of ±800", () => {
  const scores = new ArcScores(3, Float64Array.from({ length: 16 }, (_, i) => i % 2 ? 800 : -800));
  const { logPartition } = matrixTree(scores);
  assertAlmostEquals(logPartition, logSumExp(allTrees(3).map((tree) => scores.of(tree))), 1e-6);
});

Deno.test("a matrix of the wrong size is refused", () => {
  assertThrows(() => new ArcScores(3, new Float64Array(9)), RangeError, "expected 16 scores");
});
