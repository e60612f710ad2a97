import type { Scalar, Tensor } from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Engine, type Operations, plainOperations } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { assertGradients } from "../_support/gradients.ts";

/** An operation to be tested: its float inputs' shapes and a loss made with it. */
interface Case {
  shapes: Record<string, number[]>;
  loss(op: Operations, inputs: Record<string, Tensor>, engine: Engine): Tensor;
}

const [T, B, I, H, P] = [4, 3, 5, 7, 6]; // sizes that are no multiples of 4, for the loops' ends

function recurrent(gates: number, width = H): Record<string, number[]> {
  return {
    x: [T, B, I],
    state: [B, width],
    inputWeights: [I, gates * H],
    recurrentWeights: [width, gates * H],
    bias: [gates * H],
  };
}

/** A loss in which every element has another weight, so that no two mistakes cancel. */
function weighted({ tf }: Engine, y: Tensor): Tensor {
  const random = seeded(99);
  const weights = Float32Array.from({ length: y.size }, () => random() - 0.3);
  return tf.sum(tf.mul(y, tf.tensor(weights, y.shape)));
}

/** Ids or classes with a repetition, below 6. */
function ids({ tf }: Engine, shape: number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(Int32Array.from({ length: size }, (_, i) => (i * i + 1) % 6), shape, "int32");
}

type Recurrent = Record<"x" | "state" | "inputWeights" | "recurrentWeights" | "bias", Tensor>;

const cases: Record<string, Case> = {
  "embed": {
    shapes: { E: [6, 5] },
    loss: (op, { E }, e) => weighted(e, op.embed(E, ids(e, [2, 4]))),
  },
  "crossEntropy": {
    shapes: { logits: [5, 6] },
    loss: (op, { logits }, e) => op.crossEntropy(logits, ids(e, [5])),
  },
  "crossEntropy with rows left out, times 3": {
    shapes: { logits: [5, 6] },
    loss: (op, { logits }, e) => {
      const targets = e.tf.tensor1d([2, -1, 0, -1, 5], "int32");
      return e.tf.mul(3, op.crossEntropy(logits, targets));
    },
  },
  "logSoftmax": {
    shapes: { logits: [5, 6] },
    loss: (op, { logits }, e) => weighted(e, op.logSoftmax(logits)),
  },
  "linearCrossEntropy, times 3": {
    shapes: { h: [5, H], U: [H, 6], b: [6] },
    loss: (op, { h, U, b }, e) =>
      e.tf.mul(3, op.linearCrossEntropy(h, { weights: U, bias: b, targets: ids(e, [5]) })),
  },
  "linearCrossEntropy with Uᵀ": {
    shapes: { h: [5, H], E: [6, H], b: [6] },
    loss: (op, { h, E, b }, e) =>
      op.linearCrossEntropy(h, { weights: E, transposed: true, bias: b, targets: ids(e, [5]) }),
  },
  "groupLosses": {
    shapes: { h: [5, H], U: [9, H], b: [9] },
    loss: (op, { h, U, b }, e) => {
      const targets = e.tf.tensor1d([4, 0, 8, -1, 5], "int32");
      const options = { weights: U, bias: b, starts: [0, 2, 3, 7, 9], targets };
      return weighted(e, op.groupLosses(h, options));
    },
  },
  "groupLosses with direct weights": {
    shapes: { h: [5, H], U: [9, H], b: [9] },
    loss: (op, { h, U, b }, e) => {
      const targets = e.tf.tensor1d([4, 0, 8, -1, 5], "int32");
      const table = e.tf.tensor1d(Array.from({ length: 12 }, (_, i) => Math.sin(i)));
      const places = e.tf.tensor2d([0, 3, 5, -1, 10, 1, 0, 0, 8, 8], [5, 2], "int32");
      const options = { weights: U, bias: b, starts: [0, 2, 3, 7, 9], targets };
      return weighted(e, op.groupLosses(h, { ...options, direct: { table, places } }));
    },
  },
  "rnn over one step": {
    shapes: { ...recurrent(1), x: [1, B, I] },
    loss: (op, inputs, e) => weighted(e, op.rnn(inputs.x, inputs as Recurrent)),
  },
  "gru": {
    shapes: recurrent(3),
    loss: (op, inputs, e) => weighted(e, op.gru(inputs.x, inputs as Recurrent)),
  },
  "gru over one step": {
    shapes: { ...recurrent(3), x: [1, B, I] },
    loss: (op, inputs, e) => weighted(e, op.gru(inputs.x, inputs as Recurrent)),
  },
  "lstm, states alone": {
    shapes: { ...recurrent(4), cell: [B, H] },
    loss: (op, inputs, e) =>
      weighted(e, op.lstm(inputs.x, inputs as Recurrent & { cell: Tensor }).states),
  },
  "lstm with projection, states and cells": {
    shapes: { ...recurrent(4, P), cell: [B, H], projection: [H, P] },
    loss: (op, inputs, e) => {
      const { states, cells } = op.lstm(inputs.x, inputs as Recurrent & { cell: Tensor });
      return e.tf.add(weighted(e, states), weighted(e, cells));
    },
  },
};
for (const activation of ["identity", "tanh", "logistic", "relu", "cube"] as const) {
  cases[`dense, ${activation}`] = {
    shapes: { x: [5, 6], W: [6, H], b: [H] },
    loss: (op, { x, W, b }, e) => weighted(e, op.dense(x, { weights: W, bias: b, activation })),
  };
}
for (const activation of ["tanh", "logistic", "relu"] as const) {
  cases[`rnn, ${activation}`] = {
    shapes: recurrent(1),
    loss: (op, inputs, e) => weighted(e, op.rnn(inputs.x, { ...inputs as Recurrent, activation })),
  };
}

