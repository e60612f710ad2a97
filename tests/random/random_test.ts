import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { seeded, seededFromState, shuffled } from "#lib/random/mod.ts";

Deno.test("the same seed gives the same sequence, another seed another", () => {
  const draw = (seed: number) => Array.from({ length: 20 }, seeded(seed));
  assertEquals(draw(5), draw(5));
  assertNotEquals(draw(5), draw(6));
});

Deno.test("draws lie in [0, 1) and fill it evenly", () => {
  const random = seeded(1);
  const bins = new Float64Array(10);
  for (let i = 0; i < 100_000; i++) bins[Math.floor(random() * 10)]++;
  // chi-squared with 9 degrees of freedom: 27.9 is passed by 99.9 % of fair sequences
  const chiSquared = bins.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
  assert(chiSquared < 27.9, `chi-squared ${chiSquared}`);
});

Deno.test("the first draws of neighbouring seeds fill [0, 1) evenly too", () => {
  const bins = new Float64Array(10);
  for (let seed = 0; seed < 10_000; seed++) bins[Math.floor(seeded(seed)() * 10)]++;
  const chiSquared = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  assert(chiSquared < 27.9, `chi-squared ${chiSquared}`);
});

Deno.test("a stored state continues the sequence", () => {
  const random = seeded(3);
  random();
  const continued = seededFromState(JSON.parse(JSON.stringify(random.state())));
  assertEquals([continued(), continued()], [random(), random()]);
});

Deno.test("bad seeds and states are refused", () => {
  assertThrows(() => seeded(1.5), RangeError, "expected an integer, got 1.5");
  assertThrows(() => seededFromState([1, 2]), RangeError, "expected 4 integers, got [1,2]");
});

Deno.test("shuffled() keeps the items and every order is equally likely", () => {
  const random = seeded(2), orders = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffled("abc", random).join("");
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  assertEquals([...orders.keys()].sort(), ["abc", "acb", "bac", "bca", "cab", "cba"]);
  // chi-squared with 5 degrees of freedom: 20.5 is passed by 99.9 %
  const chiSquared = [...orders.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  assert(chiSquared < 20.5, `chi-squared ${chiSquared}`);
});
