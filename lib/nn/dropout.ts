import type { Tensor } from "@tensorflow/tfjs";
import type { Engine } from "#lib/engine/mod.ts";
import type { Random } from "#lib/random/mod.ts";

/** How units are dropped. */
export interface DropoutOptions {
  /** The probability that a unit is dropped, 0 ≤ rate < 1. */
  rate: number;
  /** Whether this is training; at test time nothing is drawn. */
  training: boolean;
  /**
   * `"inverted"` divides what is kept by 1 − rate in training; `"test"` multiplies by 1 − rate at
   * test time, as the lecture has it ("test: halve the weights"). @default {"inverted"}
   */
  scaling?: "inverted" | "test";
  /** Where the mask's seed comes from: one draw a call, in training alone. */
  random: Random;
}

/**
 * Dropout (Hinton et al. 2012; Srivastava et al. 2014): in training each unit is set to 0 with
 * probability `rate`, so that units cannot rely on each other.
 *
 * @throws {RangeError} if the rate is not in [0, 1)
 */
export function dropout<T extends Tensor>(engine: Engine, x: T, options: DropoutOptions): T {
  const { rate, training, scaling = "inverted", random } = options;
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`Cannot drop units: expected a rate in [0, 1), got ${rate}`);
  }
  const { tf, operations } = engine;
  const keep = 1 - rate;
  if (rate === 0) return tf.clone(x);
  if (!training) return scaling === "test" ? tf.mul(x, keep) : tf.clone(x);
  return tf.tidy(() => {
    const value = scaling === "inverted" ? 1 / keep : 1;
    const seed = Math.floor(random() * 2 ** 32) | 0;
    return tf.mul(x, operations.dropoutMask(x.shape, { keep, value, seed }));
  });
}
