/**
 * `deno task train-tables`: trains rows of the tables `perplexity`, `generation`, `taggers` and
 * `sentence-classifiers` at full scale and records them in `results/`; progress goes to stderr.
 * Interrupted, it goes on where the last epoch ended.
 *
 * @module
 */
import { existsSync } from "node:fs";
import process from "node:process";
import { type DataOptions, progressLine } from "#lib/data/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import { recordRun, type RunProgress, type TrainedRow, trainedRows } from "#lib/tables/mod.ts";
import { commit } from "./_commit.ts";
import { endWith } from "./_known_errors.ts";
import { chosenRows, readOptions } from "./options.ts";

const HELP =
  `Trains rows of the tables "perplexity", "generation", "taggers" and "sentence-classifiers" in full.

deno task train-tables --row ID[,ID]

  rows: ${trainedRows.map(({ id }) => id).join(", ")}

A trained model is kept in the cache (models/ID.safetensors) and not trained again; its figures go
to results/TABLE/ID.json. An interrupted run goes on where its last epoch ended.`;

const data: DataOptions = {
  download: true,
  attempts: 2,
  onLicence: ({ title, licence }) => console.error(`${title}\n  licence: ${licence}`),
  onProgress: progressLine(process.stderr),
};

function report(
  row: TrainedRow,
  { epoch, epochs, step, loss, learningRate, ...at }: RunProgress,
): void {
  const speed = `${Math.round(at.tokensPerSecond)} words/s`;
  const validation = at.validation === undefined
    ? ""
    : `, ${
      row.describe?.(at.validation) ?? `validation perplexity ${Math.exp(at.validation).toFixed(2)}`
    }`;
  console.error(
    `epoch ${epoch} of ${epochs}, step ${step}, rate ${learningRate}, loss ${loss.toFixed(4)}, ` +
      `norm ${at.gradientNorm.toFixed(3)}, ${speed}${validation}`,
  );
}

async function trainRow(row: TrainedRow): Promise<void> {
  const { id, seed, spec } = row;
  const at = commit(); // of the code that trains, not of the moment it ends
  const found = await engine();
  console.error(`${id}: ${found.description}`);
  if (!row.files().every((file) => existsSync(file))) {
    const tell = (message: string) => console.error(message);
    await row.train({ engine: found, data, report: (at) => report(row, at), tell });
  }
  const { metrics, ...scored } = await row.score(found, data);
  const command = `deno task train-tables --row ${id}`;
  const file = await recordRun(row.table, id, {
    ...{ metrics, command, seed, commit: at, ...scored, spec },
  });
  console.error(`${file}: ${JSON.stringify(metrics)}`);
}

const { values } = readOptions(HELP, { options: { row: { type: "string" } } });
try {
  for (const row of chosenRows(trainedRows, values.row, HELP)) await trainRow(row);
} catch (error) {
  endWith(error);
}
