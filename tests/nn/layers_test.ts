import type { Scalar, Tensor } from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { assertGradients } from "../_support/gradients.ts";

function draw({ tf }: Engine, shape: number[], seed = 1): Tensor {
  const random = seeded(seed), size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(Float32Array.from({ length: size }, () => 4 * random() - 2), shape);
}

/** Compares ∂f/∂x with differences, in float32. */
function checkSlope(engine: Engine, f: (x: Tensor) => Tensor, start: Tensor): void {
  const { tf } = engine, x = tf.variable(start);
  const weights = tf.tensor(f(x).dataSync().map((_, i) => Math.sin(3 * i + 1)), f(x).shape);
  const loss = () => tf.sum(tf.mul(f(x), weights)) as Scalar;
  assertGradients(engine, loss, { x }, { step: 0.005, tolerance: 0.01 });
  x.dispose();
}

const activations: [nn.TensorActivation, nn.Activation][] = [
  ["identity", nn.identity],
  ["tanh", nn.tanh],
  ["logistic", nn.logistic],
  ["relu", nn.relu],
  ["cube", nn.cube],
  ["hardTanh", nn.hardTanh],
  ["leakyRelu", nn.leakyRelu()],
  ["swish", nn.swish()],
];
for (const [name, activation] of activations) {
  testEngines(`${name} on tensors equals the activation on numbers, slope included`, (engine) => {
    const { tf } = engine;
    tf.tidy(() => {
      const z = tf.tensor1d([-800, -3, -0.7, -0.2, 0.3, 0.9, 2, 800]);
      const out = nn.activateTensor(engine, name, z).dataSync();
      const gradient = tf.grad((x) => nn.activateTensor(engine, name, x))(z).dataSync();
      z.dataSync().forEach((v, i) => {
        const [value, slope] = [activation.value(v), activation.derivative(v)];
        assertAlmostEquals(out[i], value, 1e-6 * Math.max(1, Math.abs(value)), `f(${v})`);
        assertAlmostEquals(gradient[i], slope, 2e-6 * Math.max(1, Math.abs(slope)), `f'(${v})`);
      });
    });
  });
}

testEngines("parametric ReLU: values, and the slope of its learned a", (engine) => {
  const { tf } = engine;
  tf.tidy(() => {
    const z = tf.tensor2d([[-2, 1], [-0.5, 3]]), a = tf.tensor1d([0.5, 0.1]);
    const f = (slope: Tensor) => nn.parametricReluTensor(engine, z, slope);
    assertEquals([...f(a).dataSync()], [-1, 1, -0.25, 3]);
    assertEquals([...tf.grad(f)(a).dataSync()], [-2.5, 0]); // Σ min(z, 0)
  });
});

testEngines("Embedding looks rows up; its gradient is zero for rows not used", (engine) => {
  const { tf } = engine;
  const layer = new nn.Embedding(engine, { words: 5, width: 3, random: seeded(1) });
  tf.tidy(() => {
    const ids = tf.tensor2d([[4, 0], [4, 1]], [2, 2], "int32");
    assertEquals(layer.lookup(ids).shape, [2, 2, 3]);
    const { grads } = tf.variableGrads(() => tf.sum(layer.lookup(ids)), [layer.parameters.E]);
    const rows = tf.sum(grads[layer.parameters.E.name], 1).dataSync();
    assertEquals([...rows], [3, 3, 0, 0, 6]);
  });
  layer.dispose();
});

testEngines("Linear computes f(x W + b) and starts with the bias given", (engine) => {
  const { tf } = engine;
  const bias = Float32Array.of(0.5, -1);
  const layer = new nn.Linear(engine, {
    ...{ inputs: 3, outputs: 2, activation: "tanh", bias, random: seeded(2) },
  });
  tf.tidy(() => {
    const x = draw(engine, [4, 3]);
    const expected = tf.tanh(tf.add(tf.matMul(x, layer.parameters.W), tf.tensor1d(bias)));
    const out = layer.apply(x).dataSync();
    expected.dataSync().forEach((v, i) => assertAlmostEquals(out[i], v, 1e-6));
  });
  layer.dispose();
  assertThrows(
    () => new nn.Linear(engine, { inputs: 1, outputs: 3, bias, random: seeded(1) }),
    RangeError,
    "expected 3 values, got 2",
  );
});

