/**
 * A training run that stores its state after every few updates and goes on where the file in its
 * first argument stands; killed at any moment and started again it ends with the same weights as
 * if it had not been. Prints a digest of them. Used by tests/nn/kill_test.ts.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { createHash } from "node:crypto";
import { engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const [path, epochs = "6"] = Deno.args;
const found = await engine(), { tf, operations } = found;
const random = seeded(1);
const [first, second] = [
  new nn.Linear(found, { inputs: 20, outputs: 64, activation: "tanh", random }),
  new nn.Linear(found, { inputs: 64, outputs: 5, random }),
];
const model: nn.Trainable<number[]> = {
  engine: found,
  parameters: {
    W1: first.parameters.W,
    b1: first.parameters.b,
    W2: second.parameters.W,
    b2: second.parameters.b,
  },
  loss(batch, { training, random }) {
    const x = tf.tensor2d(
      batch.map((i) => Array.from({ length: 20 }, (_, j) => Math.sin(i * (j + 1)))),
    );
    const h = nn.dropout(found, first.apply(x), { rate: 0.2, training, random });
    const targets = tf.tensor1d(batch.map((i) => i % 5), "int32");
    return operations.crossEntropy(second.apply(h), targets);
  },
};
const examples = Array.from({ length: 2000 }, (_, i) => i);
const resume = existsSync(path) ? (await nn.loadCheckpoint(path)).training : undefined;
const options = { optimizer: nn.adam({ rate: 0.01 }), epochs: Number(epochs), random };
for await (
  const report of nn.train(model, nn.minibatches(examples, { size: 20 }), { ...options, resume })
) {
  if (report.step % 3 === 0) {
    await nn.saveCheckpoint(path, { model, config: null, training: report.state() });
  }
}
const digest = createHash("sha256");
for (const variable of Object.values(model.parameters)) digest.update(found.values(variable));
console.log(digest.digest("hex"));
