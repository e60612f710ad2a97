import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "#lib/data/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import { tables, trainedRows } from "#lib/tables/mod.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";

Deno.test("each trained row stands in its table, once", () => {
  const names = trainedRows.map(({ table, id }) => `${table}/${id}`);
  assertEquals(new Set(names).size, names.length);
  const known = tables.flatMap(({ id, rows }) => rows.map((row) => `${id}/${row.id}`));
  for (const name of names) assert(known.includes(name), name);
});

permittedTest(
  "a mixture names the models it misses",
  ["read", "write", "env"],
  () =>
    withCache(async () => {
      const mixture = trainedRows.find(({ id }) => id === "ptb-mixture")!;
      const found = await engine({ prefer: "wasm" });
      await assertRejects(
        () => mixture.train({ engine: found, data: {} }),
        DataError,
        "train-tables --row ptb-lstm-small-adaptive,ptb-lstm-large-adaptive",
      );
    }),
);
