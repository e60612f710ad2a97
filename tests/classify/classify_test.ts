import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type Classifier,
  decide,
  errorRate,
  isProbabilistic,
  labelled,
  splitExamples,
  subset,
} from "#lib/classify/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const points = labelled([
  { x: [0, 1], label: 0 },
  { x: [2, 3], label: 2 },
  { x: [4, 5], label: 1 },
]);

/** Decides by the first coordinate: below 1, below 3, others. */
const byFirst: Classifier = {
  features: 2,
  classes: 3,
  decisionValues: (x, n) =>
    Float32Array.from(
      { length: 3 * n },
      (_, k) => -Math.abs(x[2 * Math.floor(k / 3)] - 2 * (k % 3)),
    ),
};

Deno.test("labelled(): points end to end; what is no example is refused", () => {
  assertEquals([...points.x], [0, 1, 2, 3, 4, 5]);
  assertEquals([[...points.y], points.features, points.classes], [[0, 2, 1], 2, 3]);
  assertEquals(labelled([{ x: [1], label: 0 }], { classes: 2 }).classes, 2);
  const many = Array.from({ length: 200_000 }, (_, i) => ({ x: [i], label: i % 3 }));
  assertEquals(labelled(many).classes, 3);
  assertThrows(() => labelled([]), RangeError, "got none");
  const bad = (x: number[], label: number) => () =>
    labelled([{ x: [1, 2], label: 0 }, { x, label }], { classes: 2 });
  assertThrows(bad([1], 1), RangeError, "example 1: expected 2 finite numbers, got [1]");
  assertThrows(bad([1, NaN], 1), RangeError, "got [1, NaN]");
  assertThrows(bad([1, 2], 2), RangeError, "a class from 0 to 1, got 2");
});

Deno.test("decide() takes the class with the greatest value, of equal ones the first", () => {
  assertEquals([...decide(byFirst, points.x)], [0, 1, 2]);
  assertEquals([...decide(byFirst, Float32Array.of(1, 0, 3, 0))], [0, 1]);
  assert(!isProbabilistic(byFirst));
});

Deno.test("errorRate() is the share decided wrongly", () => {
  assertEquals(errorRate(byFirst, points), 2 / 3);
  assertEquals(errorRate(byFirst, subset(points, [0])), 0);
  assertThrows(() => errorRate(byFirst, subset(points, [])), RangeError, "there is no example");
});

Deno.test("splitExamples(): every example is in one part, the seed decides in which", () => {
  const many = labelled(Array.from({ length: 100 }, (_, i) => ({ x: [i], label: i % 2 })));
  const split = (seed: number) =>
    splitExamples(many, { test: 0.3, validation: 0.2, random: seeded(seed) });
  const { train, validation, test } = split(1);
  assertEquals([train, validation, test].map(({ y }) => y.length), [50, 20, 30]);
  const all = [...train.x, ...validation.x, ...test.x];
  assertEquals(all.toSorted((a, b) => a - b), [...many.x]);
  for (const part of [train, validation, test]) {
    part.y.forEach((label, i) => assertEquals(label, part.x[i] % 2));
  }
  assertEquals(split(1).test.x, test.x);
  assert(split(2).test.x.join() !== test.x.join());
  const bad = { test: 0.6, validation: 0.4, random: seeded(1) };
  assertThrows(() => splitExamples(many, bad), RangeError, "leave some for training");
});
