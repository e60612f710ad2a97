import type { Scalar, Variable } from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { isGranted } from "../_support/permitted.ts";

/** Learns W x = y for numbers. */
class Line implements nn.Trainable<[x: number, y: number]> {
  readonly parameters: { W: Variable; b: Variable };

  constructor(readonly engine: Engine, seed: number, inputs = 1) {
    const random = seeded(seed), initializer = nn.uniform(1);
    this.parameters = {
      W: nn.parameter(engine, { shape: [inputs, 1], initializer, random }),
      b: nn.parameter(engine, { shape: [], initializer, random }),
    };
  }

  loss([x, y]: [number, number]): Scalar {
    const { tf } = this.engine;
    const { W, b } = this.parameters;
    return tf.sum(tf.squaredDifference(tf.add(tf.mul(W, x), b), y));
  }

  dispose(): void {
    nn.disposeParameters(this.parameters);
  }
}

const batches = nn.minibatches([[1, 3], [2, 5], [3, 7]] as [number, number][], { size: 1 });
const epoch: nn.Epoch<[number, number]> = function* (random) {
  for (const [pair] of batches(random) as Iterable<[number, number][]>) yield pair;
};
const options = (seed: number) => ({
  ...{ optimizer: nn.adam({ rate: 0.1 }), epochs: 4, random: seeded(seed) },
  schedule: nn.plateauRate(0.1, { improvement: 0.9 }), // depends on what was saved
  evaluate: (model: nn.Trainable<[number, number]>) => model.parameters.b.dataSync()[0] ** 2,
});

