import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  type AnnotatedSentence,
  type DependencyTree,
  isPennPunctuation,
  isUniversalPunctuation,
  pairedBootstrap,
  scoreSentences,
  scoreTrees,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const gold: AnnotatedSentence[] = [{
  words: ["He", "has", "good", "control", "."],
  tags: ["PRP", "VBZ", "JJ", "NN", "."],
  universalTags: ["PRON", "VERB", "ADJ", "NOUN", "PUNCT"],
  tree: { heads: [2, 0, 4, 2, 2], labels: ["nsubj", "root", "amod", "obj", "punct"] },
}, {
  words: ["Stop", "!"],
  tags: ["VB", "."],
  universalTags: ["VERB", "PUNCT"],
  tree: { heads: [0, 1], labels: ["root", "punct"] },
}];
const predicted: DependencyTree[] = [
  // wrong: the label of 1 but for its subtype, the label of 3, the head of 5
  { heads: [2, 0, 4, 2, 4], labels: ["nsubj:pass", "root", "det", "obj", "punct"] },
  { heads: [0, 1], labels: ["root", "punct"] },
];

Deno.test("scores counted by hand", () => {
  const score = scoreTrees(gold, predicted);
  assertAlmostEquals(score.uas, 100 * 6 / 7);
  assertAlmostEquals(score.las, 100 * 4 / 7);
  assertAlmostEquals(score.lasNoSubtypes, 100 * 5 / 7);
  assertEquals(score.counts.exactTrees, 1);
  assertEquals(score.counts.byLabel.get("punct"), { gold: 2, predicted: 2, correct: 1 });
  assertEquals(score.counts.byLabel.get("det"), { gold: 0, predicted: 1, correct: 0 });
  assertEquals(score.counts.byDistance.get(0), { gold: 2, predicted: 2, correct: 2 });
  assertEquals(score.counts.byDistance.get(1), { gold: 3, predicted: 4, correct: 3 });
  assertEquals(score.counts.byDistance.get(3), { gold: 1, predicted: 0, correct: 0 });
});

Deno.test("punctuation is left out by Penn tag or by universal tag", () => {
  for (const skip of [isPennPunctuation, isUniversalPunctuation]) {
    const { counts, uas } = scoreTrees(gold, predicted, { skip });
    assertEquals([counts.words, uas, counts.exactTrees], [5, 100, 2]);
  }
});

Deno.test("scores of parts add up to the score of the whole", () => {
  const [first, second] = scoreSentences(gold, predicted);
  assertEquals(first.add(second).counts, scoreTrees(gold, predicted).counts);
});

Deno.test("trees that do not fit the sentences are refused", () => {
  assertThrows(() => scoreTrees(gold, predicted.slice(1)), RangeError, "expected 2 of them, got 1");
  assertThrows(() => scoreTrees(gold, predicted.toReversed()), RangeError, "over 5 words, got 2");
});

Deno.test("paired bootstrap: a parser is no better than itself, better than a worse one", () => {
  const many = Array.from({ length: 300 }, () => gold).flat();
  const right = scoreSentences(many, many.map(({ tree }) => tree));
  const wrong = scoreSentences(many, Array.from({ length: 300 }, () => predicted).flat());
  const options = { resamples: 1000, random: seeded(1) };
  assertEquals(pairedBootstrap(right, right, options), { difference: 0, p: 1 });
  const better = pairedBootstrap(right, wrong, options);
  assertAlmostEquals(better.difference, 100 / 7);
  assertEquals(better.p, 0);
  assertEquals(pairedBootstrap(wrong, right, options).p, 1);
  assertAlmostEquals(
    pairedBootstrap(right, wrong, { ...options, metric: "las" }).difference,
    300 / 7,
  );
});

Deno.test("paired bootstrap: p is the binomial tail where sentences gain or lose one word", () => {
  // of 20 one-word sentences the first parser wins 3, the second 1: the gain of a resample is a
  // sum of 20 draws from {+1: 3/20, −1: 1/20, 0: 16/20}
  const sentence = { words: ["a"], tags: ["X"], tree: { heads: [0], labels: ["root"] } };
  const trees = (rights: number[]) =>
    Array.from(
      { length: 20 },
      (_, i) => ({ heads: [rights.includes(i) ? 0 : 1], labels: ["root"] }),
    );
  const treebank = Array.from({ length: 20 }, () => sentence);
  const first = scoreSentences(treebank, trees([0, 1, 2]));
  const second = scoreSentences(treebank, trees([3]));
  let distribution = new Map([[0, 1]]);
  for (let draw = 0; draw < 20; draw++) {
    const next = new Map<number, number>();
    for (const [gain, p] of distribution) {
      for (const [step, share] of [[1, 3 / 20], [-1, 1 / 20], [0, 16 / 20]]) {
        next.set(gain + step, (next.get(gain + step) ?? 0) + p * share);
      }
    }
    distribution = next;
  }
  const tail = [...distribution].reduce((sum, [gain, p]) => sum + (gain <= 0 ? p : 0), 0);
  const { p } = pairedBootstrap(first, second, { random: seeded(2) });
  assertAlmostEquals(p, tail, 4 * Math.sqrt(tail * (1 - tail) / 10_000));
});

Deno.test("scores of different sentences cannot be compared", () => {
  const scores = scoreSentences(gold, predicted), random = seeded(1);
  assertThrows(() => pairedBootstrap(scores, scores.slice(1), { random }), RangeError, "2 and 1");
  assertThrows(() => pairedBootstrap([], [], { random }), RangeError, "0 and 0");
  assertThrows(
    () => pairedBootstrap(scores, scores.toReversed(), { random }),
    RangeError,
    "5 words in sentence 1, got 2",
  );
});
