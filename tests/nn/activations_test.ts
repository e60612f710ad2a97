import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as nn from "#lib/nn/mod.ts";

const all: nn.Activation[] = [
  nn.identity,
  nn.logistic,
  nn.tanh,
  nn.hardTanh,
  nn.relu,
  nn.leakyRelu(),
  nn.parametricRelu(0.25),
  nn.swish(),
  nn.swish(1.7),
  nn.cube,
];

for (const f of all) {
  Deno.test(`${f.name}: the derivative agrees with central differences`, () => {
    for (let z = -3.05; z < 3; z += 0.1) { // no kink of any of them lies on this grid
      const numeric = (f.value(z + 1e-5) - f.value(z - 1e-5)) / 2e-5;
      assertAlmostEquals(f.derivative(z), numeric, 1e-7, `z = ${z}`);
    }
  });

  Deno.test(`${f.name}: finite at z = ±800`, () => {
    for (const z of [-800, 800]) {
      assert(Number.isFinite(f.value(z)) && Number.isFinite(f.derivative(z)), `z = ${z}`);
    }
  });
}

Deno.test("values at a few points, worked by hand", () => {
  assertAlmostEquals(nn.logistic.value(1), 0.7310585786300049, 1e-15);
  assertEquals([nn.logistic.value(-800), nn.logistic.value(800)], [0, 1]);
  assertEquals([-2, -0.5, 2].map(nn.hardTanh.value), [-1, -0.5, 1]);
  assertEquals([-2, 3].map(nn.relu.value), [0, 3]);
  assertEquals([-2, 3].map(nn.leakyRelu(0.1).value), [-0.2, 3]);
  assertAlmostEquals(nn.swish().value(1), 0.7310585786300049, 1e-15);
  assertEquals(nn.cube.value(-2), -8);
});

Deno.test("tanh(z) = 2σ(2z) − 1", () => {
  for (let z = -20; z <= 20; z += 0.01) {
    assertAlmostEquals(nn.tanh.value(z), 2 * nn.logistic.value(2 * z) - 1, 1e-7);
  }
});

Deno.test("swish is z/2 at β = 0 and approaches ReLU for large β", () => {
  for (const z of [-2, -0.3, 0.4, 3]) {
    assertEquals(nn.swish(0).value(z), z / 2);
    assertAlmostEquals(nn.swish(1000).value(z), nn.relu.value(z), 1e-9);
  }
});

Deno.test("the learned slope of parametric ReLU has gradient Σ min(z, 0)", () => {
  const z = [-2, -0.5, 1, 3];
  const sum = (a: number) => z.reduce((s, v) => s + nn.parametricRelu(a).value(v), 0);
  const analytic = z.reduce((s, v) => s + nn.parametricRelu(0.3).slopeDerivative(v), 0);
  assertAlmostEquals(analytic, (sum(0.3 + 1e-5) - sum(0.3 - 1e-5)) / 2e-5, 1e-9);
  assertEquals(analytic, -2.5);
});

Deno.test("a leaky slope outside [0, 1) is refused", () => {
  assertThrows(() => nn.leakyRelu(1), RangeError, "expected a slope in [0, 1), got 1");
});
