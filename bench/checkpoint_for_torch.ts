/**
 * Writes the checkpoint of a small LSTM language model and the logits it computes, for
 * bench/torch_checkpoint.py to compare: `deno task bench-checkpoint <folder>`.
 *
 * @module
 */
import type { Tensor } from "@tensorflow/tfjs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const [folder] = Deno.args;
const found = await engine(), { tf, operations } = found;
const [V, H, T, B, random] = [50, 24, 7, 3, seeded(1)];
const make = (...shape: number[]) =>
  nn.parameter(found, { shape, initializer: nn.uniform(0.5), random });
const parameters = {
  ...{ E: make(V, H), W_e: make(H, 4 * H), W_h: make(H, 4 * H), b_1: make(4 * H) },
  ...{ U: make(H, V), b_2: make(V) },
};
const ids = Array.from({ length: T * B }, () => Math.floor(random() * V));
const logits = tf.tidy(() => {
  const { E, W_e, W_h, b_1, U, b_2 } = parameters;
  const x = operations.embed(E, tf.tensor(ids, [T, B], "int32"));
  const zero: Tensor = tf.zeros([B, H]);
  const options = { state: zero, cell: zero, inputWeights: W_e, recurrentWeights: W_h, bias: b_1 };
  const { states } = operations.lstm(x, options);
  return operations.dense(tf.reshape(states, [T * B, H]), { weights: U, bias: b_2 }).dataSync();
});
const model = { engine: found, parameters };
const config = { V, H, order: "i f g o" };
await nn.saveCheckpoint(join(folder, "model.safetensors"), { model, config });
const expected = { T, B, ids, logits: [...logits], engine: found.description };
writeFileSync(join(folder, "expected.json"), JSON.stringify(expected));