for (const [activation, width] of [["identity", 47], ["cube", 41], ["relu", 3]] as const) {
  cases[`sumRows, ${activation}, ${width} wide`] = {
    shapes: { T: [6, width], b: [width] },
    loss: (op, { T, b }, e) => {
      const ids = e.tf.tensor2d([[0, 5, 5], [-1, 2, -1], [-7, -1, -1], [4, 0, 1]], [4, 3], "int32");
      return weighted(e, op.sumRows(T, ids, { bias: b, activation }));
    },
  };
}

for (const width of [4, 7]) {
  cases[`segmentMax, ${width} wide`] = {
    shapes: { z: [8, width] },
    loss: (op, { z }, e) => weighted(e, op.segmentMax(z, [0, 1, 5, 8])),
  };
}

function draw(shapes: Record<string, number[]>, seed: number): Record<string, Float32Array> {
  const random = seeded(seed);
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 1.6 * random() - 0.8),
    ]),
  );
}

/** J and all gradients, as numbers. */
function evaluate(
  engine: Engine,
  test: Case,
  { operations, values }: { operations: Operations; values: Record<string, Float32Array> },
): { loss: number; gradients: Float32Array[] } {
  const { tf } = engine;
  const names = Object.keys(test.shapes);
  return tf.tidy(() => {
    const inputs = names.map((name) => tf.tensor(values[name], test.shapes[name]));
    const f = (...args: Tensor[]) => {
      const named = Object.fromEntries(names.map((name, i) => [name, args[i]]));
      return test.loss(operations, named, engine) as Scalar;
    };
    const { value, grads } = tf.valueAndGrads(f)(inputs);
    const gradients = grads.map((g) => g.dataSync() as Float32Array);
    return { loss: value.dataSync()[0], gradients };
  });
}

for (const [name, test] of Object.entries(cases)) {
  testEngines(`${name}: fused equals unfused, loss and gradients`, (engine) => {
    const values = draw(test.shapes, 1);
    const fused = evaluate(engine, test, { operations: engine.operations, values });
    const plain = evaluate(engine, test, { operations: plainOperations(engine.tf), values });
    assertAlmostEquals(fused.loss, plain.loss, 1e-5);
    fused.gradients.forEach((gradient, i) => {
      gradient.forEach((g, j) => {
        assertAlmostEquals(g, plain.gradients[i][j], 1e-5, `input ${i}, element ${j}`);
      });
    });
  });

  testEngines(`${name}: gradients agree with finite differences`, (engine) => {
    const { tf, operations } = engine;
    tf.tidy(() => {
      const inputs = Object.fromEntries(
        Object.entries(draw(test.shapes, 2)).map(([input, values]) => [
          input,
          tf.variable(tf.tensor(values, test.shapes[input])),
        ]),
      );
      const loss = () => test.loss(operations, inputs, engine) as Scalar;
      const step = name.includes("relu") ? 0.003 : undefined; // to stay on one side of the kinks
      assertGradients(engine, loss, inputs, { step });
      tf.dispose(inputs);
    });
  });
}

