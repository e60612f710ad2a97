/**
 * `deno task race-optimizers [window] [parser]`: optimizers × learning rates (× schedules) on a
 * fixed-window language model and on a parser, in two Workers, into results/optimizers/. Interrupted,
 * it goes on with the runs that are left.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "#lib/data/mod.ts";
import { writeWholeSync } from "#lib/files/mod.ts";
import type { Racer, RaceResult } from "#lib/nn/mod.ts";
import { raceFile, type RaceName, races } from "#lib/tables/mod.ts";

const WORKERS = 2;
const known = Object.keys(races) as RaceName[];
const names = Deno.args.length > 0 ? Deno.args : known;
const unknown = names.find((name) => !known.includes(name as RaceName));
if (unknown !== undefined) {
  console.error(`Cannot race: expected ${known.join(" or ")}, got "${unknown}"`);
  Deno.exit(2);
}
for (const name of names) await runRace(name as RaceName);

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
  const done: RaceResult[] = existsSync(unfinished)
    ? readFileSync(unfinished, "utf8").trim().split("\n").map((line) => JSON.parse(line))
    : [];
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

function commit(): string {
  return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
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
