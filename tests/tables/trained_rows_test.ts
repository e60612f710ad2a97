import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "#lib/data/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import {
  biaffineRows,
  recordedRun,
  SEEDS,
  tables,
  trainedRows,
  transitionRows,
} from "#lib/tables/mod.ts";
import { mayRead } from "../_support/permission.ts";
import { permittedTest } from "../_support/permitted.ts";
import { withCache } from "../_support/with_cache.ts";

Deno.test("each trained row stands in its table, once", () => {
  const names = trainedRows.map(({ table, id }) => `${table}/${id}`);
  assertEquals(new Set(names).size, names.length);
  const known = tables.flatMap(({ id, rows }) => rows.map((row) => `${id}/${row.id}`));
  for (const name of names) assert(known.includes(name), name);
});

/** Rows whose runs have a spec, with their recorded runs and the commands that record them. */
const recordedRows = [
  ...trainedRows.map(({ table, id, spec }) => ({
    ...{ table, spec, runs: [id], command: `deno task train-tables --row ${id}` },
  })),
  ...[...transitionRows, ...biaffineRows].map(({ id, spec }) => ({
    ...{ table: "parsers-neural", spec, command: `deno task train-parsers --row ${id}` },
    runs: [id, ...SEEDS.map((seed) => `seeds/${id}-${seed}`)],
  })),
];

Deno.test({
  name: "recorded runs are those of the rows' specs",
  ignore: !mayRead,
  fn: async () => {
    const others: string[] = [];
    for (const { table, spec, runs, command } of recordedRows) {
      for (const run of runs) {
        const recorded = await recordedRun(table, run);
        if (recorded?.spec === undefined) continue;
        if (JSON.stringify(recorded.spec) === JSON.stringify(spec)) continue;
        others.push(`${table}/${run} is of another run than its row (record it with: ${command})`);
      }
    }
    assertEquals(others, []);
  },
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
