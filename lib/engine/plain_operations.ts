import { plainGroupLosses } from "./_plain_groups.ts";
import type { Scalar, Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import { badId, expectIntegers, expectShape, expectStarts, recurrentSizes } from "./_checks.ts";
import { plainDropoutMask } from "./_dropout_mask.ts";
import type { TensorFlow } from "./tensorflow.ts";
import type { DenseActivation, Operations, RecurrentOptions } from "./operations.ts";

function activate(tf: TensorFlow, activation: DenseActivation, z: Tensor): Tensor {
  switch (activation) {
    case "identity":
      return z;
    case "tanh":
      return tf.tanh(z);
    case "logistic":
      return tf.sigmoid(z);
    case "relu":
      return tf.relu(z);
    case "cube":
      return tf.mul(z, tf.mul(z, z));
  }
}

function checkIds(
  tf: TensorFlow,
  { name, ids, rows, skip }: { name: string; ids: Tensor; rows: number; skip?: number },
): void {
  expectIntegers(name, ids);
  if (tf.getBackend() === "webgpu") return; // they cannot be read at once
  const bad = ids.dataSync().find((id) => (id < 0 || id >= rows) && id !== skip);
  if (bad !== undefined) throw badId(name, { id: bad, rows });
}

/** Runs a cell over the time steps of x [T, B, I]; the cell gets x⁽ᵗ⁾ and returns h⁽ᵗ⁾. */
function overTime(tf: TensorFlow, x: Tensor, cell: (x: Tensor2D) => Tensor): Tensor3D {
  // slices, not split(): TensorFlow.js cannot differentiate a split into one part
  const steps = Array.from({ length: x.shape[0] }, (_, t) => {
    const h = cell(tf.squeeze(tf.slice(x, [t, 0, 0], [1, -1, -1]), [0]));
    return tf.expandDims(h, 0) as Tensor3D;
  });
  return tf.concat(steps);
}

/** x⁽ᵗ⁾ W_e + h W_h + b. */
function preActivation(
  tf: TensorFlow,
  [x, h]: [Tensor, Tensor],
  options: RecurrentOptions,
): Tensor {
  const { inputWeights, recurrentWeights, bias } = options;
  return tf.add(tf.add(tf.matMul(x, inputWeights), tf.matMul(h, recurrentWeights)), bias);
}

/**
 * The operations written out in TensorFlow.js's own, step by step: what the fused ones must equal.
 * Runs on any backend; the `cpu` engine has no other.
 */
export function plainOperations(tf: TensorFlow): Operations {
  const operations: Operations = {
    embed(table, ids) {
      checkIds(tf, { name: "ids", ids, rows: table.shape[0] });
      return tf.gather(table, ids);
    },

    dense(x, { weights, bias, activation = "identity" }) {
      expectShape("x", x, [-1, weights.shape[0]]);
      return activate(tf, activation, tf.add(tf.matMul(x, weights), bias)) as Tensor2D;
    },

    sumRows(table, ids, { bias, activation = "identity" }) {
      expectShape("table", table, [-1, -1]);
      expectShape("ids", ids, [-1, -1]);
      expectShape("bias", bias, [table.shape[1]!]);
      const rowsUsed = tf.relu(ids).toInt();
      checkIds(tf, { name: "ids", ids: rowsUsed, rows: table.shape[0] });
      const found = tf.gather(table, rowsUsed);
      const counted = tf.expandDims(tf.greaterEqual(ids, 0).toFloat(), -1);
      const z = tf.add(tf.sum(tf.mul(found, counted), 1), bias);
      return activate(tf, activation, z) as Tensor2D;
    },

    segmentMax(z, starts) {
      expectShape("z", z, [-1, -1]);
      const [N, width] = z.shape as [number, number], S = starts.length - 1;
      expectStarts(starts, N);
      const longest = Math.max(...starts.slice(1).map((end, s) => end - starts[s]));
      const rows = new Int32Array(S * longest).fill(N); // the row of lowest numbers below
      for (let s = 0; s < S; s++) {
        for (let r = starts[s]; r < starts[s + 1]; r++) rows[s * longest + r - starts[s]] = r;
      }
      const padded = tf.concat([z, tf.fill([1, width], -Infinity)]);
      const found = tf.gather(padded, tf.tensor2d(rows, [S, longest], "int32"));
      return tf.max(found, 1) as Tensor2D;
    },

    crossEntropy(logits, targets) {
      expectShape("logits", logits, [targets.shape[0], -1]);
      checkIds(tf, { name: "targets", ids: targets, rows: logits.shape[1]!, skip: -1 });
      // oneHot gives a row of zeros for −1, which leaves the example out of the sum
      const right = tf.oneHot(targets, logits.shape[1]!);
      const counted = tf.maximum(tf.sum(tf.cast(tf.greaterEqual(targets, 0), "float32")), 1);
      const logP = tf.logSoftmax(logits as Tensor2D);
      return tf.neg(tf.div(tf.sum(tf.mul(right, logP)), counted)) as Scalar;
    },

    linearCrossEntropy(h, { weights, transposed, bias, targets }) {
      const U = transposed ? tf.transpose(weights) : weights;
      return operations.crossEntropy(operations.dense(h, { weights: U, bias }), targets);
    },

    logSoftmax(logits) {
      expectShape("logits", logits, [-1, -1]);
      return tf.logSoftmax(logits as Tensor2D);
    },

    groupLosses: (h, options) => plainGroupLosses(tf, h, options),

    dropoutMask(shape, { keep, seed, value = 1 }) {
      const size = shape.reduce((product, n) => product * n, 1);
      return tf.tensor(plainDropoutMask(size, { keep, seed, value }), [...shape]);
    },

    rnn(x, options) {
      recurrentSizes(x, options, { gates: 1 });
      let h = options.state;
      return overTime(tf, x, (xt) => {
        h = activate(tf, options.activation ?? "tanh", preActivation(tf, [xt, h], options));
        return h;
      });
    },

    gru(x, options) {
      const { units } = recurrentSizes(x, options, { gates: 3 });
      const { inputWeights, recurrentWeights, bias } = options;
      const [U, V] = tf.split(recurrentWeights, [2 * units, units], 1);
      let h = options.state;
      return overTime(tf, x, (xt) => {
        const input = tf.add(tf.matMul(xt, inputWeights as Tensor2D), bias);
        const [forGates, forCandidate] = tf.split(input, [2 * units, units], 1);
        const [z, r] = tf.split(tf.sigmoid(tf.add(forGates, tf.matMul(h, U))), 2, 1);
        const candidate = tf.tanh(tf.add(forCandidate, tf.matMul(tf.mul(r, h), V)));
        h = tf.add(tf.mul(tf.sub(1, z), h), tf.mul(z, candidate));
        return h;
      });
    },

    lstm(x, options) {
      const { projection } = options;
      const { batch, units } = recurrentSizes(x, options, { gates: 4, projection });
      expectShape("cell", options.cell, [batch, units]);
      let [h, c] = [options.state, options.cell];
      const cells: Tensor[] = [];
      const states = overTime(tf, x, (xt) => {
        const [i, f, g, o] = tf.split(preActivation(tf, [xt, h], options), 4, 1);
        c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        cells.push(c);
        const m = tf.mul(tf.sigmoid(o), tf.tanh(c));
        h = projection ? tf.matMul(m, projection) : m;
        return h;
      });
      return { states, cells: tf.stack(cells) as Tensor3D };
    },
  };
  return withTidy(tf, operations);
}

/** Disposes what each operation made on the way (while gradients are recorded, the tape keeps it). */
function withTidy(tf: TensorFlow, operations: Operations): Operations {
  return {
    embed: (table, ids) => tf.tidy(() => operations.embed(table, ids)),
    dense: (x, options) => tf.tidy(() => operations.dense(x, options)),
    sumRows: (table, ids, options) => tf.tidy(() => operations.sumRows(table, ids, options)),
    segmentMax: (z, starts) => tf.tidy(() => operations.segmentMax(z, starts)),
    crossEntropy: (logits, targets) => tf.tidy(() => operations.crossEntropy(logits, targets)),
    linearCrossEntropy: (h, options) => tf.tidy(() => operations.linearCrossEntropy(h, options)),
    groupLosses: (h, options) => tf.tidy(() => operations.groupLosses(h, options)),
    logSoftmax: (logits) => tf.tidy(() => operations.logSoftmax(logits)),
    dropoutMask: (shape, options) => operations.dropoutMask(shape, options),
    rnn: (x, options) => tf.tidy(() => operations.rnn(x, options)),
    gru: (x, options) => tf.tidy(() => operations.gru(x, options)),
    lstm: (x, options) => tf.tidy(() => ({ ...operations.lstm(x, options) })),
  };
}
