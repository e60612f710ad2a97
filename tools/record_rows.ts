/**
 * Keeps measured rows in results/: reads what `reproduce-tables --format json` prints from stdin.
 *
 * @module
 */
import { text } from "node:stream/consumers";
import { recordRun, type Row } from "#lib/tables/mod.ts";
import { readOptions, refuse } from "./options.ts";

const HELP = `Keeps measured rows in results/.

deno task -q reproduce-tables --only ID --scale full --format json |
  deno task record-rows --commit "$(git rev-parse --short HEAD)"`;

const { values } = readOptions(HELP, { options: { commit: { type: "string" } } });
if (!values.commit) refuse("Cannot record rows: expected --commit HASH, got none", HELP);

for (const row of JSON.parse(await text(process.stdin)) as Row[]) {
  if (Object.keys(row.metrics).length === 0) {
    console.error(`${row.table}/${row.row}: not recorded, ${row.skipped ?? "nothing measured"}`);
    continue;
  }
  const task = row.engine === "native" ? "reproduce-tables-native" : "reproduce-tables";
  const file = await recordRun(row.table, row.row, {
    metrics: row.metrics,
    command:
      `deno task -q ${task} --only ${row.table} --row ${row.row} --scale ${row.scale} --format json`,
    seed: row.seed,
    commit: values.commit,
    ...(row.samples && { samples: row.samples }),
  });
  console.error(`${file}: ${Object.keys(row.metrics).length} figures`);
}
