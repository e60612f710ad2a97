import type { Scalar } from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";

type Example = [x: number, y: number, label: number];

/** Exclusive or with noise: not linearly separable. */
function exclusiveOr(count: number): Example[] {
  const random = seeded(1);
  return Array.from({ length: count }, () => {
    const [a, b] = [random() < 0.5 ? 0 : 1, random() < 0.5 ? 0 : 1];
    return [a + 0.3 * (random() - 0.5), b + 0.3 * (random() - 0.5), a ^ b];
  });
}

/** Two inputs, a hidden layer with dropout, two classes. */
class Classifier implements nn.Trainable<Example[]> {
  readonly #hidden: nn.Linear;
  readonly #output: nn.Linear;
  readonly parameters: nn.NamedVariables;

  constructor(readonly engine: Engine, readonly dropout = 0) {
    const random = seeded(3);
    this.#hidden = new nn.Linear(engine, {
      ...{ inputs: 2, outputs: 16, activation: "tanh", random },
    });
    this.#output = new nn.Linear(engine, { inputs: 16, outputs: 2, random });
    const [hidden, output] = [this.#hidden.parameters, this.#output.parameters];
    this.parameters = { W: hidden.W, b1: hidden.b, U: output.W, b2: output.b };
  }

  loss(batch: Example[], { training, random }: nn.LossContext): Scalar {
    const { tf, operations } = this.engine;
    const x = tf.tensor2d(batch.map(([a, b]) => [a, b]));
    const targets = tf.tensor1d(batch.map(([, , label]) => label), "int32");
    const h = this.#hidden.apply(x);
    const dropped = nn.dropout(this.engine, h, { rate: this.dropout, training, random });
    return operations.crossEntropy(this.#output.apply(dropped), targets);
  }

  tokens(batch: Example[]): number {
    return batch.length;
  }

  values(): number[] {
    return Object.values(this.parameters).flatMap((v) => [...v.dataSync()]);
  }

  dispose(): void {
    this.#hidden.dispose();
    this.#output.dispose();
  }
}

async function collect(
  model: Classifier,
  options: Partial<nn.TrainOptions<Example[]>> = {},
): Promise<nn.TrainingReport[]> {
  const batches = nn.minibatches(exclusiveOr(64), { size: 10 });
  const reports = [];
  const all = { optimizer: nn.adam({ rate: 0.02 }), random: seeded(7), ...options };
  for await (const report of nn.train(model, batches, all)) reports.push(report);
  return reports;
}

testEngines("train() learns exclusive or, and reports on the way", async (engine) => {
  const model = new Classifier(engine);
  const reports = await collect(model, { epochs: 30 });
  assertEquals(reports.length, 30 * 7); // 64 examples in batches of 10
  assertEquals(reports.map((r) => r.step), Array.from({ length: 210 }, (_, i) => i + 1));
  assertEquals([reports[0].epoch, reports[209].epoch], [0, 29]);
  assertAlmostEquals(reports[0].loss, Math.log(2), 0.4);
  assert(reports[209].loss < 0.1, `loss ${reports[209].loss}`);
  assert(reports.every((r) => r.tokensPerSecond > 0 && r.gradientNorm > 0));
  model.dispose();
});

testEngines(
  "hidden units that start alike (at zero, or any number) stay identical",
  async (engine) => {
    for (const start of [0, 0.1]) {
      const model = new Classifier(engine);
      for (const variable of Object.values(model.parameters)) engine.values(variable).fill(start);
      await collect(model, { epochs: 3 });
      const [W, U] = [model.parameters.W.dataSync(), model.parameters.U.dataSync()];
      for (let unit = 1; unit < 16; unit++) {
        assertEquals([W[unit], W[16 + unit]], [W[0], W[16]]); // [2, 16]
        assertEquals([U[2 * unit], U[2 * unit + 1]], [U[0], U[1]]); // [16, 2]
      }
      assertEquals(start === 0, W[0] === 0);
      model.dispose();
    }
  },
);

