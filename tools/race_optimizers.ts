/**
 * `deno task race-optimizers`: every optimizer × learning rate × schedule on one fixed-window language
 * model, in two Workers, into results/optimizers/window.json. Interrupted, it goes on with the runs
 * that are left.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "#lib/data/mod.ts";
import type { RaceCourse, Racer, RaceResult } from "#lib/feedforward/mod.ts";
import { newsCourse, RACE_FILE, racers } from "#lib/tables/mod.ts";

const WORKERS = 2;
const { train, valid, ...course } = await newsCourse();
/** One line a run that is done, the course in its name: another course begins anew. */
const unfinished = join(cacheFolder(), "race", `window-${Object.values(course).join("-")}.jsonl`);
mkdirSync(dirname(unfinished), { recursive: true });

const same = (a: Racer, b: Racer) =>
  a.optimizer === b.optimizer && a.rate === b.rate && a.schedule === b.schedule;
const done: RaceResult[] = existsSync(unfinished)
  ? readFileSync(unfinished, "utf8").trim().split("\n").map((line) => JSON.parse(line))
  : [];
const left: Racer[] = racers.filter((racer) => !done.some((result) => same(racer, result)));
const count = left.length, begun = performance.now();
await Promise.all(Array.from({ length: WORKERS }, () => work(left, { train, valid, ...course })));

const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
const head = {
  command: "deno task race-optimizers",
  date: new Date().toISOString().slice(0, 10),
  commit: git("rev-parse", "--short", "HEAD"),
  course,
};
const runs = racers.map((racer) => done.find((result) => same(racer, result)));
const lines = runs.map((run) => `    ${JSON.stringify(run)}`).join(",\n");
mkdirSync(dirname(RACE_FILE), { recursive: true });
writeFileSync(
  `${RACE_FILE}.part`,
  `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "runs": [\n${lines}\n  ]\n}\n`,
);
renameSync(`${RACE_FILE}.part`, RACE_FILE);
rmSync(unfinished);
console.error(`${RACE_FILE}: ${runs.length} runs`);

/** A Worker's share: it takes the next racer as long as there is one. */
async function work(queue: Racer[], course: RaceCourse): Promise<void> {
  const worker = new Worker(import.meta.resolve("./_race_worker.ts"), { type: "module" });
  worker.postMessage(course);
  try {
    for (let racer = queue.shift(); racer; racer = queue.shift()) {
      const result = await answer(worker, racer);
      done.push(result);
      appendFileSync(unfinished, `${JSON.stringify(result)}\n`);
      const seconds = (performance.now() - begun) / 1000;
      const { optimizer, rate, schedule, finalLoss } = result;
      console.error(
        `${done.length} of ${racers.length}: ${optimizer} ${rate}, ${schedule}: ` +
          `${Number.isNaN(finalLoss) ? "diverged" : finalLoss.toFixed(3)}, about ` +
          `${Math.ceil(seconds / (count - queue.length) * queue.length / 60)} min left`,
      );
    }
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
