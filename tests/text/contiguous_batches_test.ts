import { contiguousBatches } from "#lib/text/mod.ts";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

const counted = (length: number) => Int32Array.from({ length }, (_, i) => i + 3);

Deno.test("contiguousBatches() goes on in every lane where the last batch ended (property)", () => {
  const sizes = fc.record({
    length: fc.integer({ min: 1, max: 60 }),
    batchSize: fc.integer({ min: 1, max: 6 }),
    steps: fc.integer({ min: 1, max: 9 }),
    start: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(fc.property(sizes, ({ length, batchSize, steps, start }) => {
    fc.pre(batchSize <= length);
    const ids = counted(length), lane = Math.floor(length / batchSize);
    const batches = [...contiguousBatches(ids, { batchSize, steps, start })];
    assertEquals(batches.length, Math.ceil(lane / steps));
    for (let b = 0; b < batchSize; b++) {
      const read = (which: "inputs" | "targets") =>
        batches.flatMap((batch) =>
          Array.from(batch[which].subarray(b * batch.steps, (b + 1) * batch.steps))
        );
      const targets = read("targets"), before = b === 0 ? start : ids[b * lane - 1];
      assertEquals(targets, Array.from(ids.subarray(b * lane, (b + 1) * lane)));
      assertEquals(read("inputs"), [before, ...targets.slice(0, -1)]);
    }
    for (const batch of batches) {
      assertEquals(batch.batchSize, batchSize);
      assertEquals([batch.inputs.length, batch.targets.length], [
        batchSize * batch.steps,
        batchSize * batch.steps,
      ]);
    }
  }));
});

Deno.test("contiguousBatches() with one lane leaves out no id", () => {
  const targets = [...contiguousBatches(counted(10), { batchSize: 1, steps: 4 })]
    .flatMap((batch) => Array.from(batch.targets));
  assertEquals(targets, Array.from(counted(10)));
});

Deno.test("contiguousBatches() refuses sizes that are no sizes, and too short a text", () => {
  const take = (length: number, batchSize: number, steps: number) => () =>
    contiguousBatches(counted(length), { batchSize, steps }).next();
  assertThrows(take(9, 0, 2), RangeError, "expected batchSize of at least 1, got 0");
  assertThrows(take(9, 2, 1.5), RangeError, "expected steps of at least 1, got 1.5");
  assertThrows(take(9, 2, NaN), RangeError, "got NaN");
  assertThrows(take(3, 4, 1), RangeError, "at least batchSize = 4 ids, got 3");
  assertThrows(take(0, 1, 1), RangeError, "got 0");
});
