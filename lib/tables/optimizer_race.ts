import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readBrown } from "#lib/data/mod.ts";
import {
  type RaceCourse,
  raceOptimizers,
  type Racer,
  raceRates,
  type RaceResult,
  raceSchedules,
} from "#lib/feedforward/mod.ts";

/** The whole race as it was recorded. */
export interface RecordedRace {
  /** The command that runs it again. */
  command: string;
  /** Day of the run, YYYY-MM-DD. */
  date: string;
  /** The commit the code was at. */
  commit: string;
  /** What the course was, without its text. */
  course: Omit<RaceCourse, "train" | "valid">;
  /** Every run; a loss that was not finite is NaN. */
  runs: RaceResult[];
}

/** The file {@linkcode recordedRace} reads. */
export const RACE_FILE: string = fileURLToPath(
  new URL("../../results/optimizers/window.json", import.meta.url),
);

/** Every optimizer at every rate under every schedule. */
export const racers: readonly Racer[] = Object.keys(raceSchedules).flatMap((schedule) =>
  Object.keys(raceOptimizers).flatMap((optimizer) =>
    raceRates.map((rate) => ({ optimizer, rate, schedule }))
  )
);

/** The race's course: the first news of the Brown corpus, 600 sentences to learn from. */
export async function newsCourse(): Promise<RaceCourse> {
  const news = (await readBrown()).filter(({ category }) => category === "news")
    .map(({ words }) => words.map((word) => word.toLowerCase()));
  return {
    ...{ train: news.slice(0, 600), valid: news.slice(600, 680) },
    ...{ epochs: 3, target: 4.3, every: 100, seed: 1 },
  };
}

/**
 * What `deno task race-optimizers` recorded.
 *
 * @throws {Error} if there is no such file
 */
export async function recordedRace(): Promise<RecordedRace> {
  const text = await readFile(RACE_FILE, "utf8");
  return JSON.parse(text, (_, value) => value === null ? NaN : value); // JSON has no NaN
}
