import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type DependencyTree, scoreSentences, scoreTrees, type Treebank } from "#lib/parser/mod.ts";
import { compareParsers, mergedOrder, type RowPlan } from "#lib/tables/mod.ts";

const OPTIONS = { scale: "quick", data: {}, report: () => {} } as const;
const GOLD: Treebank = Array.from({ length: 60 }, () => ({
  words: ["He", "sleeps", "well"],
  tags: ["PRP", "VBZ", "RB"],
  tree: { heads: [2, 0, 2], labels: ["nsubj", "root", "advmod"] },
}));

/** A row whose parser is wrong about one word of every so many sentences. */
function row(id: string, everySo: number): RowPlan {
  const wrong = { heads: [2, 0, 1], labels: ["nsubj", "root", "advmod"] };
  const trees: DependencyTree[] = GOLD.map(({ tree }, i) => i % everySo === 0 ? wrong : tree);
  return {
    ...{ id, system: id, data: "three words", published: {}, engine: "none" },
    measure: () => Promise.resolve({ uas: scoreTrees(GOLD, trees).uas }),
    testScores: () => Promise.resolve(scoreSentences(GOLD, trees)),
  };
}

Deno.test("parsers come in the order of their scores, each with its lead over the next", async () => {
  const found = await compareParsers([row("bad", 2), row("good", 20), row("same", 20)], OPTIONS);
  assertEquals(found.map(({ row }) => row), ["good", "same", "bad"]);
  assertAlmostEquals(found[0].score, 100 * (1 - 3 / 180), 1e-9);
  assertEquals([found[0].difference, found[0].p], [0, 1]); // no better than its equal, ever
  assertAlmostEquals(found[1].difference!, 100 * 27 / 180, 1e-9);
  assert(found[1].p! < 0.001, `${found[1].p}`);
  assertEquals(found[2].next, undefined);
});

Deno.test("a row that is no parser is refused", async () => {
  const { testScores: _, ...none } = row("none", 2);
  await assertRejects(() => compareParsers([none], OPTIONS), RangeError, "Cannot compare none");
});

Deno.test("a parser joins an order kept before when it was compared with both its neighbours", async () => {
  const [best, good, fair, bad] = [row("best", 60), row("good", 20), row("fair", 5), row("bad", 2)];
  const whole = await compareParsers([best, good, fair, bad], OPTIONS);
  const kept = await compareParsers([best, good, bad], OPTIONS);
  assertEquals(mergedOrder(kept, whole), whole);
  assertEquals(mergedOrder(kept, await compareParsers([good, fair, bad], OPTIONS)), whole);
  const above = await compareParsers([good, fair], OPTIONS);
  assertThrows(() => mergedOrder(kept, above), RangeError, "add fair and bad to --row");
  const better = whole.map((each) =>
    each.row === "bad" ? { ...each, score: each.score + 1 } : each
  );
  assertThrows(
    () => mergedOrder(kept, better.slice(3)),
    RangeError,
    "Cannot put good in the order",
  );
  const lower = { ...whole[1], score: whole[1].score - 1, next: "bad", difference: 0 };
  assertEquals(mergedOrder(kept.slice(1), [lower, better[3]])[0], lower);
});
