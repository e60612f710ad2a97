import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ArcPruner } from "#lib/parser/graph/_arc_pruner.ts";
import { AveragedWeights } from "#lib/parser/graph/_averaged_weights.ts";
import { TurboScorer } from "#lib/parser/graph/_turbo_scorer.ts";
import { encodeTurboTokens } from "#lib/parser/graph/_turbo_tokens.ts";
import { turboUpdate } from "#lib/parser/graph/_turbo_update.ts";
import {
  loadTurboParser,
  loadTurboTraining,
  saveTurboParser,
  saveTurboTraining,
  scoreTrees,
  trainTurboParser,
  turboTraining,
  type TurboTrainingOptions,
} from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { permittedTest } from "../../_support/permitted.ts";
import { allTrees } from "../_all_trees.ts";
import { randomTreebank } from "./_own_treebank.ts";

// trees drawn at random are learned by heart only with long steps
const SMALL: TurboTrainingOptions = { bits: 16, prunerBits: 14, cost: 1 };

for (const kind of ["basic", "standard", "full"] as const) {
  Deno.test(`${kind}: 20 sentences with trees drawn at random are learned by heart`, async () => {
    const treebank = randomTreebank(20, seeded(1), { projective: false });
    const parser = trainTurboParser(treebank, { ...SMALL, kind });
    assertEquals(scoreTrees(treebank, await parser.parse(treebank)).las, 100);
  });
}

Deno.test("standard, projective: 20 sentences are learned by heart", async () => {
  const treebank = randomTreebank(20, seeded(2));
  const parser = trainTurboParser(treebank, { ...SMALL, projective: true });
  assertEquals(scoreTrees(treebank, await parser.parse(treebank)).las, 100);
});

Deno.test("with weights of 0 the loss of an update is the largest any tree has", () => {
  for (const sentence of randomTreebank(40, seeded(3))) {
    const { heads } = sentence.tree, n = heads.length;
    const arcs = heads.flatMap((_, i) =>
      Array.from({ length: n + 1 }, (_, head) => ({ head, dependent: i + 1 }))
        .filter(({ head, dependent }) => head !== dependent)
    );
    const gold = Int32Array.from(arcs, (arc) => heads[arc.dependent - 1] === arc.head ? 0 : -1);
    const weights = new AveragedWeights(2 ** 12);
    const scorer = new TurboScorer({
      ...{ kind: "basic", projective: false, labels: ["_"], labelsOfArcs: new Map() },
      ...{ prunerWeights: new Float32Array(2), weights: weights.values, mostHeads: 10 },
    });
    weights.nextStep();
    const example = { tokens: encodeTurboTokens(sentence), arcs, gold };
    const options = { scorer, weights, kind: "basic", projective: false, cost: 1 } as const;
    const worst = Math.max(
      ...allTrees(n).map((tree) => tree.filter((head, i) => head !== heads[i]).length),
    );
    assertAlmostEquals(turboUpdate(example, options), worst, 1e-9);
    // after it the same tree is no further ahead than before
    weights.nextStep();
    assert(turboUpdate(example, options) <= worst + 1e-6);
  }
});

Deno.test("the pruner's step is the gradient of log P(tree), by finite differences", () => {
  const random = seeded(4), size = 2 ** 8, width = 0.01;
  for (const sentence of randomTreebank(4, random)) {
    const { heads } = sentence.tree, tokens = encodeTurboTokens(sentence);
    const weights = Float32Array.from({ length: size }, () => 0.1 * (random() - 0.5));
    const gradient = new AveragedWeights(size);
    new ArcPruner(weights).step(tokens, heads, { rate: 1, weights: gradient });
    const nowhere = new AveragedWeights(size);
    for (let place = 0; place < size; place += 7) {
      const [up, down] = [width, -width].map((by) => {
        const moved = weights.slice();
        moved[place] += by;
        return new ArcPruner(moved).step(tokens, heads, { rate: 0, weights: nowhere });
      });
      assertAlmostEquals((down - up) / (2 * width), gradient.values[place], 0.02);
    }
  }
});