function testWithFiles(name: string, body: (engine: Engine, path: string) => Promise<void>): void {
  testEngines(name, async (engine) => {
    if (!isGranted("write")) return;
    const folder = await Deno.makeTempDir();
    try {
      await body(engine, `${folder}/model.safetensors`);
      assertEquals([...Deno.readDirSync(folder)].filter((f) => f.name.endsWith(".part")), []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

testWithFiles("a checkpoint has parameters, config and vocabulary", async (engine, path) => {
  const model = new Line(engine, 1), other = new Line(engine, 2);
  const vocabulary = ["</s>", "Größe", '"', "\u{1F600}"];
  const config = { sizes: [1, 2], name: "line" };
  await nn.saveCheckpoint(path, { model, config, vocabulary });
  const found = await nn.loadCheckpoint(path);
  assertEquals([found.config, found.vocabulary], [config, vocabulary]);
  assertEquals(found.parameters.W.shape, [1, 1]);
  nn.putParameters(other, found.parameters);
  assertEquals(other.parameters.W.dataSync(), model.parameters.W.dataSync());
  model.dispose();
  other.dispose();
});

testWithFiles("training resumed from a file ends with the same bits", async (engine, path) => {
  const whole = new Line(engine, 1);
  for await (const report of nn.train(whole, epoch, options(1))) {
    if (report.step !== 5) continue; // in the middle of the second epoch
    await nn.saveCheckpoint(path, { model: whole, config: null, training: report.state() });
  }
  const resumed = new Line(engine, 2);
  const { training: resume } = await nn.loadCheckpoint(path);
  for await (const _ of nn.train(resumed, epoch, { ...options(2), resume }));
  assertEquals(resumed.parameters.W.dataSync(), whole.parameters.W.dataSync());
  assertEquals(resumed.parameters.b.dataSync(), whole.parameters.b.dataSync());
  const sgd = { ...options(2), optimizer: nn.sgd({ rate: 1 }), resume };
  await assertRejects(() => nn.train(resumed, epoch, sgd).next(), RangeError, "got (m, v)");
  whole.dispose();
  resumed.dispose();
});

testWithFiles("a training state that was loaded can be saved again", async (engine, path) => {
  const model = new Line(engine, 1);
  model.parameters.W.trainable = false; // Adam keeps nothing of it
  const evaluate = () => Infinity, wild = { ...options(1), epochs: 2, evaluate };
  let training: nn.TrainingState | undefined;
  for await (const at of nn.train(model, epoch, wild)) training = at.state();
  const validations = [Infinity, -Infinity, NaN, ...training!.validations!];
  const layers = [{ h: Float32Array.of(NaN, 1), c: new Float32Array(0) }];
  const carried = { layers, history: Int32Array.of(-1, 7), lanes: 2 };
  training = { ...training!, validations, carried };
  for (let times = 0; times < 2; times++) {
    await nn.saveCheckpoint(path, { model, config: null, training });
    const { training: loaded } = await nn.loadCheckpoint(path);
    assertEquals(loaded, training);
    training = loaded;
  }
  model.dispose();
});

testWithFiles(
  "the best epoch's model and the last epoch's state are both kept",
  async (engine, path) => {
    const model = new Line(engine, 1), validations = [1, 2];
    const evaluate = () => validations.shift()!;
    let training: nn.TrainingState | undefined;
    for await (const at of nn.train(model, epoch, { ...options(1), epochs: 2, evaluate })) {
      training = at.state();
    }
    await nn.saveCheckpoint(path, { model, config: null, training });
    const found = await nn.loadCheckpoint(path);
    assertEquals(found.parameters.W.data, model.parameters.W.dataSync());
    assertEquals(found.training, training);
    assert(found.training!.parameters.W[0] !== found.parameters.W.data[0]);
    model.dispose();
  },
);

testWithFiles("where model and state are the same they are stored once", async (engine, path) => {
  const model = new Line(engine, 1);
  for await (const at of nn.train(model, epoch, { ...options(1), epochs: 1 })) {
    await nn.saveCheckpoint(path, { model, config: null, training: at.state() });
  }
  const { tensors } = nn.decodeSafetensors(await Deno.readFile(path));
  const names = ["W", "b", "optimizer.m.W", "optimizer.m.b", "optimizer.v.W", "optimizer.v.b"];
  assertEquals(Object.keys(tensors), [...names, "best.W", "best.b"]);
  model.dispose();
});

testWithFiles("a config that JSON cannot hold is refused", async (engine, path) => {
  const model = new Line(engine, 1);
  const save = (config: nn.JsonValue) => nn.saveCheckpoint(path, { model, config });
  const says = "Cannot store config.sizes[1]: expected a finite number, got NaN";
  await assertRejects(() => save({ sizes: [1, NaN] }), RangeError, says);
  await assertRejects(() => save(Infinity), RangeError, "Cannot store config: expected");
  model.dispose();
});

testWithFiles("damaged, foreign and unfitting files are refused", async (engine, path) => {
  const model = new Line(engine, 1), wide = new Line(engine, 1, 2);
  await nn.saveCheckpoint(path, { model, config: {} });
  const { parameters } = await nn.loadCheckpoint(path);
  const before = wide.parameters.b.dataSync();
  const message = "Cannot put W in: expected shape [2,1], got [1,1]";
  assertThrows(() => nn.putParameters(wide, parameters), RangeError, message);
  assertEquals(wide.parameters.b.dataSync(), before);
  const { W: _, ...rest } = parameters;
  const named = { ...rest, X: parameters.b };
  assertThrows(
    () => nn.putParameters(model, named),
    RangeError,
    "missing are [W], unknown are [X]",
  );

  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.subarray(0, bytes.length - 3));
  const error = await assertRejects(
    () => nn.loadCheckpoint(path),
    SyntaxError,
    "3 bytes before the end",
  );
  assert(error.message.startsWith(`Cannot load ${path}: `), error.message);
  for (const config of ["{", ""]) {
    await Deno.writeFile(
      path,
      nn.encodeSafetensors({
        tensors: {},
        metadata: { format: "cs224n-lecture5 checkpoint 1", config },
      }),
    );
    await assertRejects(() => nn.loadCheckpoint(path), SyntaxError, `Cannot load ${path}: `);
  }
  await Deno.writeFile(path, nn.encodeSafetensors({ tensors: {}, metadata: {} }));
  await assertRejects(() => nn.loadCheckpoint(path), SyntaxError, 'got "no format"');
  await assertRejects(
    () =>
      nn.saveCheckpoint(path, {
        config: 1,
        model: { engine, parameters: { "a.b": wide.parameters.b } },
      }),
    RangeError,
    "its name has a dot",
  );
  model.dispose();
  wide.dispose();
});
