import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as nn from "#lib/nn/mod.ts";

/** Runs an optimizer on J(θ) with gradient `slope`, and returns every θ[0] on the way. */
function path(
  optimizer: nn.Optimizer,
  start: Float64Array,
  { steps, slope }: { steps: number; slope: (theta: nn.Values) => Float64Array },
): { theta: nn.Values; first: number[] } {
  let [parameters, state] = [
    { theta: start } as Record<string, nn.Values>,
    optimizer.init({
      theta: start,
    }),
  ];
  const first: number[] = [];
  for (let i = 0; i < steps; i++) {
    const gradients = { theta: slope(parameters.theta) };
    ({ parameters, state } = optimizer.update({ parameters, gradients, state }));
    first.push(parameters.theta[0]);
  }
  return { theta: parameters.theta, first };
}

// Three steps from θ = 1 on J = θ², so g = 2θ, worked by hand to 8 digits.
const byHand: [nn.Optimizer, number[]][] = [
  // θ ← θ(1 − 2·0.1): 0.8, 0.64, 0.512
  [nn.sgd({ rate: 0.1 }), [0.8, 0.64, 0.512]],
  // v: 2, 0.5·2 + 1.6 = 2.6, 1.3 + 1.08 = 2.38
  [nn.momentum({ rate: 0.1, momentum: 0.5 }), [0.8, 0.54, 0.302]],
  // v: 2 → step 3; θ = 0.7; v: 1 + 1.4 = 2.4 → 1.4 + 1.2 = 2.6; θ = 0.44; v: 1.2 + 0.88 = 2.08 →
  // 0.88 + 1.04 = 1.92
  [nn.nesterov({ rate: 0.1, momentum: 0.5 }), [0.7, 0.44, 0.248]],
  // G: 4 → 0.1·2/2; G: 4 + 3.24 = 7.24 → 0.18/2.69072481; G: 7.24 + 2.77624595 = 10.01624595
  // → 0.16662071/3.16484533
  [nn.adagrad({ rate: 0.1 }), [0.9, 0.83310355, 0.78045618]],
  // G: 2 → 0.2/√2; G: 1 + ½·1.71715729² = 2.47431457 → 0.17171573/1.57299541 …
  [nn.rmsprop({ rate: 0.1, rho: 0.5 }), [0.85857864, 0.74941339, 0.65185673]],
  // t = 1: m̂ = 2, v̂ = 4; t = 2: m = 0.36, m̂ = 1.89473684, v̂ = 3.61981 …
  [nn.adam({ rate: 0.1 }), [0.9, 0.80041223, 0.70158620]],
];

for (const [optimizer, expected] of byHand) {
  Deno.test(`${optimizer.name}: three steps by hand`, () => {
    const slope = (theta: nn.Values) => Float64Array.from(theta, (v) => 2 * v);
    const { first } = path(optimizer, Float64Array.of(1), { steps: 3, slope });
    first.forEach((v, i) => assertAlmostEquals(v, expected[i], 1e-6, `step ${i + 1}`));
  });
}

const all: nn.Optimizer[] = [
  nn.sgd({ rate: 0.009 }),
  nn.momentum({ rate: 0.005 }),
  nn.nesterov({ rate: 0.005 }),
  nn.adagrad({ rate: 0.5 }),
  nn.rmsprop({ rate: 0.001 }),
  nn.adam({ rate: 0.01 }),
  nn.amsgrad({ rate: 0.01 }),
];

for (const optimizer of all) {
  Deno.test(`${optimizer.name} reaches the minimum of an ill-conditioned quadratic`, () => {
    // J = ½(x − 1)² + 50(y + 1)², condition number 100
    const slope = ([x, y]: nn.Values) => Float64Array.of(x - 1, 100 * (y + 1));
    const { theta } = path(optimizer, Float64Array.of(0, 0), { steps: 5000, slope });
    assertAlmostEquals(theta[0], 1, 2e-3);
    assertAlmostEquals(theta[1], -1, 2e-3);
  });

  Deno.test(`${optimizer.name} is pure: nothing passed in changes`, () => {
    const parameters = { W: Float32Array.of(1, 2) }, gradients = { W: Float32Array.of(3, -4) };
    const state = optimizer.update({ parameters, gradients, state: optimizer.init(parameters) })
      .state;
    const before = structuredClone({ parameters, gradients, state });
    optimizer.update({ parameters, gradients, state });
    assertEquals({ parameters, gradients, state }, before);
    assertEquals(state.t, 1);
  });
}

Deno.test("AdaGrad's and Adam's steps do not change when gradients are scaled", () => {
  for (const make of [nn.adagrad, nn.adam, nn.amsgrad]) {
    const run = (scale: number) => {
      const slope = (theta: nn.Values) => Float64Array.from(theta, (v) => 2 * scale * v);
      return path(make({ rate: 0.1, epsilon: 0 }), Float64Array.of(1, -3), { steps: 5, slope });
    };
    run(1000).first.forEach((v, i) => assertAlmostEquals(v, run(1).first[i], 1e-9));
  }
});

Deno.test("AMSGrad never shrinks the denominator, so a late step is no larger than Adam's", () => {
  const gradients = [10, 0.1, 0.1, 0.1];
  const last = (optimizer: nn.Optimizer) => {
    let i = 0;
    const slope = () => Float64Array.of(gradients[i++]);
    const { first } = path(optimizer, Float64Array.of(0), { steps: 4, slope });
    return Math.abs(first[3] - first[2]);
  };
  const options = { rate: 0.1, beta1: 0, beta2: 0.5 };
  assert(last(nn.amsgrad(options)) < 0.5 * last(nn.adam(options)));
});

Deno.test("AdaGrad's accumulator may start above 0", () => {
  const slope = () => Float64Array.of(3);
  const optimizer = nn.adagrad({ rate: 1, epsilon: 0, initialAccumulator: 16 });
  assertAlmostEquals(
    path(optimizer, Float64Array.of(0), { steps: 1, slope }).first[0],
    -0.6,
    1e-12,
  );
});

Deno.test("a schedule's rate goes before the optimizer's own", () => {
  const optimizer = nn.sgd({ rate: 1 });
  const input = { parameters: { w: Float64Array.of(1) }, gradients: { w: Float64Array.of(1) } };
  const state = optimizer.init(input.parameters);
  assertEquals(optimizer.update({ ...input, state, rate: 0.25 }).parameters.w[0], 0.75);
});

Deno.test("bad rates and missing gradients are refused", () => {
  assertThrows(() => nn.sgd({ rate: -1 }), RangeError, "expected a rate of 0 or more, got -1");
  assertThrows(() => nn.momentum({ rate: 1, momentum: 1 }), RangeError, "momentum in [0, 1)");
  const optimizer = nn.sgd({ rate: 1 }), parameters = { w: Float64Array.of(1) };
  const state = optimizer.init(parameters);
  assertThrows(
    () => optimizer.update({ parameters, gradients: {}, state }),
    RangeError,
    "Cannot update w: expected 1 derivatives, got 0",
  );
});
