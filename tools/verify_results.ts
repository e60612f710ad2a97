/**
 * `deno task verify-results`: scores the checkpoints of recorded rows of `train-tables`
 * again and compares every perplexity, bit, error rate, accuracy and F₁ with the recorded one.
 *
 * @module
 */
import { explained } from "#lib/data/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import { recordedRun, type TrainedRow, trainedRows, verifyRow } from "#lib/tables/mod.ts";
import { chosenRows, readOptions } from "./options.ts";

const HELP = `Scores the checkpoints of recorded rows of train-tables again.

deno task verify-results [--row ID[,ID]]

  rows: ${trainedRows.map(({ id }) => id).join(", ")}; all recorded ones where --row is left out`;

/** What is wrong with a row; one that cannot be scored does not end the others. */
async function problemsOf(row: TrainedRow): Promise<string[]> {
  try {
    const { figures, problems } = await verifyRow(await engine(), row);
    for (const { name, found, recorded } of figures) {
      console.log(`${row.id}: ${name} ${found.toFixed(4)}, recorded ${recorded.toFixed(4)}`);
    }
    return problems;
  } catch (error) {
    return [explained(error)];
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
