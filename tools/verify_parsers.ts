/**
 * `deno task verify-parsers`: scores the checkpoints of recorded rows of the table `parsers-neural`
 * again and compares every attachment score with the recorded one.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { explained } from "#lib/data/mod.ts";
import {
  biaffineRows,
  checkpointFile,
  recordedRun,
  type ScoredSeed,
  type SeededRow,
  SEEDS,
  seedSummary,
  transitionRows,
} from "#lib/tables/mod.ts";
import { chosenRows, readOptions } from "./options.ts";

const known = [...transitionRows, ...biaffineRows];

const HELP = `Scores the checkpoints of recorded rows of the table "parsers-neural" again.

deno task verify-parsers [--row ID[,ID]]

  rows: ${known.map(({ id }) => id).join(", ")}; all of them where --row is left out`;

const TOLERANCE = 0.02; // points of %: engines may round a tie differently

/** What is wrong with a row; one that cannot be scored does not end the others. */
async function problemsOf(row: SeededRow): Promise<string[]> {
  try {
    return await verify(row);
  } catch (error) {
    return [explained(error)];
  }
}

async function verify({ id, score }: SeededRow): Promise<string[]> {
  const recorded = await recordedRun("parsers-neural", id);
  if (!recorded) return [`nothing is recorded (deno task train-parsers --row ${id})`];
  const seeds = SEEDS.slice(0, recorded.metrics.seeds);
  for (const seed of seeds) {
    const file = checkpointFile(`${id}-${seed}`);
    if (!existsSync(file)) return [`${file} is not there (bring it with: ${recorded.command})`];
  }
  const report = (message: string) => console.error(message);
  const options = { scale: "full", data: { download: true }, report } as const;
  const scored: ScoredSeed[] = [];
  for (const seed of seeds) scored.push(await score(options, seed));
  const found = seedSummary(scored);
  const names = Object.keys(found.metrics).filter((name) => /^(dev)?(uas|las)/i.test(name));
  const off = names.filter((name) =>
    !(Math.abs(found.metrics[name] - recorded.metrics[name]) <= TOLERANCE)
  );
  console.log(`${id}: ${names.length} scores, ${off.length} of them other than recorded`);
  return [
    ...off.map((name) => `${name}: ${found.metrics[name]}, recorded ${recorded.metrics[name]}`),
    ...(found.checkpointSha256 === recorded.checkpointSha256
      ? []
      : [`the checkpoints are others than those recorded, SHA-256 ${found.checkpointSha256}`]),
  ];
}

const { values } = readOptions(HELP, { options: { row: { type: "string" } } });
const rows = values.row === undefined ? known : chosenRows(known, values.row, HELP);
let failures = 0;
for (const row of rows) {
  for (const problem of await problemsOf(row)) {
    console.error(`${row.id}: ${problem}`);
    failures++;
  }
}
if (failures > 0) Deno.exit(1);