for (const projection of [undefined, P]) {
  testEngines(
    `lstm gives the same where no gradient is asked for, projection ${projection}`,
    (engine) => {
      const { tf, operations } = engine, width = projection ?? H;
      const shapes = {
        ...recurrent(4, width),
        cell: [B, H],
        ...(projection && { projection: [H, P] }),
      };
      const values = draw(shapes, 3);
      tf.tidy(() => {
        const inputs = Object.fromEntries(
          Object.entries(shapes).map(([name, shape]) => [name, tf.tensor(values[name], shape)]),
        ) as Recurrent & { cell: Tensor };
        const alone = operations.lstm(inputs.x, inputs);
        tf.grad((x) => {
          const taped = operations.lstm(x, inputs);
          for (const name of ["states", "cells"] as const) {
            assertEquals(taped[name].dataSync(), alone[name].dataSync(), name);
          }
          return tf.sum(taped.states);
        })(inputs.x);
      });
    },
  );
}

testEngines("ids and classes outside the table are refused", ({ tf, operations }) => {
  tf.tidy(() => {
    const [E, logits] = [tf.zeros([3, 2]), tf.zeros([1, 3])];
    const one = (id: number) => tf.tensor1d([id], "int32");
    assertThrows(() => operations.embed(E, one(3)), RangeError, "from 0 to 2, got 3");
    assertThrows(() => operations.embed(E, one(-1)), RangeError, "from 0 to 2, got -1");
    const options = { bias: tf.zeros([E.shape[1]!]) };
    const pair = tf.tensor2d([[-2, 3]], [1, 2], "int32");
    assertThrows(() => operations.sumRows(E, pair, options), RangeError, "from 0 to 2, got 3");
    assertThrows(() => operations.crossEntropy(logits, one(3)), RangeError, "got 3");
    assertThrows(() => operations.embed(E, tf.tensor1d([1])), TypeError, "expected int32");
  });
});

testEngines("wrong shapes are refused", ({ tf, operations }) => {
  tf.tidy(() => {
    for (const starts of [[0, 1, 1, 3], [0, 2], [1, 3], [0]]) {
      const name = `Cannot use starts: expected rising numbers from 0 to 3, got [${
        starts.join(", ")
      }]`;
      assertThrows(() => operations.segmentMax(tf.zeros([3, 2]), starts), RangeError, name);
    }
    const [x, state, bias] = [tf.zeros([2, 3, 4]), tf.zeros([3, 5]), tf.zeros([5])];
    const weights = { inputWeights: tf.zeros([4, 5]), recurrentWeights: tf.zeros([5, 6]) };
    assertThrows(
      () => operations.rnn(x, { state, bias, ...weights }),
      RangeError,
      "Cannot use recurrentWeights: expected shape [5, 5], got [5, 6]",
    );
    assertThrows(
      () => operations.dense(tf.zeros([2, 3]), { weights: tf.zeros([4, 5]), bias }),
      RangeError,
      "Cannot use x: expected shape [any, 4], got [2, 3]",
    );
  });
});

testEngines("groupLosses refuses groups that do not rise and squares that do not fit", (engine) => {
  const { tf, operations } = engine;
  tf.tidy(() => {
    const options = {
      ...{ weights: tf.zeros([8, 3]), bias: tf.zeros([8]), starts: [0, 8] },
      targets: tf.tensor1d([1, 6], "int32"),
    };
    for (const starts of [[0, 5, 3, 8], [0, 2.5, 8], [0, 7]]) {
      const make = () => operations.groupLosses(tf.ones([2, 3]), { ...options, starts });
      assertThrows(make, RangeError, `from 0 to 8, got [${starts.join(", ")}]`);
    }
    const learn = { squares: tf.zeros([1]), rate: 0.1 };
    const places = tf.tensor2d([90, 80], [2, 1], "int32");
    const direct = { table: tf.zeros([100]), places, learn };
    assertThrows(
      () => operations.groupLosses(tf.ones([2, 3]), { ...options, direct }),
      RangeError,
      "Cannot use direct.learn.squares: expected shape [100], got [1]",
    );
  });
});

testEngines("extreme logits give finite losses and gradients", (engine) => {
  const test: Case = cases.crossEntropy;
  const values = { logits: Float32Array.from({ length: 30 }, (_, i) => i % 2 ? 1e4 : -1e4) };
  const { loss, gradients } = evaluate(engine, test, { operations: engine.operations, values });
  const plain = evaluate(engine, test, { operations: plainOperations(engine.tf), values });
  assertAlmostEquals(loss, plain.loss, 1e-2);
  gradients[0].forEach((g, i) => assertAlmostEquals(g, plain.gradients[0][i], 1e-6));
});
