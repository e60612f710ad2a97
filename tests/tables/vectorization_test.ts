import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { medianTime } from "#lib/engine/mod.ts";
import { measureRows, plainLoopsTime, vectorization, vectorizationTimes } from "#lib/tables/mod.ts";
import { testEngines } from "../_support/engines.ts";
import { mayRead } from "../_support/permission.ts";

const sizes = { N: 7, d: 5, C: 3 };

testEngines("vectorization: all ways are timed after giving the same numbers", (engine) => {
  const times = vectorizationTimes(engine, sizes);
  assertEquals(Object.keys(times).sort(), ["loop", "overhead", "product", "tensorLoop"]);
  assert(Object.values(times).every((time) => time > 0), JSON.stringify(times));
  const broken = {
    ...engine,
    multiplyInto: (...[out, factors]: Parameters<typeof engine.multiplyInto>) => {
      engine.multiplyInto(out, factors);
      engine.values(out)[0] += 0.001;
    },
  };
  assertThrows(() => vectorizationTimes(broken, sizes), Error, "Cannot time the loop: it gives");
});

Deno.test("medianTime() warms up, and takes the median of the runs", () => {
  let calls = 0;
  medianTime(() => calls++, { warmUp: 3, runs: 5 });
  assertEquals(calls, 8);
  assert(plainLoopsTime(sizes) > 0);
  assertThrows(() => medianTime(() => {}, { runs: 0 }), RangeError, "got 0");
});

Deno.test(
  "table vectorization: the ratio is its two parts' product; native rows or how to get them",
  {
    ignore: !mayRead,
  },
  async () => {
    const options = { scale: "quick", data: {}, report: () => {} } as const;
    const rows = await Array.fromAsync(measureRows(vectorization, options));
    assertEquals(rows.length, 10);
    for (const { row, metrics, published, skipped } of rows) {
      if (skipped) {
        assert(row.startsWith("native") && skipped.includes("reproduce-tables-native"), skipped);
        continue;
      }
      assert(metrics.microseconds > 0, row);
      if (row.endsWith("-loop")) assertEquals(published, { microseconds: 639 });
      if (!row.endsWith("-product")) continue;
      assertEquals(published, { microseconds: 53.8, ratio: 11.9 });
      assertAlmostEquals(metrics.overheadRatio * metrics.reuseRatio, metrics.ratio, 1e-9);
    }
  },
);
