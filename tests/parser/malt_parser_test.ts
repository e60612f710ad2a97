import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  arcEager,
  Configuration,
  EAGER_TEMPLATES,
  indicatorStatistics,
  isProjective,
  MALT_ALGORITHMS,
  type MaltAlgorithm,
  maltTraining,
  measureFeatureTime,
  parseTemplate,
  STACK_TEMPLATES,
  trainMaltParser,
  treeProblem,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { SMALL_TREEBANK } from "./_small_treebank.ts";

const ALGORITHMS: MaltAlgorithm[] = ["stackproj", "nivreeager"];
const [SENTENCE] = SMALL_TREEBANK;

for (const algorithm of ALGORITHMS) {
  Deno.test(`${algorithm}: learns the trees it is trained on`, async () => {
    const parser = trainMaltParser(SMALL_TREEBANK, { algorithm, cost: 10, tolerance: 0.01 });
    const projective = SMALL_TREEBANK.filter(({ tree }) => isProjective(tree.heads));
    assertEquals(await parser.parse(projective), projective.map(({ tree }) => tree));
  });

  Deno.test(`${algorithm}: lifted arcs are learned and put back`, async () => {
    const parser = trainMaltParser(SMALL_TREEBANK, {
      ...{ algorithm, nonProjective: "lift", cost: 10, tolerance: 0.01 },
    });
    assertEquals(await parser.parse(SMALL_TREEBANK), SMALL_TREEBANK.map(({ tree }) => tree));
  });

  Deno.test(`${algorithm}: whatever the words, the heads make no cycle`, async () => {
    const parser = trainMaltParser(SMALL_TREEBANK, { algorithm });
    const random = seeded(1), tags = ["DT", "NN", "VBD", "PRP", "IN", ".", "JJ", "unseen"];
    const sentences = Array.from({ length: 300 }, (_, i) => {
      const drawn = Array.from({ length: i % 9 }, () => tags[Math.floor(random() * tags.length)]);
      return { words: drawn.map((tag) => `some-${tag}`), tags: drawn };
    });
    for (const { heads, labels } of await parser.parse(sentences)) {
      assertEquals(heads.length, labels.length);
      const first = heads.indexOf(0) + 1;
      const oneRoot = heads.map((head, i) => (head === 0 && i + 1 !== first ? first : head));
      if (heads.length > 0) assertEquals(treeProblem(oneRoot), undefined, `${heads}`);
    }
  });

  Deno.test(`${algorithm}: heads that are no tree are not learned from`, () => {
    const labels = ["nsubj", "root", "punct"], words = ["It", "sleeps", "."], tags = words;
    for (const heads of [[2, 1, 0], [2, 1, 1]]) {
      const train = () =>
        trainMaltParser([{ words, tags, tree: { heads, labels } }], { algorithm });
      assertThrows(train, RangeError, `Cannot read the sentence "It sleeps ."`);
    }
  });

  Deno.test(`${algorithm}: the same seed gives the same parser`, async () => {
    const parse = () => trainMaltParser(SMALL_TREEBANK, { algorithm }).parse(SMALL_TREEBANK);
    assertEquals(await parse(), await parse());
  });
}

Deno.test("the feature models have MaltParser's 20 and 22 templates, all different", () => {
  assertEquals([STACK_TEMPLATES.length, new Set(STACK_TEMPLATES).size], [20, 20]);
  assertEquals([EAGER_TEMPLATES.length, new Set(EAGER_TEMPLATES).size], [22, 22]);
  assertEquals(MALT_ALGORITHMS.nivreeager.system, arcEager);
  assertThrows(() => parseTemplate("s9.tag"), SyntaxError, 'got "s9.tag"');
  assertThrows(() => parseTemplate("s0.word s0.tag"), SyntaxError, "words only alone");
});

