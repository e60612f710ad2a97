/**
 * The command `deno task data`: lists the datasets, fetches and verifies them. What it finds goes
 * to stdout; licences, progress and errors go to stderr.
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { progressLine } from "./progress_line.ts";
import {
  cacheFolder,
  DataError,
  type Dataset,
  datasets,
  findDataset,
  inspectDataset,
  obtainFiles,
} from "./mod.ts";

const USAGE = `usage: deno task data <command> [dataset ...] [--format text|json]

  list     what there is, and what of it is in the cache
  fetch    bring datasets (all, if none is named) into the cache: from the mirror
           LECTURE_MIRROR if that is set, else from their source; damaged files are replaced
  verify   compare every file in the cache with its SHA-256

The cache is data/cache, or the folder LECTURE_DATA. Datasets: ${
  datasets.map((d) => d.id).join(", ")
}.`;

const STOPPED = "Stopped: what has come is kept, fetch again to go on";

/** The person at the keyboard stopped the command. */
class Stopped extends Error {}

interface Arguments {
  command: string;
  chosen: readonly Dataset[];
  format: "text" | "json";
}

function readArguments(args: string[]): Arguments | "help" {
  const { positionals: [command, ...ids], values: { format, help } } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: "string", default: "text" }, help: { type: "boolean" } },
  });
  if (help) return "help";
  if (!["list", "fetch", "verify"].includes(command)) {
    throw new TypeError(`Cannot run: expected list, fetch or verify, got ${command ?? "nothing"}`);
  }
  if (format !== "text" && format !== "json") {
    throw new TypeError(`Cannot run: expected --format text or json, got ${format}`);
  }
  return { command, chosen: ids.length > 0 ? ids.map(findDataset) : datasets, format };
}

async function list({ chosen, format }: Arguments): Promise<void> {
  const rows = await Promise.all(chosen.map(async (dataset) => {
    const states = await inspectDataset(dataset);
    const bytes = dataset.files.reduce((sum, file) => sum + file.bytes, 0);
    const present = states.filter(({ state }) => state === "present").length;
    const { id, title, description, licence, homepage, files } = dataset;
    return { id, title, description, licence, homepage, bytes, files: files.length, present };
  }));
  if (format === "json") return print(rows);
  console.log(`cache: ${cacheFolder()}`);
  for (const { id, title, licence, bytes, files, present } of rows) {
    const size = `${(bytes / 1e6).toFixed(1)} MB`.padStart(8);
    console.log(`${id.padEnd(15)} ${size}  ${present} of ${files} files here  ${title}`);
    console.log(`${" ".repeat(26)}${licence}`);
  }
}

async function fetchAll({ chosen, format }: Arguments): Promise<void> {
  const stop = new AbortController();
  Deno.addSignalListener("SIGINT", () => stop.abort(new Stopped(STOPPED)));
  const rows: { dataset: string; file: string; path: string }[] = [];
  for (const dataset of chosen) {
    const paths = await obtainFiles(dataset, {
      download: true,
      verify: true,
      signal: stop.signal,
      onLicence: ({ title, licence }) => console.error(`${title}\n  licence: ${licence}`),
      onProgress: progressLine(process.stderr),
    });
    for (const [file, path] of paths) rows.push({ dataset: dataset.id, file, path });
  }
  if (format === "json") return print(rows);
  for (const { id, files } of chosen) console.log(`${id}: ${files.length} files, verified`);
}

async function verify({ chosen, format }: Arguments): Promise<void> {
  const reports = await Promise.all(chosen.map(async (dataset) => {
    const files = await inspectDataset(dataset, { depth: "hash" });
    return files.map((file) => ({ dataset: dataset.id, ...file }));
  }));
  const rows = reports.flat();
  if (format === "json") print(rows);
  else for (const { dataset, file, state } of rows) console.log(`${state} ${dataset}/${file}`);
  const damaged = new Set(
    rows.filter((row) => row.state === "damaged").map((row) => row.dataset),
  );
  if (damaged.size === 0) return;
  console.error(`replace damaged files with: deno task data fetch ${[...damaged].join(" ")}`);
  process.exitCode = 1;
}

function print(rows: unknown): void {
  console.log(JSON.stringify(rows, null, 2));
}

const commands: Record<string, (args: Arguments) => Promise<void>> = {
  list,
  fetch: fetchAll,
  verify,
};

function fail(error: unknown): never {
  const isExpected = error instanceof DataError || error instanceof Stopped;
  console.error(isExpected ? error.message : error);
  Deno.exit(error instanceof Stopped ? 130 : 1);
}

let chosen: Arguments | "help";
try {
  chosen = readArguments(Deno.args);
} catch (error) {
  if (!(error instanceof TypeError)) fail(error);
  console.error(`${error.message}\n\n${USAGE}`);
  Deno.exit(2);
}
if (chosen === "help") console.log(USAGE);
else await commands[chosen.command](chosen).catch(fail);
Deno.exit(); // the listener for SIGINT would keep the process alive
