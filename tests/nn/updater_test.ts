import type { Scalar, Variable } from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";

const WIDTH = 7, ROWS = 5;

/** J = Σ g ⊙ θ, whose gradient is the batch g itself. */
class Linear implements nn.Trainable<Float32Array> {
  readonly parameters: { theta: Variable };

  constructor(readonly engine: Engine) {
    const shape = [ROWS, WIDTH];
    const random = seeded(1);
    this.parameters = {
      theta: nn.parameter(engine, { shape, initializer: nn.uniform(1), random }),
    };
  }

  loss(g: Float32Array): Scalar {
    const { tf } = this.engine;
    return tf.sum(tf.mul(this.parameters.theta, tf.tensor(g, [ROWS, WIDTH])));
  }
}

function gradients(steps: number, zeroRows: (step: number) => number[]): Float32Array[] {
  const random = seeded(2);
  return Array.from(
    { length: steps },
    (_, step) =>
      Float32Array.from(
        { length: ROWS * WIDTH },
        (_, i) => zeroRows(step).includes(Math.floor(i / WIDTH)) ? 0 : random() - 0.4,
      ),
  );
}

async function onTensors(
  engine: Engine,
  batches: Float32Array[],
  options: Pick<nn.TrainOptions<Float32Array>, "optimizer" | "sparse" | "clipNorm">,
): Promise<Float32Array> {
  const model = new Linear(engine);
  for await (const _ of nn.train(model, () => batches, { ...options, random: seeded(1) }));
  const values = model.parameters.theta.dataSync().slice() as Float32Array;
  model.parameters.theta.dispose();
  return values;
}

const optimizers: nn.Optimizer[] = [
  nn.sgd({ rate: 0.1 }),
  nn.momentum({ rate: 0.1 }),
  nn.nesterov({ rate: 0.1 }),
  nn.adagrad({ rate: 0.1, initialAccumulator: 0.1 }),
  nn.rmsprop({ rate: 0.1 }),
  nn.adam({ rate: 0.1 }),
  nn.amsgrad({ rate: 0.1 }),
];

for (const optimizer of optimizers) {
  testEngines(`${optimizer.name} on tensors equals its pure form on arrays`, async (engine) => {
    const batches = gradients(6, () => []);
    let theta: nn.Values = nn.uniform(1)([ROWS, WIDTH], seeded(1));
    let state = optimizer.init({ theta });
    for (const g of batches) {
      const { gradients } = nn.clipByGlobalNorm({ theta: g }, 1);
      const result = optimizer.update({ parameters: { theta }, gradients, state });
      [theta, state] = [result.parameters.theta, result.state];
    }
    const found = await onTensors(engine, batches, { optimizer, clipNorm: 1 });
    found.forEach((v, i) => assertAlmostEquals(v, theta[i], 2e-6, `element ${i}`));
  });
}

testEngines("`sparse` with Adam is SparseAdam: absent rows keep every bit", async (engine) => {
  const absent = (step: number) => step % 2 === 0 ? [1, 4] : [0, 4];
  const batches = gradients(5, absent);
  const optimizer = nn.sparseAdam({ rate: 0.1 });
  let table: nn.Values = nn.uniform(1)([ROWS, WIDTH], seeded(1));
  const start = table.slice();
  let state = optimizer.init(table);
  batches.forEach((g, step) => {
    const rows = [0, 1, 2, 3, 4].filter((row) => !absent(step).includes(row));
    const values = Float32Array.from(
      rows.flatMap((r) => [...g.subarray(r * WIDTH, (r + 1) * WIDTH)]),
    );
    ({ table, state } = optimizer.update({ table, gradient: { rows, values }, state }));
  });
  const options = { optimizer: nn.adam({ rate: 0.1 }), sparse: ["theta"] };
  const found = await onTensors(engine, batches, options);
  found.forEach((v, i) => assertAlmostEquals(v, table[i], 2e-6, `element ${i}`));
  assertEquals([...found.subarray(4 * WIDTH)], [...start.subarray(4 * WIDTH)]); // row 4 never came
});