testEngines("the same seed gives the same parameters, another seed others", async (engine) => {
  const run = async (seed: number) => {
    const model = new Classifier(engine, 0.2);
    await collect(model, { epochs: 2, random: seeded(seed) });
    const values = model.values();
    model.dispose();
    return values;
  };
  assertEquals(await run(1), await run(1));
  assert((await run(1))[0] !== (await run(2))[0]);
});

testEngines("training resumed from any report ends with the same bits", async (engine) => {
  const options = { epochs: 3, evaluate: (m: nn.Trainable<Example[]>) => m.parameters.W.size };
  const whole = new Classifier(engine, 0.2);
  const states: nn.TrainingState[] = [];
  const optimizer = nn.adam({ rate: 0.02 });
  const batches = nn.minibatches(exclusiveOr(64), { size: 10 });
  for await (
    const report of nn.train(whole, batches, { ...options, optimizer, random: seeded(7) })
  ) {
    states.push(structuredClone(report.state()));
  }
  const expected = whole.values();
  assertEquals(states.length, 3 * 8); // seven updates and an evaluation each epoch
  for (const index of [0, 5, 6, 7, 8, 22, 23]) {
    const model = new Classifier(engine, 0.2);
    await collect(model, { ...options, optimizer, random: seeded(99), resume: states[index] });
    assertEquals(model.values(), expected, `resumed from report ${index}`);
    model.dispose();
  }
  whole.dispose();
});

testEngines(
  "what has been trained to its end, resumed, reports once, with the best",
  async (engine) => {
    const validations = [2, 1, 3], evaluate = () => validations.shift()!;
    const whole = new Classifier(engine), model = new Classifier(engine);
    const options = { epochs: 3, evaluate, optimizer: nn.adam({ rate: 0.02 }), random: seeded(7) };
    const batches = nn.minibatches(exclusiveOr(64), { size: 10 });
    let resume: nn.TrainingState | undefined;
    for await (const at of nn.train(whole, batches, options)) resume = at.state();
    const [report, ...others] = await collect(model, { ...options, resume });
    const fewer = collect(model, { ...options, epochs: 1, resume });
    await assertRejects(() => fewer, RangeError, "expected 3 epochs or more");
    assertEquals([report.epoch, report.step, report.loss, others.length], [3, 21, NaN, 0]);
    assertEquals(model.values(), whole.values());
    for (const each of [model, whole]) each.dispose();
  },
);

testEngines("a slow evaluation does not slow the training that is reported", async (engine) => {
  const model = new Classifier(engine);
  const evaluate = () => new Promise<number>((resolve) => setTimeout(() => resolve(1), 1000));
  const [{ tokensPerSecond }] = await collect(model, { evaluate, reportEvery: Infinity });
  assert(tokensPerSecond > 64, `${tokensPerSecond}`);
  model.dispose();
});

testEngines("stopping the loop stops training and leaves nothing behind", async (engine) => {
  const model = new Classifier(engine);
  const batches = nn.minibatches(exclusiveOr(64), { size: 10 });
  const options = { optimizer: nn.adam({ rate: 0.02 }), epochs: 100, random: seeded(7) };
  let last = 0;
  for await (const { step } of nn.train(model, batches, options)) {
    last = step;
    if (step === 5) break;
  }
  assertEquals(last, 5);
  model.dispose();
});

testEngines(
  "early stopping: patience counts epochs, and the best parameters are kept",
  async (engine) => {
    const model = new Classifier(engine);
    const results = [3, 1, 2, 1, 5, 0];
    const seen: number[][] = [];
    const reports = await collect(model, {
      epochs: 6,
      patience: 3,
      reportEvery: 1000,
      evaluate: () => {
        seen.push(model.values());
        return results[seen.length - 1];
      },
    });
    assertEquals(reports.map((r) => r.validation), [3, 1, 2, 1, 5]); // stopped before the sixth
    assertEquals(reports.map((r) => r.epoch), [1, 2, 3, 4, 5]);
    assertEquals(model.values(), seen[1]);
    model.dispose();
  },
);

