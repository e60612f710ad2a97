import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkGradients, crossEntropy, l2Penalty, softmax, squaredError } from "#lib/nn/mod.ts";

Deno.test("softmax sums to 1, is shift-invariant and does not overflow at ±1e4", () => {
  const p = softmax([1, 2, 3]);
  assertAlmostEquals(p.reduce((a, b) => a + b), 1, 1e-15);
  softmax([1001, 1002, 1003]).forEach((v, i) => assertAlmostEquals(v, p[i], 1e-12));
  assertEquals(softmax([1e4, -1e4]), Float64Array.of(1, 0));
});

Deno.test("cross-entropy: the gradient p − 1[y] agrees with central differences", () => {
  const logits = Float64Array.of(0.3, -1, 2);
  checkGradients(() => {
    const { loss, gradient } = crossEntropy(logits, 1);
    return { loss, gradients: { logits: gradient } };
  }, { logits });
  assertEquals(crossEntropy([0, 0], 0).loss, Math.log(2));
  assertThrows(() => crossEntropy([0, 0], 2), RangeError, "expected a class below 2, got 2");
});

Deno.test("squared error: loss by hand, gradient by central differences", () => {
  assertEquals(squaredError([1, 3], [0, 5]).loss, 5);
  const f = Float64Array.of(1, 3);
  checkGradients(() => {
    const { loss, gradient } = squaredError(f, [0, 5]);
    return { loss, gradients: { f: gradient } };
  }, { f });
  assertThrows(() => squaredError([1], []), RangeError, "expected 1 targets, got 0");
});

Deno.test("L2: λΣθ² over all parameters or chosen ones, gradient 2λθ", () => {
  const parameters = { W: Float64Array.of(1, 2), b: Float64Array.of(3) };
  assertEquals(l2Penalty(parameters, { lambda: 0.5 }).loss, 7);
  checkGradients(() => l2Penalty(parameters, { lambda: 0.5 }), parameters);
  const chosen = l2Penalty(parameters, { lambda: 0.5, only: ["W"] });
  assertEquals(chosen, {
    loss: 2.5,
    gradients: { W: Float64Array.of(1, 2), b: Float64Array.of(0) },
  });
  assertThrows(() => l2Penalty(parameters, { lambda: -1 }), RangeError, "got -1");
  assertThrows(() => l2Penalty(parameters, { lambda: 1, only: ["U"] }), RangeError, "W, b");
});

Deno.test("a strong penalty drives the parameters to 0", () => {
  const descend = (lambda: number) => {
    const theta = Float64Array.of(0);
    for (let i = 0; i < 500; i++) { // J = (θ − 1)² + λθ², least at 1 / (1 + λ)
      const { gradients } = l2Penalty({ theta }, { lambda });
      theta[0] -= 0.4 / (1 + lambda) * (squaredError(theta, [1]).gradient[0] + gradients.theta[0]);
    }
    return theta[0];
  };
  assertAlmostEquals(descend(0), 1, 1e-9);
  assertAlmostEquals(descend(1), 0.5, 1e-9);
  assertAlmostEquals(descend(999), 0.001, 1e-9);
});
