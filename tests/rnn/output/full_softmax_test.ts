import type { Scalar } from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { parameter, uniform } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { FullSoftmax } from "#lib/rnn/mod.ts";
import { testEngines } from "../../_support/engines.ts";
import { exampleStates, exampleTargets, outputLayerContract, SIZES } from "./_contract.ts";

outputLayerContract(
  "full softmax",
  (engine) => new FullSoftmax(engine, { ...SIZES, random: seeded(5), initializer: uniform(0.9) }),
);

testEngines("tied embeddings: E is Uᵀ, gets the same gradient, and stays its owner's", (engine) => {
  const { tf } = engine, { units, words } = SIZES;
  const options = { ...SIZES, random: seeded(5), initializer: uniform(0.9) };
  const untied = new FullSoftmax(engine, options);
  const E = parameter(engine, {
    ...{ shape: [words, units], random: seeded(1) },
    initializer: () => tf.tidy(() => tf.transpose(untied.parameters.U).dataSync() as Float32Array),
  });
  const tied = new FullSoftmax(engine, { ...options, tied: E });
  assertEquals(Object.keys(tied.parameters), ["b2"]);
  tf.tidy(() => {
    const states = exampleStates(engine), targets = exampleTargets(engine);
    const one = tf.variableGrads(() => untied.loss(states, targets), [untied.parameters.U]);
    const two = tf.variableGrads(() => tied.loss(states, targets) as Scalar, [E]);
    assertAlmostEquals(one.value.dataSync()[0], two.value.dataSync()[0], 1e-6);
    const expected = tf.transpose(one.grads[untied.parameters.U.name]).dataSync();
    two.grads[E.name].dataSync().forEach((g, i) => assertAlmostEquals(g, expected[i], 1e-6));
    const [p, q] = [untied, tied].map((layer) => layer.logProbabilities(states).dataSync());
    p.forEach((v, i) => v === q[i] || assertAlmostEquals(v, q[i], 1e-5));
  });
  untied.dispose();
  tied.dispose();
  assertEquals(E.isDisposed, false);
  E.dispose();
});

testEngines("a bias of log unigram makes the first loss the entropy of the words", (engine) => {
  const bias = Float32Array.of(Math.log(0.5), Math.log(0.25), Math.log(0.25));
  const initializer = () => new Float32Array(6);
  const layer = new FullSoftmax(engine, {
    ...{ units: 2, words: 3, bias, initializer, random: seeded(1) },
  });
  engine.tf.tidy(() => {
    const targets = engine.tf.tensor1d([0, 1, 2, 0], "int32");
    const loss = layer.loss(engine.tf.ones([4, 2]), targets).dataSync()[0];
    assertAlmostEquals(loss, 1.5 * Math.LN2, 1e-6);
  });
  layer.dispose();
});

testEngines("sizes that do not fit are refused", (engine) => {
  const options = { ...SIZES, random: seeded(1) };
  const bias = new Float32Array(3);
  assertThrows(() => new FullSoftmax(engine, { ...options, bias }), RangeError, "got 3");
  const E = parameter(engine, { shape: [5, 23], initializer: uniform(1), random: seeded(1) });
  assertThrows(() => new FullSoftmax(engine, { ...options, tied: E }), RangeError, "got [5,23]");
  E.dispose();
});
