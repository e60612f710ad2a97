import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Scalar, Tensor } from "@tensorflow/tfjs";
import { type Engine, engine } from "#lib/engine/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { isGranted } from "../_support/permitted.ts";

const hasAdapter = isGranted("read") && (await navigator.gpu?.requestAdapter()) != null;

/** J of a small LSTM language model and its gradients. */
async function lossAndGradients({ tf, operations }: Engine): Promise<Float32Array[]> {
  const random = seeded(1), [V, H, T, B] = [7, 4, 3, 2];
  const make = (...shape: number[]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    return tf.tensor(Float32Array.from({ length: size }, () => random() - 0.5), shape);
  };
  const inputs = [make(V, H), make(H, 4 * H), make(H, 4 * H), make(4 * H), make(H, V), make(V)];
  const loss = (...[E, inputWeights, recurrentWeights, bias, U, b]: Tensor[]) => {
    const zero = tf.zeros([B, H]), ids = tf.tensor2d([[0, 3], [5, 1], [2, 2]], [T, B], "int32");
    const options = { state: zero, cell: zero, inputWeights, recurrentWeights, bias };
    const { states } = operations.lstm(operations.embed(E, ids), options);
    const targets = tf.tensor1d([5, 1, 2, -1, 6, 0], "int32");
    const h = tf.reshape(states, [T * B, H]);
    return operations.linearCrossEntropy(h, { weights: U, bias: b, targets }) as Scalar;
  };
  const { value, grads } = tf.valueAndGrads(loss)(inputs);
  const found = await Promise.all([value, ...grads].map((t) => t.data() as Promise<Float32Array>));
  tf.dispose([value, ...grads, ...inputs]);
  return found;
}

Deno.test({
  name: `webgpu: an LSTM's loss and gradients are those of cpu${hasAdapter ? "" : " (no adapter)"}`,
  ignore: !hasAdapter,
  sanitizeResources: false, // the device stays open
  sanitizeOps: false,
  fn: async () => {
    const expected = await lossAndGradients(await engine({ prefer: "cpu" }));
    const found = await engine({ prefer: "webgpu" });
    assertEquals(found.kind, "webgpu");
    assertThrows(() => found.values(found.tf.scalar(1)), TypeError, "await tensor.data()");
    (await lossAndGradients(found)).forEach((values, i) => {
      values.forEach((v, j) => assertAlmostEquals(v, expected[i][j], 1e-5, `result ${i}, ${j}`));
    });
  },
});
