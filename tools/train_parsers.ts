/**
 * `deno task train-parsers`: trains rows of the table `parsers-neural` at full scale and records them in
 * `results/`; progress goes to stderr. Interrupted, it goes on where the last epoch ended.
 *
 * @module
 */
import process from "node:process";
import { type DataOptions, progressLine } from "#lib/data/mod.ts";
import {
  biaffineRows,
  recordSeed,
  type SeededRow,
  SEEDS,
  transitionRows,
} from "#lib/tables/mod.ts";
import { commit } from "./_commit.ts";
import { endWith } from "./_known_errors.ts";
import { chosenRows, readOptions, refuse } from "./options.ts";

const known = [...transitionRows, ...biaffineRows];

const HELP = `Trains rows of the table "parsers-neural" at full scale, and records them.

deno task train-parsers --row ID[,ID] [--seeds N | --seed N]

  rows: ${known.map(({ id }) => id).join(", ")}

A row is the mean over three seeds, or the first N of them (--seeds N). A trained parser is kept in the
cache (models/ID-SEED.safetensors) and not trained again; its figures go to
results/parsers-neural/seeds/ID-SEED.json, and the mean of the first seeds there to
results/parsers-neural/ID.json. An interrupted run goes on where its last epoch ended.
--seed N trains and records that seed alone: for several processes or machines.`;

const data: DataOptions = {
  download: true,
  attempts: 2,
  onLicence: ({ title, licence }) => console.error(`${title}\n  licence: ${licence}`),
  onProgress: progressLine(process.stderr),
};

/** Trains and records seeds of a row. */
async function trainRow({ id, score }: SeededRow, seeds: readonly number[]): Promise<void> {
  const report = (message: string) => console.error(message);
  for (const seed of seeds) {
    const at = commit(); // of the code that trains, not of the moment it ends
    const scored = await score({ scale: "full", data, report }, seed);
    console.error(`${id}, seed ${seed}: ${JSON.stringify(scored.metrics)}`);
    for (const file of await recordSeed(scored, { id, seed, commit: at })) console.error(file);
  }
}

/** The seeds that are asked for. */
function seedsOf({ seed, seeds }: { seed?: string; seeds?: string }): readonly number[] {
  if (seed !== undefined && seeds !== undefined) {
    refuse("Cannot train rows: expected --seed or --seeds, got both", HELP);
  }
  const given = seed ?? seeds ?? SEEDS.length;
  if (!SEEDS.includes(Number(given))) {
    const option = seed === undefined ? "--seeds" : "--seed";
    refuse(`Cannot train rows: expected ${option} ${SEEDS.join(" or ")}, got ${given}`, HELP);
  }
  return seed === undefined ? SEEDS.slice(0, Number(given)) : [Number(given)];
}

const { values } = readOptions(HELP, {
  options: { row: { type: "string" }, seed: { type: "string" }, seeds: { type: "string" } },
});
const seeds = seedsOf(values);
try {
  for (const row of chosenRows(known, values.row, HELP)) await trainRow(row, seeds);
} catch (error) {
  endWith(error);
}
