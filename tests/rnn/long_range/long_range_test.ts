import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { engine } from "#lib/engine/mod.ts";
import { adam, train } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import {
  addingProblem,
  type Cell,
  delayedCopy,
  LastStateNetwork,
  type LongRangeScore,
  type LongRangeTask,
} from "#lib/rnn/mod.ts";
import { testEngines } from "../../_support/engines.ts";

Deno.test("delayed copy: the symbol comes first, and nothing after it gives it away", () => {
  const batch = delayedCopy({ symbols: 3 }).draw({ steps: 5, batchSize: 4, random: seeded(1) });
  const row = (t: number, b: number) => [...batch.inputs.subarray((t * 4 + b) * 6).slice(0, 6)];
  batch.targets.forEach((symbol, b) => {
    assertEquals(row(0, b).indexOf(1), symbol);
    for (let t = 0; t < 5; t++) {
      assertEquals(row(t, b).filter((v) => v === 1).length, 1);
      assertEquals(row(t, b).indexOf(1) < 3, t === 0);
    }
  });
});

Deno.test("the adding problem: two marks, one in each half; their numbers' sum is the answer", () => {
  const [steps, batchSize] = [9, 50];
  const batch = addingProblem().draw({ steps, batchSize, random: seeded(1) });
  batch.targets.forEach((sum, b) => {
    const at = (t: number) => (t * batchSize + b) * 2;
    const marked = Array.from({ length: steps }, (_, t) => t)
      .filter((t) => batch.inputs[at(t) + 1] === 1);
    assertEquals(marked.map((t) => t < 4), [true, false]);
    assertAlmostEquals(marked.reduce((s, t) => s + batch.inputs[at(t)], 0), sum, 1e-6);
  });
  const short = { steps: 1, batchSize, random: seeded(1) };
  assertThrows(() => addingProblem().draw(short), RangeError, "2 steps or more, got 1");
});

Deno.test("the baselines are what guessing costs", () => {
  const { targets } = addingProblem().draw({ steps: 4, batchSize: 20_000, random: seeded(2) });
  const error = targets.reduce((sum, y) => sum + (y - 1) ** 2, 0) / targets.length;
  assertAlmostEquals(error, addingProblem().baseline, 0.005);
  assertEquals(delayedCopy({ symbols: 8 }).baseline, Math.log(8));
});

for (const task of [delayedCopy(), addingProblem()]) {
  testEngines(`${task.name}: gradients by step are those of finite differences`, (engine) => {
    const network = new LastStateNetwork(engine, {
      ...{ cell: "gru", task, units: 5, random: seeded(3), forgetBias: 1 },
    });
    const batch = task.draw({ steps: 4, batchSize: 3, random: seeded(4) });
    const size = batch.inputs.length / 4, h = 0.02;
    network.gradientNorms(batch).forEach((norm, t) => {
      const slopes = Array.from({ length: size }, (_, i) => {
        const [up, down] = [h, -h].map((by) => {
          const inputs = batch.inputs.slice();
          inputs[t * size + i] += by;
          return network.score({ ...batch, inputs }).loss;
        });
        return (up - down) / (2 * h);
      });
      assertAlmostEquals(Math.hypot(...slopes), norm, 1e-3);
    });
    network.dispose();
  });
}

testEngines("of classes that are equally likely only the first is an answer", (engine) => {
  const task = delayedCopy({ symbols: 4 });
  const network = new LastStateNetwork(engine, {
    ...{ cell: "tanh", task, units: 3, random: seeded(1) },
  });
  engine.values(network.parameters.U).fill(0);
  const batch = task.draw({ steps: 3, batchSize: 40, random: seeded(1) });
  const firsts = batch.targets.filter((symbol) => symbol === 0).length;
  assertEquals(network.score(batch).accuracy, firsts / 40);
  network.dispose();
});

testEngines("a GRU that starts with a bias keeps more of its state", (engine) => {
  const task = delayedCopy(), batch = task.draw({ steps: 50, batchSize: 8, random: seeded(1) });
  const first = (forgetBias: number) => {
    const network = new LastStateNetwork(engine, {
      ...{ cell: "gru", task, units: 8, random: seeded(1), forgetBias },
    });
    const [gradient] = network.gradientNorms(batch);
    network.dispose();
    return gradient;
  };
  assert(first(4) > 1000 * first(0));
});

/** Trains on sequences of 50 steps, and scores others. */
async function learned(
  task: LongRangeTask,
  { cell, forgetBias, rate, updates }: {
    cell: Cell;
    forgetBias: number;
    rate: number;
    updates: number;
  },
): Promise<LongRangeScore> {
  const network = new LastStateNetwork(await engine(), {
    ...{ cell, task, units: 32, forgetBias, random: seeded(1) },
  });
  const batches = network.batches({ steps: 50, batchSize: 32, batches: updates });
  const options = { optimizer: adam({ rate }), clipNorm: 1, random: seeded(2), reportEvery: 100 };
  for await (const _ of train(network, batches, options));
  const score = network.score(task.draw({ steps: 50, batchSize: 200, random: seeded(99) }));
  network.dispose();
  return score;
}

Deno.test("over 50 steps, gated cells copy what a vanilla RNN loses", async () => {
  const task = delayedCopy({ symbols: 8 }), options = { forgetBias: 4, rate: 0.005, updates: 450 };
  const { loss, accuracy } = await learned(task, { cell: "tanh", ...options });
  assert(loss > 0.95 * task.baseline && accuracy < 0.3, `tanh ${loss} ${accuracy}`);
  for (const cell of ["gru", "lstm"] as const) {
    const { loss, accuracy } = await learned(task, { cell, ...options });
    assert(loss < 0.05 && accuracy === 1, `${cell} ${loss} ${accuracy}`);
  }
});

Deno.test("over 50 steps, gated cells add what a vanilla RNN cannot", async () => {
  const task = addingProblem(), options = { forgetBias: 2, rate: 0.01, updates: 600 };
  const { loss } = await learned(task, { cell: "tanh", ...options });
  assert(loss > 0.8 * task.baseline, `tanh ${loss}`);
  for (const cell of ["gru", "lstm"] as const) {
    const { loss } = await learned(task, { cell, ...options });
    assert(loss < 0.1 * task.baseline, `${cell} ${loss}`);
  }
});
