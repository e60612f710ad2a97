/**
 * The matrix products of a training step and nothing else: the floor below which the step cannot
 * go with the same products. `deno task bench-floor <workload> [steps] [threads]`
 *
 * @module
 */
import process from "node:process";
import type { Tensor } from "@tensorflow/tfjs";
import { engine } from "#lib/engine/mod.ts";

/** Rows, columns, depth, transposed operands, times a step. */
type ProductSpec = [m: number, n: number, k: number, layout: "NN" | "NT" | "TN", count: number];

/** A layer z = x W of N examples: forward, by x, by W. */
function layer(N: number, inputs: number, outputs: number): ProductSpec[] {
  return [
    [N, outputs, inputs, "NN", 1],
    [N, inputs, outputs, "NT", 1],
    [inputs, outputs, N, "TN", 1],
  ];
}

/** A language model of T = 35 steps of B = 20, |V| = 10,000. */
function languageModel(H: number, gates: number, layers: number): ProductSpec[] {
  const [T, B, V] = [35, 20, 10_000];
  const recurrent: ProductSpec[] = [
    ...layer(T * B, H, gates * H),
    [B, gates * H, H, "NN", T],
    [B, H, gates * H, "NT", T],
    [H, gates * H, T * B, "TN", 1],
  ];
  return [...Array(layers).fill(recurrent).flat(), ...layer(T * B, H, V)];
}

const PRODUCTS: Readonly<Record<string, ProductSpec[]>> = {
  "lstm-200": languageModel(200, 4, 2),
  "lm-200": languageModel(200, 4, 2),
  "lstm-650": languageModel(650, 4, 2),
  "rnn-256": languageModel(256, 1, 1),
  "parser": [...layer(1024, 2400, 200), ...layer(1024, 200, 80)],
  "window": [...layer(150, 500, 300), ...layer(150, 300, 100), ...layer(150, 100, 10_000)],
};

const [name, steps = "10", threads = "1"] = Deno.args;
if (!(name in PRODUCTS)) {
  throw new RangeError(`Cannot time ${name}: there are ${Object.keys(PRODUCTS).join(", ")}`);
}
const { tf, description } = await engine({ threads: Number(threads) });
const operands = PRODUCTS[name].map(([m, n, k, layout, count]) => {
  const [ta, tb] = [layout[0] === "T", layout[1] === "T"];
  const a: Tensor = tf.randomUniform(ta ? [k, m] : [m, k], -1, 1);
  const b: Tensor = tf.randomUniform(tb ? [n, k] : [k, n], -1, 1);
  return { a, b, ta, tb, count };
});
const wall: number[] = [], cpu: number[] = [];
for (let step = -2; step < Number(steps); step++) {
  const [start, used] = [performance.now(), process.cpuUsage()];
  for (const { a, b, ta, tb, count } of operands) {
    for (let i = 0; i < count; i++) tf.matMul(a, b, ta, tb).dispose();
  }
  const { user, system } = process.cpuUsage(used);
  if (step < 0) continue;
  wall.push(performance.now() - start);
  cpu.push((user + system) / 1000);
}
const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
const half = wall.length >> 1;
console.log(JSON.stringify({
  ...{ workload: name, engine: description, medianMs: sorted(wall)[half], minMs: sorted(wall)[0] },
  ...{ cpuMedianMs: sorted(cpu)[half], cpuMinMs: sorted(cpu)[0] },
}));
