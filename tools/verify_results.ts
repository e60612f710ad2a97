/**
 * `deno task verify-results`: scores the checkpoints of recorded rows of `train-tables`
 * again and compares every perplexity, bit, error rate, accuracy and F₁ with the recorded one.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { engine } from "#lib/engine/mod.ts";
import { recordedRun, type TrainedRow, trainedRows } from "#lib/tables/mod.ts";
import { chosenRows, readOptions } from "./options.ts";

const HELP = `Scores the checkpoints of recorded rows of train-tables again.

deno task verify-results [--row ID[,ID]]

  rows: ${trainedRows.map(({ id }) => id).join(", ")}; all recorded ones where --row is left out`;

const TOLERANCE = 1e-3; // the largest difference that passes

/** What is wrong with a row; empty if nothing is. */
async function verify(row: TrainedRow): Promise<string[]> {
  const recorded = await recordedRun(row.table, row.id);
  if (!recorded) return [`nothing is recorded (deno task train-tables --row ${row.id})`];
  const missing = row.files().filter((file) => !existsSync(file));
  if (missing.length > 0) return [`${missing} is not there (bring it with: ${recorded.command})`];
  const { metrics, checkpointSha256 } = await row.score(await engine(), { download: true });
  const differences = Object.entries(metrics)
    .filter(([name]) => /perplexity|bitsPer|errorRate|accuracy|f1/i.test(name))
    .map(([name, value]) => ({ name, value, expected: recorded.metrics[name] ?? NaN }));
  for (const { name, value, expected } of differences) {
    console.log(`${row.id}: ${name} ${value.toFixed(4)}, recorded ${expected.toFixed(4)}`);
  }
  return [
    ...differences.filter(({ value, expected }) => !(Math.abs(value - expected) <= TOLERANCE))
      .map(({ name, value, expected }) => `${name}: expected ${expected}, got ${value}`),
    ...(checkpointSha256 === recorded.checkpointSha256
      ? []
      : [`${row.files()} is another file than the one recorded, SHA-256 ${checkpointSha256}`]),
  ];
}

/** The same; a row that cannot be scored does not end the others. */
async function problemsOf(row: TrainedRow): Promise<string[]> {
  try {
    return await verify(row);
  } catch (error) {
    return [(error as Error).message];
  }
}

async function recordedRows(): Promise<TrainedRow[]> {
  const found = await Promise.all(trainedRows.map(({ table, id }) => recordedRun(table, id)));
  return trainedRows.filter((_, i) => found[i]);
}

const { values } = readOptions(HELP, { options: { row: { type: "string" } } });
const rows = values.row === undefined
  ? await recordedRows()
  : chosenRows(trainedRows, values.row, HELP);
let failures = 0;
for (const row of rows) {
  for (const problem of await problemsOf(row)) {
    console.error(`${row.id}: ${problem}`);
    failures++;
  }
}
if (failures > 0) Deno.exit(1);
