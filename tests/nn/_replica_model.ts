/** A model that Workers can build; the test's other half. */
import type { Scalar } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import * as nn from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";

/** Inputs in rows, and the class of each row. */
export interface Batch {
  x: Float32Array;
  y: Int32Array;
}

/** Builds a classifier of three numbers into four classes. */
export function build(engine: Engine, config: nn.JsonValue): nn.Trainable<Batch> {
  const { units, fail } = config as { units: number; fail?: boolean };
  if (fail) throw new RangeError("this model does not build");
  const { tf, operations } = engine;
  const random = seeded(1);
  const make = (...shape: number[]) =>
    nn.parameter(engine, { shape, initializer: nn.uniform(0.5), random });
  const [W, b, U, c, unused] = [make(3, units), make(units), make(units, 4), make(4), make(2)];
  return {
    engine,
    parameters: { W, b, unused, U, c },
    loss({ x, y }): Scalar {
      const rows = tf.tensor(x, [y.length, 3]);
      const h = operations.dense(rows, { weights: W, bias: b, activation: "tanh" });
      const targets = tf.tensor1d(y, "int32");
      return operations.linearCrossEntropy(h, { weights: U, bias: c, targets });
    },
    tokens: ({ y }) => y.length,
    split({ x, y }, shares) {
      const size = Math.ceil(y.length / shares);
      return Array.from({ length: shares }, (_, i) => ({
        x: x.slice(3 * size * i, 3 * size * (i + 1)),
        y: y.slice(size * i, size * (i + 1)),
      }));
    },
  };
}
