import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Engine } from "#lib/engine/mod.ts";
import { type Pooling, poolStates } from "#lib/rnn/mod.ts";
import { testEngines } from "../_support/engines.ts";

const T = 3, B = 2, H = 2, lengths = [3, 2];
/** h[t][b][i]; the second sentence has two words, and all its states are below 0. */
const states = [
  [[1, 5], [-4, -1]],
  [[3, 2], [-2, -3]],
  [[3, 4], [0, 0]],
];

function pool(engine: Engine, pooling: Pooling, bidirectional = false): number[][] {
  return engine.tf.tidy(() =>
    poolStates(engine, engine.tf.tensor3d(states), { pooling, lengths, bidirectional }).arraySync()
  );
}

testEngines("final, largest and mean states by hand: padding is never among them", (engine) => {
  assertEquals(pool(engine, "final"), [[3, 4], [-2, -3]]);
  assertEquals(pool(engine, "final", true), [[3, 5], [-2, -1]]); // from the end: the first step
  assertEquals(pool(engine, "max"), [[3, 5], [-2, -1]]);
  const mean = pool(engine, "mean").flat();
  [7 / 3, 11 / 3, -3, -2].forEach((value, i) => assertAlmostEquals(mean[i], value, 1e-6));
});

testEngines("another way and lengths that do not fit are refused", (engine) => {
  const says = 'expected one of final, max, mean, got "average"';
  assertThrows(() => pool(engine, "average" as Pooling), TypeError, says);
  for (const [lengths, got] of [[[3, 4], "got 4"], [[0, 3], "got 0"], [[3], "got 1 of"]] as const) {
    engine.tf.tidy(() => {
      const options = { pooling: "mean", lengths, bidirectional: false } as const;
      const make = () => poolStates(engine, engine.tf.tensor3d(states), options);
      assertThrows(make, RangeError, got);
    });
  }
});

testEngines(
  "the gradient of the maximum flows to one step alone, of equal ones the first",
  (engine) => {
    const { tf } = engine;
    const gradients = tf.tidy(() => {
      const weights = tf.tensor2d([[1, 10], [100, 1000]]);
      const sum = (h: Tensor3D) => {
        const pooled = poolStates(engine, h, { pooling: "max", lengths, bidirectional: false });
        return tf.sum(tf.mul(pooled, weights)).asScalar();
      };
      return tf.grad((h) => sum(h as Tensor3D))(tf.tensor3d(states)).arraySync() as number[][][];
    });
    assertEquals(gradients, [
      [[0, 10], [0, 1000]],
      [[1, 0], [100, 0]],
      [[0, 0], [0, 0]],
    ]);
  },
);

testEngines("the gradient of the other ways reaches the steps they are made of", (engine) => {
  const { tf } = engine;
  const gradientOf = (pooling: Pooling, bidirectional: boolean) =>
    tf.tidy(() => {
      const sum = (h: Tensor3D) =>
        tf.sum(poolStates(engine, h, { pooling, lengths, bidirectional }) as Tensor2D);
      return [...tf.grad((h) => sum(h as Tensor3D))(tf.tensor3d(states)).dataSync()];
    });
  const size = T * B * H;
  assertEquals(gradientOf("final", false).map((g, i) => g ? i : -1).filter((i) => i >= 0), [
    ...[6, 7, 8, 9],
  ]);
  assertEquals(gradientOf("final", true).map((g, i) => g ? i : -1).filter((i) => i >= 0), [
    ...[1, 3, 6, 8],
  ]);
  const mean = gradientOf("mean", false);
  assertEquals(mean.length, size);
  [[0, 1 / 3], [2, 1 / 2], [6, 1 / 2], [9, 1 / 3]].forEach(([i, g]) =>
    assertAlmostEquals(mean[i], g, 1e-6)
  );
});
