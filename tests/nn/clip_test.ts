import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { clipByGlobalNorm } from "#lib/nn/mod.ts";

const gradients = { W: Float64Array.of(3, 0), b: Float64Array.of(-4) };

Deno.test("clipping keeps the direction and caps the norm over all parameters", () => {
  const { gradients: clipped, norm } = clipByGlobalNorm(gradients, 1);
  assertEquals(norm, 5);
  assertAlmostEquals(clipped.W[0], 0.6, 1e-15);
  assertAlmostEquals(clipped.b[0], -0.8, 1e-15);
  assertEquals(gradients.W[0], 3);
});

Deno.test("small gradients pass unchanged", () => {
  assertEquals(clipByGlobalNorm(gradients, 5).gradients, gradients);
});

Deno.test("a limit of 0 is refused", () => {
  assertThrows(() => clipByGlobalNorm(gradients, 0), RangeError, "expected a norm above 0, got 0");
});