testEngines("divergence names step and rate and puts good parameters back", async (engine) => {
  const model = new Classifier(engine);
  const start = model.values();
  const wild = { optimizer: nn.sgd({ rate: 1e6 }), epochs: 50 };
  const error = await assertRejects(() => collect(model, wild), nn.DivergenceError, "rate 1000000");
  assert(error.step > 1 && error.message.includes(`step ${error.step}`));
  assertEquals(error.details.restoredStep, 0);
  assertEquals(model.values(), start);
  model.dispose();
});

testEngines(
  "a loss that is not a number stops before it reaches the parameters",
  async (engine) => {
    const model = new Classifier(engine);
    const start = model.values();
    const plain = model.loss.bind(model);
    model.loss = (batch, context) => engine.tf.mul(plain(batch, context), NaN);
    await assertRejects(() => collect(model), nn.DivergenceError, "the loss is NaN");
    assertEquals(model.values(), start);
    model.dispose();
  },
);

testEngines("a loss that throws leaves neither tensors nor a tape", async (engine) => {
  const model = new Classifier(engine), plain = model.loss.bind(model);
  model.loss = (batch, context) => {
    plain(batch, context); // saves tensors for the way back
    throw new RangeError("not this batch");
  };
  await assertRejects(() => collect(model), RangeError, "not this batch");
  assertEquals(engine.tf.engine().state.activeTape, null);
  model.dispose();
});

testEngines(
  "gradients are clipped to the norm, L2 pulls parameters to 0, rates follow",
  async (engine) => {
    const norms = async (options: Partial<nn.TrainOptions<Example[]>>) => {
      const model = new Classifier(engine);
      const before = model.values();
      const [report] = await collect(model, { optimizer: nn.sgd({ rate: 1 }), ...options });
      const change = Math.hypot(...model.values().map((v, i) => v - before[i]));
      model.dispose();
      return { report, change };
    };
    const one = { batches: 1 };
    assertEquals(one.batches, 1);
    const rate = nn.constantRate(0.5);
    const clipped = await norms({ clipNorm: 1e-3, schedule: rate });
    assertEquals(clipped.report.learningRate, 0.5);
    assert(clipped.report.gradientNorm > 1e-3);
    assert(clipped.change <= 7 * 0.5 * 1e-3 * 1.001, `moved by ${clipped.change}`); // seven updates
    const model = new Classifier(engine);
    const size = () => Math.hypot(...model.parameters.W.dataSync());
    const before = size(), l2 = { lambda: 1, only: ["W"] };
    await collect(model, { epochs: 20, l2 });
    assert(size() < 0.2 * before, `‖W‖ from ${before} to ${size()}`);
    model.dispose();
  },
);

const refused: [says: string, options: Partial<nn.TrainOptions<Example[]>>][] = [
  ["Cannot regularise X: expected one of W, b1, U, b2", { l2: { lambda: 1, only: ["X"] } }],
  ["Cannot regularise W: expected", { l2: { lambda: 1, only: ["W", "W"] } }],
  ["expected λ of 0 or more, got -1", { l2: { lambda: -1 } }],
  ["expected a norm above 0, got -1", { clipNorm: -1 }],
  ["expected a norm above 0, got 0", { clipNorm: 0 }],
  ["expected epochs in a whole number of 0 or more, got NaN", { epochs: NaN }],
  ["expected epochs in a whole number of 0 or more, got 1.5", { epochs: 1.5 }],
  ["patience in a whole number of 1 or more, got 0", { patience: 0, evaluate: () => 1 }],
  ["Cannot train with patience: expected evaluate(), got none", { patience: 3 }],
  ["reports in a whole number of 1 or more, got 0", { reportEvery: 0 }],
  ["reports in a whole number of 1 or more, got NaN", { reportEvery: NaN }],
  ["expected a rate of SGD above 0, got 0", {
    ...{ optimizer: nn.sgd({ rate: 0 }), schedule: nn.constantRate(1) },
  }],
  ["Cannot train rows of E: expected one of W, b1, U, b2", { sparse: ["E"] }],
];
testEngines("options that cannot be are refused before the first update", async (engine) => {
  const model = new Classifier(engine), start = model.values();
  for (const [says, options] of refused) {
    await assertRejects(() => collect(model, options), RangeError, says);
  }
  assertEquals(model.values(), start);
  model.dispose();
});

