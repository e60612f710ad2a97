import type { Scalar } from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  arcHybrid,
  arcStandard,
  Configuration,
  GoldTree,
  isProjective,
  LegalTransitions,
  Move,
  type NetworkShape,
  NeuralParser,
  NONE,
  oracleExamples,
  oracleSteps,
  placeNames,
  transitionTask,
  WEISS_SHAPE,
} from "#lib/parser/mod.ts";
import { TabledNetwork } from "../../../lib/parser/neural/tabled_network.ts";
import { numbered, sentenceRows, TokenRows } from "../../../lib/parser/neural/token_rows.ts";
import { goldTree } from "../../../lib/parser/neural/transition_task.ts";
import { findTokens } from "../../../lib/parser/neural/token_places.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { SMALL_TREEBANK } from "../_small_treebank.ts";
import { SMALL_SHAPE, smallNetwork } from "./_small.ts";

const DEPTHS = SMALL_SHAPE.depths;
const PROJECTIVE = SMALL_TREEBANK.filter(({ tree }) => isProjective(tree.heads));

Deno.test("the slide's places of the slide's configuration of He has good control", () => {
  const [{ words }] = SMALL_TREEBANK, c = new Configuration(words.length);
  for (let i = 0; i < 3; i++) c.push(); // has good on the stack, He attached
  c.stackSize = 1;
  c.attach(2, 1, 0);
  [c.stack[1], c.stack[2], c.stackSize] = [2, 3, 3];
  const found = new Int32Array(18), names = placeNames(DEPTHS);
  findTokens(c, DEPTHS, found);
  const at = (name: string) => ["∅", "ROOT", ...words][found[names.indexOf(name)] + 1];
  assertEquals(
    ["s1", "s2", "s3", "b1", "b2", "b3", "lc1(s1)", "rc1(s1)", "lc1(s2)", "rc1(s2)"].map(at),
    ["good", "has", "ROOT", "control", ".", "∅", "∅", "∅", "He", "∅"],
  );
  assertEquals([names.length, placeNames(WEISS_SHAPE.depths).length], [18, 20]);
});

Deno.test("second children and grandchildren are found on both sides", () => {
  const c = new Configuration(9), found = new Int32Array(18), names = placeNames(DEPTHS);
  for (const [head, word] of [[2, 1], [4, 3], [4, 2], [8, 9], [6, 7], [6, 8]]) {
    c.attach(head, word, 0);
  }
  [c.stack[1], c.stack[2], c.stackSize, c.next] = [4, 6, 3, 10];
  findTokens(c, DEPTHS, found);
  const at = (name: string) => found[names.indexOf(name)];
  assertEquals(["lc1(s2)", "lc2(s2)", "lc1(lc1(s2))", "rc1(s2)"].map(at), [2, 3, 1, NONE]);
  assertEquals(["rc1(s1)", "rc2(s1)", "rc1(rc1(s1))", "lc2(s1)", "b1"].map(at), [8, 7, 9, -1, -1]);
});

Deno.test("some transition is legal everywhere, and the root label is ROOT's alone", () => {
  for (const system of [arcStandard, arcHybrid]) {
    const { legal, lexicon } = transitionTask(SMALL_TREEBANK, { system });
    const root = lexicon.labels.id("root"), { moves, labels } = legal.inventory;
    const visit = (c: Configuration): void => {
      if (system.isTerminal(c)) return;
      const list = legal.list(legal.code(c)), tried = new Set<Move>();
      assert(list.length > 0);
      for (const t of list) {
        const isRootArc = moves[t] === Move.RIGHT_ARC && c.stackSize === 2;
        assertEquals(labels[t] === root, isRootArc);
        if (tried.has(moves[t] as Move)) continue;
        tried.add(moves[t] as Move);
        const next = c.copy();
        system.apply(next, moves[t] as Move, labels[t]);
        visit(next);
      }
    };
    for (let n = 1; n <= 4; n++) visit(new Configuration(n));
  }
  assertThrows(() => new LegalTransitions(arcStandard, []), RangeError, "arc between two words");
});

Deno.test("one example for every choice on the oracle's way, none where there is no choice", () => {
  const task = transitionTask(SMALL_TREEBANK);
  const { rows, codes, targets } = oracleExamples(SMALL_TREEBANK, task, DEPTHS);
  const { legal } = task;
  let choices = 0; // with ROOT and at most one word on the stack, one transition alone is legal
  for (const { tree } of PROJECTIVE) {
    for (const { configuration: c } of oracleSteps(arcStandard, new GoldTree(tree.heads, []))) {
      choices += Number(c.stackSize > 2);
    }
  }
  assertEquals([rows.length, codes.length], [48 * targets.length, targets.length]);
  assertEquals(targets.length, choices);
  for (const [i, target] of targets.entries()) assert(legal.list(codes[i]).includes(target));
});

