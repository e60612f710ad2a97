/**
 * Keeps measured rows in results/: reads what `reproduce-tables --format json` prints from stdin.
 *
 * @module
 */
import { text } from "node:stream/consumers";
import { parsersNeural, recordRun, type Row, tables, trainedRows } from "#lib/tables/mod.ts";
import { readOptions, refuse } from "./options.ts";

const HELP = `Keeps measured rows in results/.

deno task -q reproduce-tables --only ID --scale full --format json |
  deno task record-rows --commit "$(git rev-parse --short HEAD)"

Rows that have checkpoints are recorded by train-tables and train-parsers.`;

/** The rows of stdin. */
async function readRows(): Promise<Row[]> {
  const input = await text(process.stdin);
  try {
    const rows = JSON.parse(input);
    if (Array.isArray(rows)) return rows;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const got = input.length > 60 ? `${input.slice(0, 60)}…` : input;
  return refuse(`Cannot record rows: expected a JSON array on stdin, got "${got.trim()}"`, HELP);
}

/** Why a row is not to be recorded; undefined if it is. */
function problemOf({ table, row, scale }: Partial<Row>): string | undefined {
  const named = tables.find(({ id }) => id === table);
  if (!named) return `expected a table of ${tables.map(({ id }) => id).join(", ")}`;
  if (!named.rows.some(({ id }) => id === row)) return `expected a row of the table ${table}`;
  if (scale !== "full") return `expected --scale full, got ${scale}`;
  const isTrained = trainedRows.some((each) => each.table === table && each.id === row);
  const task = isTrained ? "train-tables" : named === parsersNeural ? "train-parsers" : undefined;
  return task && `expected a row without a checkpoint (deno task ${task} --row ${row} records it)`;
}

async function record(row: Row, commit: string): Promise<void> {
  const task = row.engine === "native" ? "reproduce-tables-native" : "reproduce-tables";
  const file = await recordRun(row.table, row.row, {
    metrics: row.metrics,
    command:
      `deno task -q ${task} --only ${row.table} --row ${row.row} --scale ${row.scale} --format json`,
    seed: row.seed,
    commit,
    ...(row.samples && { samples: row.samples }),
  });
  console.error(`${file}: ${Object.keys(row.metrics).length} figures`);
}

const { values } = readOptions(HELP, { options: { commit: { type: "string" } } });
if (!values.commit) refuse("Cannot record rows: expected --commit HASH, got none", HELP);

let refused = 0;
for (const row of await readRows()) {
  const problem = problemOf(row ?? {}), name = `${row?.table}/${row?.row}`;
  if (problem) {
    console.error(`Cannot record ${name}: ${problem}`);
    refused++;
  } else if (Object.keys(row.metrics ?? {}).length === 0) {
    console.error(`${name}: not recorded, ${row.skipped ?? "nothing measured"}`);
  } else await record(row, values.commit);
}
if (refused > 0) Deno.exit(2);
