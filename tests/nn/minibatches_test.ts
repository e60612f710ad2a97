import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { minibatches } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";

const examples = Array.from({ length: 23 }, (_, i) => i);

Deno.test("an epoch has every example once, in batches of the size; the last may be smaller", () => {
  const batches = [...minibatches(examples, { size: 5 })(seeded(1)) as Iterable<number[]>];
  assertEquals(batches.map((b) => b.length), [5, 5, 5, 5, 3]);
  assertEquals(batches.flat().sort((a, b) => a - b), examples);
});

Deno.test("each epoch has a new order, which the seed decides", () => {
  const order = (seed: number) =>
    [...minibatches(examples, { size: 5 })(seeded(seed)) as Iterable<number[]>].flat();
  assertEquals(order(1), order(1));
  assertNotEquals(order(1), order(2));
});

Deno.test("sizes that are no whole number above 0 are refused", () => {
  assertThrows(() => minibatches([1], { size: 0 }), RangeError, "above 0, got 0");
});