Deno.test("a configuration's 22 features equal a list written by hand", () => {
  const parser = trainMaltParser(SMALL_TREEBANK, { algorithm: "nivreeager" });
  const labels = parser.labels;
  // SHIFT, LEFT-ARC nsubj, RIGHT-ARC root, SHIFT: stack ROOT has good, buffer control .
  const c = new Configuration(5);
  arcEager.apply(c, 0, -1);
  arcEager.apply(c, 1, labels.indexOf("nsubj"));
  arcEager.apply(c, 2, labels.indexOf("root"));
  assertEquals(parser.describeIndicators(c, SENTENCE), [
    "s0.tag=VBZ",
    "b0.tag=JJ",
    "b1.tag=NN",
    "b2.tag=.",
    "b3.tag=∅",
    "s1.tag=∅",
    "s0.tag=VBZ ∧ b0.tag=JJ",
    "s1.tag=∅ ∧ s0.tag=VBZ ∧ b0.tag=JJ",
    "s0.tag=VBZ ∧ b0.tag=JJ ∧ b1.tag=NN",
    "b0.tag=JJ ∧ b1.tag=NN ∧ b2.tag=.",
    "b1.tag=NN ∧ b2.tag=. ∧ b3.tag=∅",
    "s0.label=root",
    "ld(s0).label=nsubj",
    "rd(s0).label=∅",
    "ld(b0).label=∅",
    "s0.tag=VBZ ∧ ld(s0).label=nsubj ∧ rd(s0).label=∅",
    "s0.tag=VBZ ∧ s0.label=root",
    "b0.tag=JJ ∧ ld(b0).label=∅",
    "s0.word=has",
    "b0.word=good",
    "b1.word=control",
    "head(s0).word=∅",
  ]);
});

Deno.test("training reports its passes, and any report gives a parser", async () => {
  const reports = [...maltTraining(SMALL_TREEBANK)];
  assertEquals(reports.map(({ pass }) => pass), reports.map((_, i) => i + 1));
  assertEquals(reports[0].examples, 2 * (5 + 3 + 7 + 2 + 7)); // 2n transitions a tree
  assert(reports.at(-1)!.violation < 0.1);
  for (const report of maltTraining(SMALL_TREEBANK)) {
    const [tree] = await report.parser().parse([SENTENCE]);
    assertEquals(tree.heads.length, 5);
    break;
  }
});

Deno.test("nothing to learn from is refused", () => {
  assertThrows(() => trainMaltParser([]), RangeError, "got none among 0");
  assertThrows(() => trainMaltParser(SMALL_TREEBANK.slice(-1)), RangeError, "none among 1");
});

Deno.test("indicator features: distinct, seen once, never seen in training", () => {
  const statistics = indicatorStatistics(SMALL_TREEBANK, SMALL_TREEBANK.slice(0, 1));
  assertEquals(statistics.templates, 20);
  assertEquals(statistics.configurations, 48);
  assertEquals(statistics.otherOccurrences, 10 * 20);
  assertEquals([statistics.otherUnseen, statistics.otherFeaturesUnseen], [0, 0]);
  assert(statistics.seenOnce < statistics.features);
  const apart = indicatorStatistics(SMALL_TREEBANK.slice(1, 2), SMALL_TREEBANK.slice(3, 4));
  // "Stop !" after "She sleeps .": four configurations
  assertEquals(apart.otherOccurrences, 4 * 20);
  assert(apart.otherUnseen > 10 && apart.otherUnseen < 80, `${apart.otherUnseen}`);
});

Deno.test("the parts of parsing time add up to the whole", () => {
  const parser = trainMaltParser(SMALL_TREEBANK);
  const time = measureFeatureTime(parser, Array(200).fill(SENTENCE), { repetitions: 3 });
  assertAlmostEquals(time.transitions + time.features + time.scoring, time.total);
  assertAlmostEquals(time.share, time.features / time.total);
  assertEquals(parser.transitionsOf(SENTENCE).length, 10);
});