Deno.test("the pruner's candidates hold a tree, and at most so many heads beside it", () => {
  const random = seeded(5);
  const pruner = new ArcPruner(Float32Array.from({ length: 2 ** 10 }, () => random() - 0.5));
  for (const sentence of randomTreebank(30, random)) {
    const tokens = encodeTurboTokens(sentence), n = tokens.length;
    const arcs = pruner.candidates(tokens, { most: 2, ratio: 0.1, projective: false });
    const heads = Array.from(
      { length: n },
      (_, i) => new Set(arcs.filter((arc) => arc.dependent === i + 1).map(({ head }) => head)),
    );
    assert(heads.every((of) => of.size <= 3));
    assert(allTrees(n).some((tree) => tree.every((head, i) => heads[i].has(head))));
  }
});

Deno.test("the same seed gives the same parser; reports come pruner first", () => {
  const treebank = randomTreebank(10, seeded(6));
  const options = { ...SMALL, epochs: 2, prunerEpochs: 1 };
  const train = () => [...turboTraining(treebank, options)];
  const [one, other] = [train(), train()];
  assertEquals(one.map(({ stage, epoch }) => `${stage} ${epoch}`), [
    ...["pruner 1", "parser 1", "parser 2"],
  ]);
  assertEquals(one[2].parser!().model.weights, other[2].parser!().model.weights);
});

Deno.test("no sentences and no passes are refused; a sentence without words has no tree", () => {
  assertThrows(() => trainTurboParser([], SMALL), RangeError, "got none among 0");
  const treebank = randomTreebank(3, seeded(7));
  assertThrows(() => trainTurboParser(treebank, { ...SMALL, epochs: 0 }), RangeError, "0 passes");
  const parser = trainTurboParser(treebank, { ...SMALL, epochs: 1 });
  assertEquals(parser.parseSentence({ words: [], tags: [] }), { heads: [], labels: [] });
});

permittedTest("a saved Turbo parser parses as before", ["read", "write"], async () => {
  const treebank = randomTreebank(10, seeded(8)), folder = await Deno.makeTempDir();
  try {
    const parser = trainTurboParser(treebank, { ...SMALL, epochs: 2 });
    saveTurboParser(parser, `${folder}/parser`);
    const loaded = loadTurboParser(`${folder}/parser`);
    assertEquals(await loaded.parse(treebank), await parser.parse(treebank));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("training goes on from a parser: its pruner stays, unknown labels are refused", () => {
  const treebank = randomTreebank(10, seeded(9));
  const start = trainTurboParser(treebank, { ...SMALL, kind: "basic", epochs: 3 });
  const before = start.model.weights.slice();
  const [report] = [...turboTraining(treebank, { epochs: 1, start })];
  assertEquals(report.stage, "parser");
  assertEquals(report.parser!().model.prunerWeights, start.model.prunerWeights);
  assertEquals(start.model.weights, before); // the parser itself stays as it was
  const other = treebank.map((sentence) => ({
    ...sentence,
    tree: { ...sentence.tree, labels: sentence.words.map(() => "new") },
  }));
  assertThrows(() => trainTurboParser(other, { epochs: 1, start }), RangeError, 'got "new"');
});

permittedTest("training resumed from a file gives the parser it would have given", [
  "read",
  "write",
], async () => {
  const treebank = randomTreebank(10, seeded(10)), folder = await Deno.makeTempDir();
  const options = { ...SMALL, kind: "standard", epochs: 3 } as const;
  try {
    let expected: Float32Array | undefined;
    for (const { epoch, state } of turboTraining(treebank, options)) {
      const at = state?.(); // each pass: means are rounded as in a file
      if (at && epoch === 1) saveTurboTraining(at, `${folder}/training`);
      expected = at?.parser.model.weights;
    }
    const resume = loadTurboTraining(`${folder}/training`);
    assertEquals(resume.epoch, 1);
    const reports = [...turboTraining(treebank, { ...options, resume })];
    assertEquals(reports.map(({ stage, epoch }) => `${stage} ${epoch}`), ["parser 2", "parser 3"]);
    const again = turboTraining(treebank, { ...options, resume });
    let found: Float32Array | undefined;
    for (const { state } of again) found = state!().parser.model.weights;
    assertEquals(found, expected);
    assertThrows(() => loadTurboParser(`${folder}/training`), SyntaxError, "turbo-training-1");
    const other = turboTraining(treebank, { ...options, kind: "basic", resume });
    assertThrows(() => [...other], RangeError, "a standard one");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
