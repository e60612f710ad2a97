import type { Tensor3D } from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { SelfAttention } from "#lib/rnn/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { assertGradients } from "../_support/gradients.ts";
import { assertClose, drawn, inputs } from "./_stacks.ts";

function make(engine: Engine): SelfAttention {
  return new SelfAttention(engine, { inputs: 3, width: 4, random: seeded(2) });
}

testEngines("attention: every row of weights sums to 1, and padding gets none", (engine) => {
  const block = make(engine);
  engine.tf.tidy(() => {
    const { weights, output } = block.apply(inputs(engine, 5, 2), [5, 3]);
    assertEquals([weights.shape, output.shape], [[2, 5, 5], [5, 2, 4]]);
    for (const sum of engine.tf.sum(weights, 2).dataSync()) assertAlmostEquals(sum, 1, 1e-6);
    const toPadding = engine.tf.slice(weights, [1, 0, 3], [1, 5, 2]).dataSync();
    assertEquals(new Set(toPadding), new Set([0]));
  });
  block.dispose();
});

testEngines("attention: softmax(Q Kᵀ / √d) V written out for one position", (engine) => {
  const { tf } = engine, block = make(engine);
  tf.tidy(() => {
    const x = inputs(engine, 3, 1);
    const rows = tf.reshape(x, [3, 3]);
    const [Q, K, V] = (["W_Q", "W_K", "W_V"] as const)
      .map((name) => tf.matMul(rows, block.parameters[name] as never).arraySync() as number[][]);
    const scores = K.map((k) => k.reduce((sum, v, j) => sum + v * Q[1][j], 0) / 2); // √4
    const e = scores.map(Math.exp), total = e.reduce((a, b) => a + b);
    const expected = V[0].map((_, j) => V.reduce((sum, v, i) => sum + e[i] / total * v[j], 0));
    const found = (block.apply(x).output.arraySync() as number[][][])[1][0];
    expected.forEach((v, j) => assertAlmostEquals(found[j], v, 1e-5));
  });
  block.dispose();
});

testEngines("attention without a mask is permutation-equivariant", (engine) => {
  const { tf } = engine, block = make(engine);
  tf.tidy(() => {
    const order = tf.tensor1d([2, 0, 3, 1], "int32"), x = inputs(engine, 4, 2);
    const permuted = block.apply(tf.gather(x, order) as Tensor3D).output;
    assertClose(permuted, tf.gather(block.apply(x).output, order));
  });
  block.dispose();
});

testEngines("attention: padded equals unpadded", (engine) => {
  const { tf } = engine, block = make(engine);
  tf.tidy(() => {
    const x = inputs(engine, 5, 2);
    const padded = block.apply(x, [3, 5]).output;
    const alone = block.apply(tf.slice(x, [0, 0, 0], [3, 1, -1])).output;
    assertClose(tf.slice(padded, [0, 0, 0], [3, 1, -1]), alone);
    assertEquals(new Set(tf.slice(padded, [3, 0, 0], [2, 1, -1]).dataSync()), new Set([0]));
  });
  block.dispose();
});

testEngines("attention: gradients agree with finite differences", (engine) => {
  const { tf } = engine, block = make(engine);
  tf.tidy(() => {
    const x = inputs(engine, 4, 2), weights = drawn(engine, [4, 2, 4], 8);
    const loss = () => tf.sum(tf.mul(block.apply(x, [4, 2]).output, weights)).asScalar();
    assertGradients(engine, loss, block.parameters);
  });
  block.dispose();
});
