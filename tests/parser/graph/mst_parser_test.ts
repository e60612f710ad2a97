import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { AveragedWeights } from "#lib/parser/graph/_averaged_weights.ts";
import { encodeTokens } from "#lib/parser/graph/_encoded_tokens.ts";
import { bestTrees, loss, miraUpdate, type MstExample } from "#lib/parser/graph/_mira_update.ts";
import { type EncodedTree, MstScorer } from "#lib/parser/graph/_mst_scorer.ts";
import { SparseVector } from "#lib/parser/graph/_sparse_vector.ts";
import {
  type AnnotatedSentence,
  loadMstParser,
  mstTraining,
  type MstTrainingOptions,
  saveMstParser,
  scoreTrees,
  trainMstParser,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { permittedTest } from "../../_support/permitted.ts";
import { randomTreebank } from "./_own_treebank.ts";

const SMALL: MstTrainingOptions = { arcBits: 16, labelBits: 14 };
const LABELS = ["root", "nn", "vb", "in", "dt"];

function setUp(order: 1 | 2): { scorer: MstScorer; weights: AveragedWeights } {
  const weights = new AveragedWeights(2 ** 16 + 2 ** 14);
  const model = { order, labels: LABELS, arcBits: 16, labelBits: 14, weights: weights.values };
  return { scorer: new MstScorer(model), weights };
}

function example(sentence: AnnotatedSentence): MstExample {
  const { heads, labels } = sentence.tree;
  return {
    tokens: encodeTokens(sentence),
    gold: { heads, labels: labels.map((label) => LABELS.indexOf(label)) },
  };
}

/** w·(f(gold) − f(tree)). */
function margin(
  scorer: MstScorer,
  { tokens, gold }: MstExample,
  tree: EncodedTree,
  w: Float32Array,
) {
  const difference = new SparseVector();
  scorer.addFeatures(tokens, gold, { amount: 1, without: tree, into: difference });
  scorer.addFeatures(tokens, tree, { amount: -1, without: gold, into: difference });
  return [...difference.entries()].reduce((sum, [place, value]) => sum + w[place] * value, 0);
}

for (const order of [1, 2] as const) {
  Deno.test(`order ${order}: an update puts the gold tree ahead by its loss, exactly`, () => {
    const { scorer, weights } = setUp(order);
    let updates = 0;
    for (const sentence of randomTreebank(100, seeded(1))) {
      const each = example(sentence), [tree] = bestTrees(scorer.score(each.tokens), 1);
      const wrong = loss(each.gold, tree);
      weights.nextStep();
      assertEquals(miraUpdate(each, { scorer, weights, k: 1 }), wrong);
      assertAlmostEquals(margin(scorer, each, tree, weights.values), wrong, 1e-4);
      updates += Number(wrong > 0);
    }
    assert(updates > 50, `${updates} updates`);
  });

  Deno.test(`order ${order}: a tree's score is w·f(tree), summed over its parts`, () => {
    const { scorer, weights } = setUp(order);
    const random = seeded(2);
    for (const place of weights.values.keys()) weights.values[place] = random() - 0.5;
    for (const sentence of randomTreebank(30, random)) {
      const each = example(sentence), { arcs, siblings, labels } = scorer.score(each.tokens);
      const [best] = bestTrees({ arcs, siblings, labels }, 1), size = each.tokens.length + 1;
      const score = (heads: ArrayLike<number>) => (siblings ?? arcs).of(heads);
      const gold = { // with the labels the scores are made of
        heads: each.gold.heads,
        labels: Array.from(each.gold.heads, (head, i) => labels[head * size + i + 1]),
      };
      assertAlmostEquals(
        score(gold.heads) - score(best.heads),
        margin(scorer, { ...each, gold }, best, weights.values),
        1e-4,
      );
    }
  });

  Deno.test(`order ${order}: 20 sentences with trees drawn at random are learned by heart`, async () => {
    const treebank = randomTreebank(20, seeded(3));
    const parser = trainMstParser(treebank, { ...SMALL, order });
    assertEquals(scoreTrees(treebank, await parser.parse(treebank)).las, 100);
  });
}

Deno.test("k = 5: after an update the gold tree is ahead of each of the five best by its loss", () => {
  const { scorer, weights } = setUp(1);
  for (const sentence of randomTreebank(60, seeded(4))) {
    const each = example(sentence), trees = bestTrees(scorer.score(each.tokens), 5);
    weights.nextStep();
    miraUpdate(each, { scorer, weights, k: 5 });
    for (const tree of trees) {
      assert(margin(scorer, each, tree, weights.values) > loss(each.gold, tree) - 1e-3);
    }
  }
});

Deno.test("averaged weights are the mean of the weights after each step", () => {
  const random = seeded(5), weights = new AveragedWeights(4), stored: Float32Array[] = [];
  for (let step = 0; step < 3; step++) {
    weights.nextStep();
    for (let change = 0; change < 3; change++) weights.add(Math.floor(4 * random()), random());
    stored.push(weights.values.slice());
  }
  for (const [place, mean] of weights.average().entries()) {
    assertAlmostEquals(mean, stored.reduce((sum, w) => sum + w[place], 0) / 3, 1e-6);
  }
});

Deno.test("the same seed gives the same parser; a treebank without labels keeps its one label", () => {
  const treebank = randomTreebank(10, seeded(6)).map((sentence) => ({
    ...sentence,
    tree: { heads: sentence.tree.heads, labels: sentence.tree.heads.map(() => "_") },
  }));
  const train = () => [...mstTraining(treebank, { ...SMALL, epochs: 3 })].at(-1)!.parser();
  const [one, other] = [train(), train()];
  assertEquals(one.model.weights, other.model.weights);
  assertEquals(one.parseSentence(treebank[0]).labels, treebank[0].tree.labels);
});

Deno.test("no sentences, no passes, and k above 1 in order 2 are refused", () => {
  const crossing = { words: ["a", "b", "c", "d"], tags: ["A", "B", "C", "D"] };
  const tree = { heads: [3, 4, 0, 3], labels: ["x", "x", "root", "x"] };
  assertThrows(() => trainMstParser([{ ...crossing, tree }]), RangeError, "got none among 1");
  assertThrows(() => trainMstParser(randomTreebank(1, seeded(7)), { order: 2, k: 5 }), RangeError);
});

permittedTest(
  "a saved parser parses as before; a damaged file is refused",
  ["read", "write"],
  async () => {
    const treebank = randomTreebank(10, seeded(8)), folder = await Deno.makeTempDir();
    const path = `${folder}/parser`;
    try {
      const parser = trainMstParser(treebank, { ...SMALL, order: 2, epochs: 2 });
      saveMstParser(parser, path);
      const loaded = loadMstParser(path);
      assertEquals(await loaded.parse(treebank), await parser.parse(treebank));
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["parser"]);
      Deno.writeFileSync(path, Deno.readFileSync(path).slice(0, -20));
      assertThrows(() => loadMstParser(path), SyntaxError, "damaged or foreign data");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
