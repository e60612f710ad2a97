import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  classBias,
  crossEntropy,
  type Initializer,
  logitBias,
  meanBias,
  tanh,
  uniform,
  xavierNormal,
  xavierUniform,
  zeros,
} from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";

function variance(values: ArrayLike<number>): number {
  const mean = meanBias(values);
  return Array.from(values).reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
}

const shape = [300, 200];
for (const [name, make] of [["uniform", xavierUniform], ["normal", xavierNormal]] as const) {
  Deno.test(`Xavier ${name}: mean 0 and variance 2/(n_in + n_out) within 2 %`, () => {
    const weights = make()(shape, seeded(1));
    assertAlmostEquals(meanBias(weights), 0, 1e-3);
    assertAlmostEquals(variance(weights), 2 / 500, 0.02 * 2 / 500);
  });
}

Deno.test("Xavier uniform stays within ±√(6/(n_in + n_out)), uniform(r) within ±r", () => {
  const largest = (weights: Float32Array) => weights.reduce((m, w) => Math.max(m, Math.abs(w)), 0);
  const r = Math.sqrt(6 / 500);
  assert(largest(xavierUniform()(shape, seeded(2))) <= r);
  assertAlmostEquals(largest(uniform(0.1)([10_000], seeded(3))), 0.1, 1e-3);
});

/** The variance of each layer's activations, 10 tanh layers of 200 units on small inputs. */
function activationVariances(initializer: Initializer): number[] {
  const [random, units, examples] = [seeded(4), 200, 40];
  let x = Array.from({ length: examples }, () => uniform(0.3)([units], random));
  return Array.from({ length: 10 }, () => {
    const W = initializer([units, units], random);
    x = x.map((row) =>
      Float32Array.from(
        { length: units },
        (_, j) => tanh.value(row.reduce((sum, v, i) => sum + v * W[i * units + j], 0)),
      )
    );
    return variance(x.flatMap((row) => [...row]));
  });
}

Deno.test("Xavier keeps the variance of ten tanh layers within [½, 2], small weights lose it", () => {
  const kept = activationVariances(xavierUniform());
  kept.forEach((v, k) => assert(v > 0.5 * kept[0] && v < 2 * kept[0], `layer ${k + 1}`));
  assert(activationVariances(uniform(0.01))[9] < 1e-9 * kept[9]);
});

Deno.test("zeros are zeros", () => {
  assertEquals(zeros()([2, 3], seeded(1)), new Float32Array(6));
});

Deno.test("with the class bias and zero weights the first loss is the entropy of the labels", () => {
  const counts = [70, 20, 10];
  const bias = classBias(counts);
  const entropy = counts.reduce((sum, n) => sum - n / 100 * Math.log(n / 100), 0);
  const loss = counts.reduce((sum, n, c) => sum + n / 100 * crossEntropy(bias, c).loss, 0);
  assertAlmostEquals(loss, entropy, 1e-7);
  assertThrows(() => classBias([1, 0]), RangeError, "expected class 1 to occur");
});

Deno.test("the logit of a share, the mean of the targets", () => {
  assertAlmostEquals(logitBias(0.75), Math.log(3), 1e-12);
  assertEquals(meanBias([1, 2, 6]), 3);
  assertThrows(() => logitBias(1), RangeError, "expected a share in (0, 1), got 1");
  assertThrows(() => meanBias([]), RangeError, "there are none");
});

Deno.test("shapes without n_in and n_out, and ranges of no width, are refused", () => {
  assertThrows(() => xavierUniform()([5], seeded(1)), RangeError, "[n_in, n_out], got [5]");
  assertThrows(() => uniform(0), RangeError, "expected r > 0, got 0");
});
