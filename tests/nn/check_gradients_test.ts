import { assert, assertEquals, assertThrows } from "@std/assert";
import { checkGradients } from "#lib/nn/mod.ts";

const square = (theta: Float64Array | Float32Array, factor: number) => () => ({
  loss: [...theta].reduce((sum, v) => sum + v * v, 0),
  gradients: { theta: Float64Array.from(theta, (v, i) => 2 * v * (i === 1 ? factor : 1)) },
});

Deno.test("checkGradients() passes right gradients and puts the parameters back", () => {
  const theta = Float64Array.of(1, -2, 0.5);
  assert(checkGradients(square(theta, 1), { theta }).relative < 1e-9);
  assertEquals(theta, Float64Array.of(1, -2, 0.5));
});

Deno.test("a wrong derivative is named with both numbers", () => {
  const theta = Float64Array.of(1, -2, 0.5);
  const error = assertThrows(() => checkGradients(square(theta, 1.01), { theta }), Error);
  assert(/theta\[1\] is wrong: analytic -4\.04, numeric -(4|3\.99)/.test(error.message));
});

Deno.test("a derivative that is not a number is an error, not a pass", () => {
  const theta = Float64Array.of(1, -2);
  assertThrows(() => checkGradients(square(theta, NaN), { theta }), Error, "analytic NaN");
  const first = () => ({ loss: 0, gradients: { theta: Float64Array.of(NaN, 0) } });
  assertThrows(() => checkGradients(first, { theta }), Error, "theta[0] is wrong: analytic NaN");
});

Deno.test("nothing to check is refused", () => {
  const f = () => ({ loss: 0, gradients: {} });
  assertThrows(() => checkGradients(f, {}), RangeError, "expected parameters with elements");
});

Deno.test("a missing gradient is refused", () => {
  const theta = Float64Array.of(1);
  const f = () => ({ loss: 0, gradients: {} });
  assertThrows(() => checkGradients(f, { theta }), RangeError, "expected 1 derivatives, got 0");
});

Deno.test("float32 parameters are checked with a wider step", () => {
  const theta = Float32Array.of(1, -2, 0.5);
  const worst = checkGradients(square(theta, 1), { theta }, { step: 1e-2, tolerance: 1e-3 });
  assert(worst.relative < 1e-3);
});
