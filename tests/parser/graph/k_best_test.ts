import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ArcScores, hildreth, kBestEisner } from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { projectiveTrees, randomScores } from "../_all_trees.ts";

Deno.test("the k best trees are those of the enumeration, in order: 500 sentences of 1 to 5 words", () => {
  const random = seeded(1);
  for (let round = 0; round < 500; round++) {
    const n = 1 + round % 5, k = 1 + round % 7, scores = randomScores(n, random);
    const expected = projectiveTrees(n).map((tree) => scores.of(tree)).sort((a, b) => b - a);
    const found = kBestEisner(scores, k);
    assertEquals(found.length, Math.min(k, expected.length));
    for (const [i, { heads, score }] of found.entries()) {
      assertAlmostEquals(score, expected[i], 1e-9);
      assertAlmostEquals(scores.of(heads), score, 1e-9);
    }
    assertEquals(new Set(found.map(({ heads }) => heads.join())).size, found.length);
  }
});

Deno.test("no words make one tree, and k of 0 is refused", () => {
  assertEquals(kBestEisner(new ArcScores(0), 3), [{ heads: [], score: 0 }]);
  assertThrows(() => kBestEisner(new ArcScores(2), 0), RangeError, "expected k of 1 or more");
});

Deno.test("Hildreth with one constraint is the closed form max(0, b / ‖d‖²)", () => {
  const random = seeded(2);
  for (let round = 0; round < 100; round++) {
    const margin = 10 * random() - 5, norm = 0.1 + 5 * random();
    assertAlmostEquals(hildreth([margin], [[norm]])[0], Math.max(0, margin / norm), 1e-12);
  }
});

Deno.test("Hildreth's step keeps every constraint, and moves only along those that hold exactly", () => {
  const random = seeded(3);
  for (let round = 0; round < 200; round++) {
    const k = 2 + round % 4;
    const d = Array.from({ length: k }, () => Array.from({ length: 8 }, () => random() * 4 - 2));
    const margins = d.map(() => 3 * random() - 1);
    const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
    const alpha = hildreth(margins, d.map((a) => d.map((b) => dot(a, b))));
    const step = d[0].map((_, i) => d.reduce((sum, row, j) => sum + alpha[j] * row[i], 0));
    for (let i = 0; i < k; i++) {
      const slack = dot(step, d[i]) - margins[i];
      assert(alpha[i] >= 0 && slack > -1e-6, `${alpha[i]} ${slack}`);
      assert(alpha[i] === 0 || Math.abs(slack) < 1e-6, `${alpha[i]} ${slack}`);
    }
  }
});

Deno.test("a constraint without a direction is let be", () => {
  assertEquals(hildreth([1, 2], [[0, 0], [0, 4]]), [0, 0.5]);
});