testEngines("LayerNorm: mean 0, variance 1, gradient", (engine) => {
  const { tf } = engine;
  const layer = new nn.LayerNorm(engine, { width: 6 });
  tf.tidy(() => {
    const x = draw(engine, [3, 6]);
    const y = tf.reshape(layer.apply(x), [3, 6]);
    for (const mean of tf.mean(y, 1).dataSync()) assertAlmostEquals(mean, 0, 1e-6);
    for (const v of tf.mean(tf.square(y), 1).dataSync()) assertAlmostEquals(v, 1, 1e-4);
    checkSlope(engine, (at) => layer.apply(at), x);
    layer.parameters.g.assign(tf.tensor1d([1, 2, 3, 4, 5, 6]));
    layer.parameters.b.assign(tf.ones([6]));
    const scaled = layer.apply(x).dataSync();
    y.dataSync().forEach((v, i) => assertAlmostEquals(scaled[i], v * (1 + i % 6) + 1, 1e-5));
  });
  layer.dispose();
});

testEngines("dropout: shares, both scalings, nothing at test time", (engine) => {
  const { tf } = engine;
  tf.tidy(() => {
    const x = tf.ones([200, 100]);
    const options = { rate: 0.3, training: true, random: seeded(5) };
    const inverted = nn.dropout(engine, x, options).dataSync();
    const kept = inverted.filter((v) => v > 0).length / x.size;
    assertAlmostEquals(kept, 0.7, 0.015); // 4.6 standard deviations of 20,000 draws
    assert(inverted.every((v) => v === 0 || Math.abs(v - 1 / 0.7) < 1e-6));
    const unscaled = nn.dropout(engine, x, { ...options, scaling: "test" }).dataSync();
    assert(unscaled.every((v) => v === 0 || v === 1));
    const test = { ...options, training: false };
    assertEquals(nn.dropout(engine, x, test).dataSync()[0], 1);
    const halved = nn.dropout(engine, x, { ...test, scaling: "test" }).dataSync();
    assertAlmostEquals(halved[0], 0.7, 1e-6);
    assertThrows(() => nn.dropout(engine, x, { ...test, rate: 1 }), RangeError, "got 1");
  });
});

testEngines(
  "dropout: the same seed gives the same mask on every engine, and odd sizes",
  (engine) => {
    engine.tf.tidy(() => {
      const mask = engine.operations.dropoutMask([3, 7], { keep: 0.5, seed: 42 });
      const bits = [...mask.dataSync()].join("");
      assertEquals(bits, "110101011110101000101");
      const other = engine.operations.dropoutMask([3, 7], { keep: 0.5, seed: 43 });
      assert([...other.dataSync()].join("") !== bits);
      const all = engine.operations.dropoutMask([101], { keep: 1, seed: 1 }).dataSync();
      assert(all.every((v) => v === 1));
      assert(
        engine.operations.dropoutMask([101], { keep: 0, seed: 1 }).dataSync().every((v) => v === 0),
      );
    });
  },
);

Deno.test("dropout on a linear layer: the mean over all masks is the scaled test output", () => {
  const x = [0.3, -1, 2, 0.7], w = [1, 0.5, -0.2, 3], keep = 0.8;
  let mean = 0;
  for (let mask = 0; mask < 16; mask++) {
    const kept = x.map((_, i) => (mask >> i) & 1);
    const probability = kept.reduce((p, k) => p * (k ? keep : 1 - keep), 1);
    mean += probability * x.reduce((sum, v, i) => sum + v * w[i] * kept[i], 0);
  }
  assertAlmostEquals(mean, x.reduce((sum, v, i) => sum + v * w[i] * keep, 0), 1e-12);
});

Deno.test("dropout before a softmax: the scaled net is the normalised geometric mean of all nets", () => {
  const x = [0.3, -1, 2], W = [[1, 0.5], [-0.2, 3], [0.7, -1]], keep = 0.5;
  const logits = (scale: (i: number) => number) =>
    [0, 1].map((c) => x.reduce((sum, v, i) => sum + scale(i) * v * W[i][c], 0));
  const logMean = [0, 0];
  for (let mask = 0; mask < 8; mask++) {
    nn.logSoftmax(logits((i) => (mask >> i) & 1)).forEach((v, c) => logMean[c] += v / 8);
  }
  const scaled = nn.softmax(logits(() => keep)), bagged = nn.softmax(logMean);
  scaled.forEach((p, c) => assertAlmostEquals(p, bagged[c], 1e-12));
});
