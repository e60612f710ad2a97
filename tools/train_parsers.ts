/**
 * `deno task train-parsers`: trains rows of the table `parsers-neural` at full scale and records them in
 * `results/`; progress goes to stderr. Interrupted, it goes on where the last epoch ended.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import process from "node:process";
import { parseArgs } from "node:util";
import { type DataOptions, progressLine } from "#lib/data/mod.ts";
import { engine } from "#lib/engine/mod.ts";
import {
  type BiaffineRow,
  biaffineRows,
  checkpointFile,
  loadBiaffineRun,
  recordRun,
  sha256,
  type TransitionRow,
  transitionRows,
} from "#lib/tables/mod.ts";

const known = [...transitionRows, ...biaffineRows];

const HELP = `Trains rows of the table "parsers-neural" at full scale, and records them.

deno task train-parsers --row ID[,ID] [--seeds N]

  rows: ${known.map(({ id }) => id).join(", ")}

Rows of transition-based parsers are means over three seeds, or the first N of them. A trained
parser is kept in the cache (models/ID.safetensors, or one a seed) and not trained again; its figures go
to results/parsers-neural/ID.json. An interrupted run goes on where its last epoch ended.`;

const data: DataOptions = {
  download: true,
  attempts: 2,
  onLicence: ({ title, licence }) => console.error(`${title}\n  licence: ${licence}`),
  onProgress: progressLine(process.stderr),
};

/** The commit the code is at; with a plus where files differ from it. */
function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "lib") ? "+" : "");
}

async function trainTransitionRow(
  { id, seed, score }: TransitionRow,
  seeds?: number,
): Promise<void> {
  const at = commit(), report = (message: string) => console.error(message);
  const scored = await score({ scale: "full", data, report }, seeds);
  const command = `deno task train-parsers --row ${id}${seeds ? ` --seeds ${seeds}` : ""}`;
  const file = await recordRun("parsers-neural", id, { ...scored, command, seed, commit: at });
  console.error(`${file}: ${JSON.stringify(scored.metrics)}`);
}

async function trainRow(row: BiaffineRow): Promise<void> {
  const { id, run } = row;
  const at = commit(); // of the code that trains, not of the moment it ends
  console.error(`${id}: ${(await engine()).description}`);
  const report = (message: string) => console.error(message);
  const metrics = await row.measure({ scale: "full", data, report });
  const { parser, log } = await loadBiaffineRun(run, id);
  parser.dispose();
  const file = await recordRun("parsers-neural", id, {
    ...{ metrics, command: `deno task train-parsers --row ${id}`, seed: run.seed, commit: at },
    validationCurve: log.validations,
    checkpointSha256: await sha256(checkpointFile(id)),
    spec: JSON.parse(JSON.stringify(run)),
  });
  console.error(`${file}: ${JSON.stringify(metrics)}`);
}

const { values } = parseArgs({
  args: Deno.args,
  options: { row: { type: "string" }, seeds: { type: "string" } },
});
const seeds = values.seeds === undefined ? undefined : Number(values.seeds);
const ids = values.row?.split(",") ?? [];
const rows = ids.map((id) => known.find((row) => row.id === id));
if (rows.length === 0 || rows.includes(undefined)) {
  console.error(`Cannot train rows: expected --row with known ids, got "${ids}"\n\n${HELP}`);
  Deno.exit(2);
}
for (const row of rows) await ("score" in row! ? trainTransitionRow(row, seeds) : trainRow(row!));
