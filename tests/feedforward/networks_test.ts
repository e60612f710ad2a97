import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { errorRate, splitExamples } from "#lib/classify/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import * as ff from "#lib/feedforward/mod.ts";
import { adam, checkGradients, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { classifierContract } from "../_support/classifier_contract.ts";
import { testEngines } from "../_support/engines.ts";

const context = { training: true, random: seeded(1) };

/** Every kind of network, with three classes. */
function networks(engine: Engine): Record<string, ff.SoftmaxRegression | ff.MultilayerPerceptron> {
  const random = seeded(5);
  const mlp = (hidden: number[], activation: ff.HiddenActivation) =>
    new ff.MultilayerPerceptron(engine, { features: 2, hidden, classes: 3, activation, random });
  return {
    "softmax regression": new ff.SoftmaxRegression(engine, { features: 2, classes: 3 }),
    tanh: mlp([4], "tanh"),
    "relu twice": mlp([5, 4], "relu"),
    swish: mlp([4], "swish"),
    "hard tanh": mlp([4], "hardTanh"),
    "leaky ReLU": mlp([4], "leakyRelu"),
    "parametric ReLU": mlp([4], "parametricRelu"),
    "no hidden layer": mlp([], "relu"),
  };
}

testEngines("networks keep the contract of classifiers", (engine) => {
  const { x } = ff.blobs({ count: 30, random: seeded(2) });
  for (const model of Object.values(networks(engine))) {
    classifierContract(model, x);
    model.dispose();
  }
});

testEngines("gradients of every kind of network are those of finite differences", (engine) => {
  const { tf, values } = engine;
  const batch = ff.blobs({ count: 6, random: seeded(2) });
  for (const model of Object.values(networks(engine))) {
    const random = seeded(3);
    for (const v of Object.values(model.parameters)) {
      values(v).forEach((value, i) => values(v)[i] = value + 0.2 * (random() - 0.5));
    }
    const parameters = Object.fromEntries(
      Object.entries(model.parameters).map(([key, v]) => [key, Float64Array.from(v.dataSync())]),
    );
    checkGradients(
      () =>
        tf.tidy(() => {
          for (const [key, v] of Object.entries(model.parameters)) values(v).set(parameters[key]);
          const { value, grads } = tf.variableGrads(() => model.loss(batch, context));
          const named = Object.entries(model.parameters)
            .map(([key, v]) => [key, Float64Array.from(grads[v.name].dataSync())]);
          return { loss: value.dataSync()[0], gradients: Object.fromEntries(named) };
        }),
      parameters,
      { step: 1e-3, floor: 0.05, tolerance: 0.01 }, // losses are float32, and ReLU has kinks
    );
    model.dispose();
  }
});

testEngines("the hidden layer's representation is what the softmax gets", (engine) => {
  const random = seeded(4), sizes = { features: 2, hidden: [4, 3], classes: 2 };
  const model = new ff.MultilayerPerceptron(engine, { ...sizes, activation: "tanh", random });
  const x = Float32Array.of(0.5, -1, 0, 2);
  assertEquals(model.representation(x, 0), x);
  assertEquals(model.representation(x, 1).length, 2 * 4);
  const h = model.representation(x, 2), f = model.decisionValues(x, 2);
  const [U, b] = [model.parameters.U.dataSync(), model.parameters.b.dataSync()];
  for (let i = 0; i < 2; i++) {
    for (let c = 0; c < 2; c++) {
      const sum = [0, 1, 2].reduce((all, k) => all + h[3 * i + k] * U[2 * k + c], b[c]);
      assertAlmostEquals(f[2 * i + c], sum, 1e-5);
    }
  }
  assertThrows(() => model.representation(x, 3), RangeError, "from 0 to 2, got 3");
  const wrong = { features: 2, hidden: [4], classes: 3, outputBias: Float32Array.of(1) };
  const build = () => new ff.MultilayerPerceptron(engine, { ...wrong, random: seeded(1) });
  assertThrows(build, RangeError, "expected 3 values, got 1"); // and no tensor is left
  model.dispose();
});

testEngines("units are dropped in training alone", (engine) => {
  const random = seeded(4), sizes = { features: 2, hidden: [8], classes: 2 };
  const rates = { dropout: 0.5, inputDropout: 0.2 };
  const model = new ff.MultilayerPerceptron(engine, { ...sizes, ...rates, random });
  const batch = ff.circle({ count: 10, random });
  const loss = () => engine.tf.tidy(() => model.loss(batch, context).dataSync()[0]);
  assert(loss() !== loss());
  assertEquals(model.decisionValues(batch.x, 10), model.decisionValues(batch.x, 10));
  model.dispose();
});

testEngines("a hidden layer learns the circle, softmax regression cannot", async (engine) => {
  const random = seeded(6);
  const points = splitExamples(ff.circle({ count: 300, random }), { test: 0.5, random });
  const network = new ff.MultilayerPerceptron(engine, {
    ...{ features: 2, hidden: [12], classes: 2, activation: "tanh", random },
  });
  const linear = new ff.SoftmaxRegression(engine, { features: 2, classes: 2 });
  for (const model of [network, linear]) {
    const batches = ff.exampleBatches(points.train, { size: 25 });
    const options = { optimizer: adam({ rate: 0.03 }), epochs: 30, random, reportEvery: 1000 };
    for await (const { loss } of train(model, batches, options)) assert(Number.isFinite(loss));
  }
  assert(errorRate(network, points.test) < 0.03);
  assert(errorRate(linear, points.test) > 0.3);
  network.dispose();
  linear.dispose();
});

testEngines(
  "logistic regression is softmax regression on the difference of two weights",
  (engine) => {
    const { tf, values } = engine;
    const logistic = new ff.LogisticRegression(engine, { features: 2 });
    const softmax = new ff.SoftmaxRegression(engine, { features: 2, classes: 2 });
    const batch = ff.twoMoons({ count: 20, random: seeded(2) });
    values(logistic.parameters.W).set([0.7, -1.2]);
    values(logistic.parameters.b).set([0.3]);
    values(softmax.parameters.W).set([0.1, 0.8, 0.5, -0.7]); // [2, 2]: differences 0.7 and −1.2
    values(softmax.parameters.b).set([-0.2, 0.1]);
    classifierContract(logistic, batch.x);
    const [a, b] = [logistic, softmax].map((model) => model.predictProbabilities(batch.x, 20));
    a.forEach((p, i) => assertAlmostEquals(p, b[i], 1e-5));
    const slopes = (model: typeof logistic | typeof softmax) =>
      tf.variableGrads(() => model.loss(batch, context)).grads[model.parameters.W.name].dataSync();
    tf.tidy(() => {
      const [one, two] = [slopes(logistic), slopes(softmax)];
      one.forEach((slope, j) => assertAlmostEquals(slope, two[2 * j + 1], 1e-5));
    });
    logistic.dispose();
    softmax.dispose();
  },
);

testEngines("the last layer decides on the hidden layer as the network does", (engine) => {
  const random = seeded(4), sizes = { features: 2, hidden: [6, 2], classes: 3 };
  const model = new ff.MultilayerPerceptron(engine, { ...sizes, random });
  const { x } = ff.blobs({ count: 15, random });
  const h = model.representation(x, 2);
  const [whole, last] = [
    model.predictProbabilities(x, 15),
    model.output().predictProbabilities(h, 15),
  ];
  last.forEach((p, i) => assertAlmostEquals(p, whole[i], 1e-6));
  classifierContract(model.output(), h);
  model.dispose();
});
