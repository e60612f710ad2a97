import type { Scalar } from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";

/** A small LSTM language model on random text, with everything the trainer offers switched on. */
function model(engine: Engine): nn.Trainable<Int32Array> {
  const { tf, operations } = engine;
  const [V, H, T, B, random] = [40, 12, 6, 4, seeded(1)];
  const make = (...shape: number[]) =>
    nn.parameter(engine, { shape, initializer: nn.uniform(0.3), random });
  const [E, We, Wh, b] = [make(V, H), make(H, 4 * H), make(H, 4 * H), make(4 * H)];
  const [U, b2] = [make(H, V), make(V)];
  return {
    engine,
    parameters: { E, We, Wh, b, U, b2 },
    loss(ids, { training, random }): Scalar {
      const x = operations.embed(E, tf.tensor(ids.subarray(0, T * B), [T, B], "int32"));
      const dropped = nn.dropout(engine, x, { rate: 0.2, training, random });
      const zero = tf.zeros([B, H]);
      const weights = { inputWeights: We, recurrentWeights: Wh, bias: b };
      const { states } = operations.lstm(dropped, { state: zero, cell: zero, ...weights });
      const targets = tf.tensor1d(ids.subarray(B, (T + 1) * B), "int32");
      const h = tf.reshape(states, [T * B, H]);
      return operations.linearCrossEntropy(h, { weights: U, bias: b2, targets });
    },
  };
}

function text(): Int32Array[] {
  const random = seeded(2);
  return Array.from({ length: 5 }, () => Int32Array.from({ length: 28 }, () => 40 * random()));
}

const curves = new Map<string, number[]>();

testEngines(
  "50 steps of training follow the same curve on every engine, to 1e-3",
  async (engine) => {
    const trained = model(engine), curve: number[] = [], batches = text();
    const options = {
      optimizer: nn.adam({ rate: 0.03 }),
      epochs: 10,
      clipNorm: 0.5,
      random: seeded(3),
    };
    for await (const { loss } of nn.train(trained, () => batches, options)) curve.push(loss);
    nn.disposeParameters(trained.parameters);
    curves.set(engine.kind, curve);
    assertEquals(curve.length, 50);
    assert(curve[49] < curve[0] - 0.3, `from ${curve[0]} to ${curve[49]}`);
    const [first] = curves.values();
    curve.forEach((loss, i) => assertAlmostEquals(loss, first[i], 1e-3, `step ${i + 1}`));
  },
);

testEngines("tensors and memory stay flat over 3,000 steps", async (engine) => {
  if (engine.kind === "cpu") return; // slow, and its memory is the garbage collector's
  const trained = model(engine), [batch] = text();
  const { values } = engine;
  const [sizes, bytes, heaps] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const epoch = function* () {
    for (let i = 0; i < 3000; i++) yield batch;
  };
  const options = { optimizer: nn.adam({ rate: 0.01 }), reportEvery: 100, random: seeded(3) };
  for await (const { step } of nn.train(trained, epoch, options)) {
    if (step < 200) continue; // the first steps find their memory
    const { numTensors, numBytes } = engine.tf.memory();
    sizes.add(numTensors);
    bytes.add(numBytes);
    heaps.add(values(trained.parameters.E).buffer.byteLength);
  }
  nn.disposeParameters(trained.parameters);
  assertEquals([sizes.size, bytes.size, heaps.size], [1, 1, 1]);
});
