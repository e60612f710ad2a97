/**
 * What a small operation costs, in microseconds: TensorFlow.js's wasm backend as it comes, and after
 * `engine()` took over. `deno task bench-overhead`
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { engine } from "#lib/engine/mod.ts";

const ROUNDS = 20, CALLS = 2000;

/** The fastest of the rounds, in microseconds a call. */
function microseconds(call: () => void): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) tf.tidy(call);
    best = Math.min(best, performance.now() - start);
  }
  return 1000 * best / CALLS;
}

/** The costs of operations of 8×8 matrices. */
function costs(): Record<string, number> {
  const a = tf.ones([8, 8]),
    b = tf.ones([8, 8]),
    y = tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 0], "int32");
  const W = tf.tidy(() => tf.variable(tf.ones([8, 8])));
  const found = {
    "nothing (tidy alone)": microseconds(() => {}),
    "add": microseconds(() => tf.add(a, b)),
    "clone": microseconds(() => tf.clone(a)),
    "matMul": microseconds(() => tf.matMul(a, b)),
    "matMul, transposed": microseconds(() => tf.matMul(a, b, true)),
    "tanh(x W + b) and its gradients": microseconds(() =>
      tf.variableGrads(() => tf.sum(tf.tanh(tf.add(tf.matMul(a, W), b))) as tf.Scalar)
    ),
    "cross-entropy and its gradient": microseconds(() =>
      tf.variableGrads(() => tf.losses.softmaxCrossEntropy(tf.oneHot(y, 8), tf.matMul(a, W)))
    ),
  };
  tf.dispose([a, b, y, W]);
  return found;
}

await tf.setBackend("wasm");
const before = costs();
const { operations, description } = await engine();
const after = costs();
const [x, bias] = [tf.ones([8, 8]), tf.zeros([8])], W = tf.variable(tf.ones([8, 8]));
const targets = tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 0], "int32");
const dense = { weights: W, bias, activation: "tanh" } as const;
const fused: Record<string, number> = {
  "tanh(x W + b) and its gradients": microseconds(() =>
    tf.variableGrads(() => tf.sum(operations.dense(x, dense)) as tf.Scalar)
  ),
  "cross-entropy and its gradient": microseconds(() =>
    tf.variableGrads(() => operations.linearCrossEntropy(x, { weights: W, bias, targets }))
  ),
};
console.log(`${description}\nmicroseconds     as it comes  engine()  fused`);
for (const [name, cost] of Object.entries(before)) {
  const cells = [cost, after[name], fused[name]].map((n) => (n?.toFixed(2) ?? "").padStart(8));
  console.log(`${cells.join("  ")}  ${name}`);
}
