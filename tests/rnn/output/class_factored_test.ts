import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { uniform } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { ClassFactoredSoftmax, frequencyClasses, HashedNgrams } from "#lib/rnn/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { COUNTS, exampleStates, exampleTargets, outputLayerContract, SIZES } from "./_contract.ts";

const options = () => ({
  ...SIZES,
  counts: COUNTS,
  classes: 4,
  random: seeded(5),
  initializer: uniform(0.9),
});
const context = { training: true, random: seeded(1) };

outputLayerContract(
  "class-factored softmax",
  (engine) => new ClassFactoredSoftmax(engine, options()),
);

outputLayerContract("class-factored softmax with hashed unigrams", (engine) => {
  const layer = new ClassFactoredSoftmax(engine, {
    ...options(),
    ngrams: { order: 1, size: 99, rate: 0 },
  });
  const { d } = layer.parameters;
  const values = Array.from({ length: 99 }, (_, i) => Math.sin(7 * i));
  engine.tf.tidy(() => d.assign(engine.tf.tensor1d(values)));
  return layer;
});

Deno.test("frequencyClasses: equal shares of Σ √count, every word once, no class empty", () => {
  const counts = Array.from({ length: 400 }, (_, k) => Math.round(4e4 / (1 + k)));
  const order = Int32Array.from(counts.keys());
  const { starts } = frequencyClasses(order, counts, 20);
  assertEquals([starts.length, starts[0], starts[20]], [21, 0, 400]);
  const root = (from: number, to: number) =>
    counts.slice(from, to).reduce((sum, n) => sum + Math.sqrt(n + 1), 0);
  const share = root(0, 400) / 20;
  for (let c = 0; c < 20; c++) {
    assert(starts[c + 1] > starts[c]);
    assertAlmostEquals(root(starts[c], starts[c + 1]), share, Math.max(share / 2, 201));
  }
  assertEquals(
    frequencyClasses(order, counts, 400).starts,
    Array.from({ length: 401 }, (_, c) => c),
  );
  assertThrows(() => frequencyClasses(order, counts, 401), RangeError, "got 401");
});

testEngines("new n-gram weights change nothing: bit for bit the layer without them", (engine) => {
  const { tf } = engine;
  const plain = new ClassFactoredSoftmax(engine, options());
  const hashed = new ClassFactoredSoftmax(engine, {
    ...{ ...options(), ngrams: { order: 3, size: 999 } },
  });
  tf.tidy(() => {
    const states = exampleStates(engine), targets = exampleTargets(engine);
    const history = new Int32Array(16).fill(4);
    const [a, b] = [plain, hashed].map((layer) =>
      layer.loss(states, targets, { ...context, history })
    );
    assertEquals(a.dataSync(), b.dataSync());
    assertThrows(
      () => hashed.loss(states, targets, context),
      RangeError,
      "a history of 8 × 2 words",
    );
  });
  plain.dispose();
  hashed.dispose();
});

testEngines("with n-grams of a history, log P of all words holds that of each target", (engine) => {
  const { tf } = engine;
  const ngrams = { order: 3, size: 999 };
  const layer = new ClassFactoredSoftmax(engine, { ...options(), ngrams });
  tf.tidy(() => {
    layer.parameters.d.assign(tf.randomUniform([999], -2, 2, "float32", 4));
    const states = exampleStates(engine, 2), history = Int32Array.of(4, 7, 9, -1);
    const all = layer.logProbabilities(states, { history }).arraySync();
    for (const id of COUNTS.keys()) {
      const targets = tf.fill([2], id, "int32");
      const found = layer.targetLogProbabilities(states, targets, { history }).dataSync();
      if (id === SIZES.never) assertEquals([...found], [-Infinity, -Infinity]);
      else found.forEach((logP, i) => assertAlmostEquals(all[i][id], logP, 2e-5, `word ${id}`));
    }
    assertThrows(() => layer.logProbabilities(states), RangeError, "a history of 2 × 2 words");
  });
  layer.dispose();
});

testEngines("maximum entropy of order 1 alone converges to the unigram frequencies", (engine) => {
  const { tf } = engine, counts = [6, 3, 1, 10];
  const layer = new ClassFactoredSoftmax(engine, {
    ...{
      units: 1,
      words: 4,
      counts,
      classes: 2,
      random: seeded(1),
      ngrams: { order: 1, size: 4096 },
    },
  });
  tf.tidy(() => {
    const ids = counts.flatMap((n, id) => Array<number>(n).fill(id));
    const states = tf.zeros([ids.length, 1]), targets = tf.tensor1d(ids, "int32");
    const { Uc, U } = layer.parameters; // gradients must have somewhere to pass to
    for (let step = 0; step < 400; step++) {
      tf.tidy(() => tf.variableGrads(() => layer.loss(states, targets, context), [Uc, U]));
    }
    const logP = layer.logProbabilities(tf.zeros([1, 1])).dataSync();
    counts.forEach((n, id) => assertAlmostEquals(Math.exp(logP[id]), n / 20, 0.005, `P(${id})`));
  });
  layer.dispose();
});

testEngines(
  "direct weights learn by AdaGrad from p − 1[target]; in scoring they stay",
  (engine) => {
    const { tf } = engine, counts = [3, 2, 1];
    const layer = new ClassFactoredSoftmax(engine, {
      ...{ units: 1, words: 3, counts, classes: 1, random: seeded(1) },
      ngrams: { order: 1, size: 4096, rate: 0.5 },
    });
    tf.tidy(() => {
      const states = tf.zeros([1, 1]), targets = tf.tensor1d([1], "int32");
      const { Uc, U, d } = layer.parameters;
      const step = (training: boolean) =>
        tf.variableGrads(() => layer.loss(states, targets, { ...context, training }), [Uc, U]);
      step(false);
      assert(d.dataSync().every((v) => v === 0));
      step(true); // one class: its gradient is 0; three words: p = 1/3
      const moved = [...d.dataSync()].filter((v) => v !== 0).sort((a, b) => a - b);
      const after = (g: number) => -0.5 * g / Math.sqrt(1 + g * g);
      [after(1 / 3), after(1 / 3), after(-2 / 3)].forEach((v, i) =>
        assertAlmostEquals(moved[i], v, 1e-6)
      );
    });
    layer.dispose();
  },
);

Deno.test("HashedNgrams: places depend on the history up to the sentence's start, and stay inside", () => {
  const hash = new HashedNgrams({ order: 3, size: 1000, widths: [10, 50] });
  const history = Int32Array.of(4, 7, 4, 9, 4, -1, -1, -1);
  const places = hash.places(history, 4);
  const row = (i: number) => [...places.subarray(3 * i, 3 * i + 3)];
  assertEquals(row(0).slice(0, 2), row(1).slice(0, 2)); // the last word is the same
  assert(row(0)[2] !== row(1)[2]);
  assertEquals(row(2)[2], -1);
  assertEquals(row(3).slice(1), [-1, -1]);
  assert(places.every((at) => at >= -1 && at + 10 <= 500));
  const words = hash.places(history, 4, [0, 1, 2, 3]);
  assert(words.every((at) => at === -1 || at >= 500 && at + 50 <= 1000));
  assert(words[0] !== words[3]); // another class
  assertThrows(
    () => new HashedNgrams({ order: 3, size: 60, widths: [10, 50] }),
    RangeError,
    "more than 100 weights",
  );
});
