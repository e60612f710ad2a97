/**
 * `deno task race-optimizers`: optimizers × learning rates (× schedules) on a fixed-window language
 * model and on a parser, in two Workers, into results/optimizers/. Interrupted, it goes on with the
 * runs that are left.
 *
 * @module
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "#lib/data/mod.ts";
import { writeWholeSync } from "#lib/files/mod.ts";
import type { Racer, RaceResult } from "#lib/nn/mod.ts";
import { raceFile, type RaceName, races } from "#lib/tables/mod.ts";
import { commit } from "./_commit.ts";
import { endWith } from "./_known_errors.ts";
import { readOptions, refuse } from "./options.ts";

const HELP = `Races optimizers, rates and schedules, and records the runs in results/optimizers/.

deno task race-optimizers [window] [parser]

Both races where none is named. An interrupted race goes on with the runs that are left.`;

const WORKERS = 2;
const known = Object.keys(races) as RaceName[];

/** Runs what is left of a race and records the whole. */
async function runRace(name: RaceName): Promise<void> {
  const { racers, course } = races[name], at = commit(); // of the code that races
  /** One line a run that is done, the course in its name: another course begins anew. */
  const unfinished = join(
    cacheFolder(),
    "race",
    `${name}-${Object.values(course).join("-")}.jsonl`,
  );
  mkdirSync(dirname(unfinished), { recursive: true });
  const same = (a: Racer, b: Racer) =>
    a.optimizer === b.optimizer && a.rate === b.rate && a.schedule === b.schedule;
  const done = readRuns(unfinished);
  const left = racers.filter((racer) => !done.some((result) => same(racer, result)));
  const count = left.length, begun = performance.now();
  const keep = (result: RaceResult) => {
    done.push(result);
    appendFileSync(unfinished, `${JSON.stringify(result)}\n`);
    const { optimizer, rate, schedule, finalLoss } = result;
    const seconds = (performance.now() - begun) / 1000;
    console.error(
      `${name}, ${done.length} of ${racers.length}: ${optimizer} ${rate}, ${schedule}: ` +
        `${Number.isNaN(finalLoss) ? "diverged" : finalLoss.toFixed(3)}, about ` +
        `${Math.ceil(seconds / (count - left.length) * left.length / 60)} min left`,
    );
  };
  await Promise.all(Array.from({ length: WORKERS }, () => work(name, left, keep)));
  const results = racers.map((racer) => done.find((result) => same(racer, result))!);
  record(name, results, at);
  rmSync(unfinished);
}

/**
 * The runs that are done, one a line. What stands behind the last whole line, of a race killed
 * while it wrote, is dropped, in the file too.
 *
 * @throws {SyntaxError} if the file is damaged
 */
export function readRuns(file: string): RaceResult[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  if (lines.pop() !== "") writeWholeSync(file, lines.map((line) => `${line}\n`).join(""));
  return lines.map((line, i) => {
    try {
      return JSON.parse(line);
    } catch (cause) {
      throw new SyntaxError(
        `Cannot go on with the race of ${file}: expected a run in line ${i + 1}, got ` +
          `"${line.slice(0, 40)}" (delete the line, its run is done again)`,
        { cause },
      );
    }
  });
}

function record(name: RaceName, results: readonly RaceResult[], commit: string): void {
  const head = {
    command: `deno task race-optimizers ${name}`,
    date: new Date().toISOString().slice(0, 10),
    commit,
    course: races[name].course,
  };
  const lines = results.map((run) => `    ${JSON.stringify(run)}`).join(",\n");
  const file = raceFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeWholeSync(
    file,
    `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "runs": [\n${lines}\n  ]\n}\n`,
  );
  console.error(`${file}: ${results.length} runs`);
}

/** A Worker's share: it takes the next racer as long as there is one. */
async function work(
  name: RaceName,
  queue: Racer[],
  keep: (result: RaceResult) => void,
): Promise<void> {
  const worker = new Worker(import.meta.resolve("./_race_worker.ts"), { type: "module" });
  worker.postMessage(name);
  try {
    for (let racer = queue.shift(); racer; racer = queue.shift()) keep(await answer(worker, racer));
  } finally {
    worker.terminate();
  }
}

function answer(worker: Worker, racer: Racer): Promise<RaceResult> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<RaceResult>) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`A run of the race failed: ${event.message}`));
    };
    worker.postMessage(racer);
  });
}

if (import.meta.main) {
  const { positionals } = readOptions(HELP, { allowPositionals: true });
  const names = positionals.map((name) =>
    known.find((each) => each === name) ??
      refuse(`Cannot race: expected ${known.join(" or ")}, got "${name}"`, HELP)
  );
  try {
    for (const name of names.length > 0 ? names : known) await runRace(name);
  } catch (error) {
    endWith(error);
  }
}
