import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { MajorityTagger, phrasesOf, scorePhrases, tagAccuracy } from "#lib/tagging/mod.ts";

Deno.test("phrases begin and end as conlleval has it", () => {
  const spans = (tags: string) =>
    phrasesOf(tags.split(" ")).map(({ from, to, label }) => `${label}[${from},${to})`).join(" ");
  assertEquals(spans("O O"), "");
  assertEquals(spans("B-A I-A O B-B"), "A[0,2) B[3,4)");
  assertEquals(spans("B-A B-A I-A"), "A[0,1) A[1,3)"); // side by side
  assertEquals(spans("I-A I-A O I-A"), "A[0,2) A[3,4)"); // no beginning: begun all the same
  assertEquals(spans("B-A I-B I-B"), "A[0,1) B[1,3)"); // another label
  assertEquals(spans("B-A O I-A"), "A[0,1) A[2,3)"); // a gap
  assertThrows(() => phrasesOf(["B-A", "NOUN"]), RangeError, 'got "NOUN"');
});

Deno.test("F1 counts phrases with the right words and the right label", () => {
  const words = ["a", "b", "c", "d", "e"];
  const gold = [{ words, tags: ["B-PER", "I-PER", "O", "B-LOC", "O"] }];
  const score = scorePhrases(gold, [["B-PER", "I-PER", "B-ORG", "B-ORG", "O"]]);
  assertEquals([score.right, score.found, score.gold], [1, 3, 2]);
  assertAlmostEquals(score.precision, 1 / 3);
  assertAlmostEquals(score.recall, 1 / 2);
  assertAlmostEquals(score.f1, 2 / (3 + 2)); // 2PR/(P + R) = 2 · 1/6 / (5/6)
  const shorter = scorePhrases(gold, [["B-PER", "O", "O", "B-LOC", "O"]]);
  assertEquals([shorter.right, shorter.found], [1, 2]);
  assertEquals(scorePhrases(gold, [["O", "O", "O", "O", "O"]]).f1, 0);
});

Deno.test("accuracy divides once, and lists that do not fit are refused", () => {
  const gold = [{ words: ["a"], tags: ["X"] }, { words: ["b", "c", "d"], tags: ["X", "Y", "X"] }];
  assertEquals(tagAccuracy(gold, [["X"], ["X", "Y", "Y"]]), 3 / 4);
  assertThrows(() => tagAccuracy(gold, [["X"]]), RangeError, "2 sentences, got 1");
  assertThrows(() => tagAccuracy(gold, [["X"], ["X"]]), RangeError, "sentence 2: expected 3");
  assertThrows(() => tagAccuracy([], []), RangeError, "got none");
});

Deno.test("the majority tagger: a word's usual tag, and that of words seen once", async () => {
  const tagger = new MajorityTagger([
    { words: ["flies", "flies", "flies", "the", "the"], tags: ["V", "N", "V", "D", "D"] },
    { words: ["fruit", "time", "runs"], tags: ["N", "N", "V"] },
  ]);
  assertEquals(await tagger.tag([["the", "flies"], [], ["unseen", "runs"]]), [
    ["D", "V"],
    [],
    ["N", "V"],
  ]);
  assertThrows(() => new MajorityTagger([]), RangeError, "got none");
  const noneOnce = { words: ["the", "the", "dog", "dog", "cat", "cat"] };
  const nouns = new MajorityTagger([{ ...noneOnce, tags: ["D", "D", "N", "N", "N", "N"] }]);
  assertEquals(await nouns.tag([["unseen"]]), [["N"]]);
});
