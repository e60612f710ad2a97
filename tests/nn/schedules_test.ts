import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as nn from "#lib/nn/mod.ts";

Deno.test("rates by epoch: constant, halved every k, exponential", () => {
  const at = (schedule: nn.Schedule, epochs: number[]) =>
    epochs.map((epoch) => schedule({ epoch, step: 0 }));
  assertEquals(at(nn.constantRate(0.1), [0, 9]), [0.1, 0.1]);
  assertEquals(at(nn.halvingRate(1, { every: 3 }), [0, 2, 3, 5, 6]), [1, 1, 0.5, 0.5, 0.25]);
  assertAlmostEquals(
    nn.exponentialRate(2, { decay: 0.5 })({ epoch: 4, step: 0 }),
    2 * Math.exp(-2),
  );
});

Deno.test("rates by step: triangular, warm restarts, 1/√t", () => {
  const at = (schedule: nn.Schedule, steps: number[]) =>
    steps.map((step) => schedule({ epoch: 0, step }));
  const cycle = { low: 0.1, high: 0.5, steps: 4 };
  const expected: [nn.Schedule, number[], number[]][] = [
    [nn.triangularRate(cycle), [0, 1, 4, 6, 8, 12], [0.1, 0.2, 0.5, 0.3, 0.1, 0.5]],
    [nn.warmRestartRate(cycle), [0, 2, 4, 6], [0.5, 0.3, 0.5, 0.3]],
    [nn.warmRestartRate({ ...cycle, growth: 2 }), [4, 8, 12], [0.5, 0.3, 0.5]],
    [nn.inverseRootRate(3), [0, 3, 8], [3, 1.5, 1]],
  ];
  for (const [schedule, steps, rates] of expected) {
    at(schedule, steps).forEach((rate, i) => assertAlmostEquals(rate, rates[i], 1e-12));
  }
});

Deno.test("by validation: halved at each epoch once one improved too little", () => {
  const schedule = nn.plateauRate(1, { improvement: 0.1 });
  const rates = [[], [10], [10, 8], [10, 8, 7.9], [10, 8, 7.9, 5], [10, 8, 7.9, 5, 4]]
    .map((validations) => schedule({ epoch: validations.length, step: 0, validations }));
  assertEquals(rates, [1, 1, 1, 0.5, 0.25, 0.125]);
  assertEquals(schedule({ epoch: 2, step: 0, validations: [3, NaN] }), 0.5);
  const below = [[-10, -12], [-10, -10.5]] // validations may be negative
    .map((validations) => schedule({ epoch: 2, step: 0, validations }));
  assertEquals(below, [1, 0.5]);
});

Deno.test("impossible schedules are refused", () => {
  assertThrows(() => nn.constantRate(-1), RangeError, "expected rate of 0 or more, got -1");
  assertThrows(() => nn.halvingRate(1, { every: 0 }), RangeError, "every of 1 or more, got 0");
  assertThrows(() => nn.triangularRate({ low: 1, high: 0, steps: 2 }), RangeError, "high of 1");
});

Deno.test("a held rate falls from the epoch after the last one held", () => {
  const rate = nn.heldRate(20, { hold: 4, decay: 0.5 });
  assertEquals([0, 3, 4, 6].map((epoch) => rate({ epoch, step: 0 })), [20, 20, 10, 2.5]);
});
