import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { type Batch, build } from "./_replica_model.ts";

const module = import.meta.resolve("./_replica_model.ts");
const config = { units: 9 };

function batches(sizes: number[]): Batch[] {
  const random = seeded(3);
  return sizes.map((size) => ({
    x: Float32Array.from({ length: 3 * size }, () => 2 * random() - 1),
    y: Int32Array.from({ length: size }, () => Math.floor(4 * random())),
  }));
}

async function losses(
  engine: Engine,
  workers: number,
): Promise<{ curve: number[]; end: number[] }> {
  const model = build(engine, config), curve: number[] = [];
  const replicas = workers > 0
    ? await nn.Replicas.start(model, { module, config, workers })
    : undefined;
  const options = { optimizer: nn.adam({ rate: 0.02 }), clipNorm: 1, random: seeded(1), epochs: 3 };
  // sizes that do not divide evenly, down to one example for three
  const data = batches([10, 7, 1, 12]);
  for await (const { loss } of nn.train(model, () => data, { ...options, replicas })) {
    curve.push(loss);
  }
  replicas?.dispose();
  const end = Object.values(model.parameters).flatMap((v) => [...v.dataSync()]);
  nn.disposeParameters(model.parameters);
  return { curve, end };
}

testEngines("training with Workers gives the same curve and parameters", async (engine) => {
  const alone = await losses(engine, 0);
  for (const workers of [1, 2]) {
    const shared = await losses(engine, workers);
    assertEquals(shared.curve.length, 12);
    shared.curve.forEach((loss, i) =>
      assertAlmostEquals(loss, alone.curve[i], 1e-5, `step ${i + 1}`)
    );
    shared.end.forEach((v, i) => assertAlmostEquals(v, alone.end[i], 1e-4, `parameter ${i}`));
  }
});

testEngines("a Worker that cannot build the model says why", async (engine) => {
  const model = build(engine, config);
  const start = (config: nn.JsonValue) => nn.Replicas.start(model, { module, config });
  await assertRejects(() => start({ units: 9, fail: true }), Error, "this model does not build");
  await assertRejects(() => start({ units: 8 }), Error, "build() made other parameters");
  nn.disposeParameters(model.parameters);
});

testEngines("a share that fails in a Worker stops training with its message", async (engine) => {
  const model = build(engine, config);
  const replicas = await nn.Replicas.start(model, { module, config });
  const [batch] = batches([4]);
  batch.y[3] = 17; // in the Worker's half
  const options = { optimizer: nn.sgd({ rate: 1 }), random: seeded(1), replicas };
  const error = await assertRejects(() => nn.train(model, () => [batch], options).next(), Error);
  assert(/A replica failed: .*from 0 to 3, got 17/.test(error.message), error.message);
  replicas.dispose();
  nn.disposeParameters(model.parameters);
});

testEngines("a model that cannot split batches is refused", async (engine) => {
  const { split: _, ...model } = build(engine, config);
  const replicas = await nn.Replicas.start(model, { module, config });
  const options = { optimizer: nn.sgd({ rate: 1 }), random: seeded(1), replicas };
  await assertRejects(
    () => nn.train(model, () => batches([4]), options).next(),
    TypeError,
    "split()",
  );
  replicas.dispose();
  nn.disposeParameters(model.parameters);
});