const deep: NetworkShape = {
  ...WEISS_SHAPE,
  widths: { w: 3, t: 2, l: 2, x: 2 },
  hidden: [6, 5],
  activation: "tanh",
};
const shapes: Record<string, NetworkShape> = { "cube network": SMALL_SHAPE, "deep network": deep };
for (const activation of ["tanh", "logistic", "identity"] as const) {
  shapes[`${activation} network`] = { ...SMALL_SHAPE, activation };
}

for (const [name, shape] of Object.entries(shapes)) {
  testEngines(`${name}: gradients agree with finite differences`, (engine) => {
    const { tf, values } = engine;
    const network = smallNetwork(engine, { shape });
    const { rows, codes, targets } = oracleExamples(PROJECTIVE, network.task, shape.depths);
    const size = rows.length / targets.length;
    const batch = {
      rows: rows.subarray(0, 9 * size),
      codes: codes.subarray(0, 9),
      targets: targets.subarray(0, 9),
    };
    const J = () => network.loss(batch, { training: true, random: seeded(1) }) as Scalar;
    const loss = () => tf.tidy(() => values(J())[0]);
    const { value, grads } = tf.variableGrads(J);
    for (const [parameter, variable] of Object.entries(network.parameters)) {
      const g = values(grads[variable.name]).slice(), start = values(variable).slice();
      const norm = Math.hypot(...g);
      assert(norm > 1e-4, `${parameter} has no gradient`);
      const at = (h: number) => {
        values(variable).set(start.map((theta, i) => theta + h * g[i] / norm));
        return loss();
      };
      const h = 0.003;
      const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      values(variable).set(start);
      assertAlmostEquals(slope, norm, 5e-3 * Math.max(norm, 0.05), parameter);
    }
    tf.dispose([value, grads]);
    network.dispose();
  });
}

for (const [name, shape] of Object.entries({ "cube network": SMALL_SHAPE, "deep network": deep })) {
  testEngines(`${name}: scores with and without the table are equal`, (engine) => {
    const { tf, values } = engine;
    const network = smallNetwork(engine, { shape }), { task } = network;
    const examples = oracleExamples(PROJECTIVE, task, shape.depths), n = examples.targets.length;
    const expected = tf.tidy(() =>
      values(network.scores(network.hiddenLayers(examples.rows).at(-1)!)).slice()
    ) as Float32Array;
    for (const tabled of [10_000, 8]) { // 8: words beyond the table
      const table = new TabledNetwork(network, { tabled });
      const all = PROJECTIVE.map((sentence) => sentenceRows(sentence, task.lexicon));
      assertEquals(table.prepare(all, 0), all.length);
      const tokens = new TokenRows(network.groups, shape.depths, table.numbers);
      const inputs = new Int32Array(n * tokens.size);
      let i = 0;
      for (const [s, sentence] of PROJECTIVE.entries()) {
        for (
          const { configuration } of oracleSteps(task.system, goldTree(sentence, task.lexicon))
        ) {
          if (task.legal.list(task.legal.code(configuration)).length === 1) continue;
          tokens.read(configuration, numbered(all[s], table.numbers), inputs, i++ * tokens.size);
        }
      }
      assertEquals(i, n);
      table.scores(inputs, n).forEach((score, k) =>
        assertAlmostEquals(score, expected[k], 1e-5 * Math.max(1, Math.abs(expected[k])))
      );
      table.dispose();
    }
    network.dispose();
  });
}

testEngines(
  "many sentences at once are parsed as one by one, whatever the batch",
  async (engine) => {
    const network = smallNetwork(engine);
    const many = Array.from({ length: 5 }, () => SMALL_TREEBANK).flat();
    const parser = new NeuralParser(network, { batch: 3, tabled: 8 });
    const trees = await parser.parse(many);
    for (const [i, sentence] of many.entries()) {
      assertEquals((await parser.parse([sentence]))[0], trees[i]);
      assertEquals(trees[i].heads.filter((head) => head === 0).length, 1);
    }
    assertEquals(await parser.parse([]), []);
    parser.dispose();
    network.dispose();
  },
);
