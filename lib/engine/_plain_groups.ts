import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import { groupRows } from "./_group_rows.ts";
import type { DirectWeights, GroupOptions } from "./operations.ts";
import type { TensorFlow } from "./tensorflow.ts";

const OUTSIDE = -1e30; // a logit whose e^x is 0

/** {@linkcode Operations.groupLosses} in TensorFlow.js's own operations: all classes, then masked. */
export function plainGroupLosses(tf: TensorFlow, h: Tensor, options: GroupOptions): Tensor1D {
  const { weights, bias, targets, direct } = options;
  const groups = groupRows(h, options), [n, classes] = [h.shape[0], weights.shape[0]];
  const added = new Float32Array(n * classes).fill(OUTSIDE), right = new Float32Array(n * classes);
  const y = targets.dataSync();
  const table = direct?.table.dataSync(), places = direct?.places.dataSync();
  const features = direct?.places.shape[1] ?? 0;
  for (const { from, to, rows } of groups) {
    for (const row of rows) {
      right[row * classes + y[row]] = 1;
      added.fill(0, row * classes + from, row * classes + to);
      for (let k = row * features; k < (row + 1) * features; k++) {
        if (places![k] < 0) continue;
        for (let c = from; c < to; c++) added[row * classes + c] += table![places![k] + c - from];
      }
    }
  }
  const z = tf.add(
    tf.add(tf.matMul(h, weights, false, true), bias),
    tf.tensor(added, [n, classes]),
  );
  const logP = tf.logSoftmax(direct?.learn ? learning(tf, z, { direct, groups, targets }) : z);
  return tf.neg(tf.sum(tf.mul(tf.tensor(right, [n, classes]), logP), 1)) as Tensor1D;
}

/** The logits themselves; on the way back direct weights learn from p − 1[target]. */
function learning(
  tf: TensorFlow,
  z: Tensor,
  { direct, groups, targets }: {
    direct: DirectWeights;
    groups: ReturnType<typeof groupRows>;
    targets: Tensor;
  },
): Tensor {
  return tf.customGrad((...args) => {
    const z = args[0] as Tensor;
    const { table, places, learn } = direct, features = places.shape[1]!, width = z.shape[1]!;
    const p = tf.softmax(z).dataSync(), y = targets.dataSync(), at = places.dataSync();
    const gradFunc = (dy: Tensor) => {
      const [d, G] = [table.dataSync(), learn!.squares.dataSync()]; // the arrays themselves
      for (const { from, to, rows } of groups) {
        for (const row of rows) {
          for (let k = row * features; k < (row + 1) * features; k++) {
            for (let c = from; at[k] >= 0 && c < to; c++) {
              const g = p[row * width + c] - (y[row] === c ? 1 : 0), i = at[k] + c - from;
              d[i] -= learn!.rate * g / Math.sqrt(1 + (G[i] += g * g));
            }
          }
        }
      }
      return dy;
    };
    return { value: tf.clone(z), gradFunc };
  })(z);
}