testEngines(
  "resumed from its last report, before the epoch counts, it reports once",
  async (engine) => {
    const model = new Classifier(engine);
    const options = { optimizer: nn.adam({ rate: 0.02 }), random: seeded(7) };
    const batches = nn.minibatches(exclusiveOr(64), { size: 10 });
    let last: nn.TrainingReport | undefined, resume: nn.TrainingState | undefined;
    for await (last of nn.train(model, batches, options)) resume = last.state();
    const reports = await collect(model, { ...options, resume });
    assertEquals(reports.map(({ epoch, step, loss }) => [epoch, step, loss]), [[1, 7, NaN]]);
    assertThrows(() => last!.state(), Error, "expected a call inside the loop");
    model.dispose();
  },
);

testEngines("a state that does not fit is refused; the model stays as it is", async (engine) => {
  const whole = new Classifier(engine), model = new Classifier(engine), start = model.values();
  const options = { optimizer: nn.adam({ rate: 0.02 }), random: seeded(7) };
  const batches = nn.minibatches(exclusiveOr(64), { size: 10 });
  let state: nn.TrainingState | undefined;
  for await (const at of nn.train(whole, batches, options)) state = at.state();
  const short = (arrays: Readonly<Record<string, nn.Values>>) => ({
    ...(arrays as Record<string, Float32Array>),
    U: new Float32Array(1),
  });
  const { parameters, optimizer: { t, slots: { m, v } } } = state!;
  const best = { validation: 1, parameters: short(parameters), epochsSince: 0 };
  const cases: [says: string, change: Partial<nn.TrainingState>, optimizer?: nn.Optimizer][] = [
    ["expected its accumulators ()", {}, nn.sgd({ rate: 1 })],
    ["Cannot put back U: expected 32 values, got 1", { parameters: short(parameters) }],
    ["Cannot put back U: expected 32 values, got 1", { best }],
    ["resume with v of U: expected 32 values", { optimizer: { t, slots: { m, v: short(v) } } }],
  ];
  for (const [says, change, optimizer = options.optimizer] of cases) {
    const resume = { ...state!, ...change };
    const refused = () => collect(model, { optimizer, resume, epochs: 2 });
    await assertRejects(refused, RangeError, says);
    assertEquals(model.values(), start, says);
  }
  for (const each of [model, whole]) each.dispose();
});

testEngines("the L2 term leaves out parameters that do not learn by gradients", async (engine) => {
  const make = (trainable: boolean) =>
    nn.parameter(engine, {
      shape: [1],
      initializer: () => Float32Array.of(1),
      random: seeded(1),
      trainable,
    });
  const [w, table] = [make(true), make(false)];
  const model = { engine, parameters: { w, table }, loss: () => engine.tf.sum(w).asScalar() };
  const options = { optimizer: nn.sgd({ rate: 0.1 }), random: seeded(1) };
  const run = (l2: nn.L2Options) => Array.fromAsync(nn.train(model, () => [0], { ...options, l2 }));
  await run({ lambda: 0.5 }); // w − η (1 + 2λw)
  assertAlmostEquals(w.dataSync()[0], 0.8, 1e-6);
  assertEquals(table.dataSync()[0], 1);
  await assertRejects(() => run({ lambda: 1, only: ["table"] }), RangeError, "expected one of w");
  nn.disposeParameters(model.parameters);
});

testEngines("an epoch without batches is refused", async (engine) => {
  const model = new Classifier(engine);
  const options = { optimizer: nn.sgd({ rate: 1 }), random: seeded(1) };
  const empty = nn.minibatches<Example>([], { size: 1 });
  await assertRejects(() => nn.train(model, empty, options).next(), RangeError, "no batches");
  model.dispose();
});
