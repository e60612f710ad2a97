/** Lines against hidden layers on exclusive or and the spiral, ten seeds each. */
import { assert } from "@std/assert";
import { type Classifier, errorRate, splitExamples } from "#lib/classify/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import * as ff from "#lib/feedforward/mod.ts";
import { adam, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { isGranted } from "../_support/permission.ts";

/** Trains on half of 800 points, returns the share of the others that is classified rightly. */
async function accuracies(make: typeof ff.xor, seed: number): Promise<Record<string, number>> {
  const found = await engine({ prefer: "wasm" }), random = seeded(seed);
  const points = splitExamples(make({ count: 800, random }), { test: 0.5, random });
  const sizes = { features: 2, hidden: [32], classes: 2 };
  const models = {
    network: new ff.MultilayerPerceptron(found, { ...sizes, activation: "relu", random }),
    softmax: new ff.SoftmaxRegression(found, sizes),
    logistic: new ff.LogisticRegression(found, sizes),
  };
  for (const [name, model] of Object.entries(models)) {
    const options = { optimizer: adam({ rate: 0.02 }), random, reportEvery: 1e6 };
    const epochs = name === "network" ? 120 : 15;
    const batches = ff.exampleBatches(points.train, { size: 32 });
    for await (const { loss } of train(model, batches, { ...options, epochs })) assert(loss < 3);
  }
  const all: Record<string, Classifier> = { ...models, svm: ff.linearSvm(points.train) };
  const measured = Object.entries(all).map(([name, model]) => [
    name,
    1 - errorRate(model, points.test),
  ]);
  for (const model of Object.values(models)) model.dispose();
  return Object.fromEntries(measured);
}

for (const [name, make] of Object.entries({ xor: ff.xor, spiral: ff.spiral })) {
  Deno.test({
    name: `${name}: linear models at most 75 %, a hidden layer at least 98 %, ten seeds`,
    ignore: !isGranted({ name: "read" }),
    fn: async () => {
      for (let seed = 1; seed <= 10; seed++) {
        const { network, ...linear } = await accuracies(make, seed);
        assert(network >= 0.98, `seed ${seed}: the network has ${network}`);
        for (const [model, accuracy] of Object.entries(linear)) {
          assert(accuracy <= 0.75, `seed ${seed}: ${model} has ${accuracy}`);
        }
      }
    },
  });
}
