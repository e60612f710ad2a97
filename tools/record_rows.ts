/**
 * Keeps measured rows in results/: reads what `reproduce-tables --format json` prints from stdin.
 *
 * ```sh
 * deno task -q reproduce-tables --only parsers --scale full --format json |
 *   deno task record-rows --commit "$(git rev-parse --short HEAD)"
 * ```
 *
 * @module
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import type { RecordedRun, Row } from "#lib/tables/mod.ts";

const { values } = parseArgs({ args: Deno.args, options: { commit: { type: "string" } } });
if (!values.commit) {
  console.error('Cannot record rows: expected --commit "$(git rev-parse --short HEAD)"');
  Deno.exit(2);
}

const processors = cpus();
const machine = `${processors[0].model}, ${processors.length} cores, ` +
  `${Math.round(totalmem() / 2 ** 30)} GB`;

for (const row of JSON.parse(await text(process.stdin)) as Row[]) {
  if (Object.keys(row.metrics).length === 0) {
    console.error(`${row.table}/${row.row}: not recorded, ${row.skipped ?? "nothing measured"}`);
    continue;
  }
  const run: RecordedRun = {
    metrics: row.metrics,
    date: new Date().toISOString().slice(0, 10),
    machine,
    command:
      `deno task -q reproduce-tables --only ${row.table} --row ${row.row} --scale ${row.scale} --format json`,
    seed: row.seed,
    commit: values.commit,
  };
  const file = join("results", row.table, `${row.row}.json`);
  mkdirSync(join("results", row.table), { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(run, null, 2) + "\n");
  renameSync(`${file}.part`, file);
  console.error(`${file}: ${Object.keys(run.metrics).length} figures`);
}
