import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readBrown } from "#lib/data/mod.ts";
import type { Engine } from "#lib/engine/mod.ts";
import { raceWindowModel, type WindowRaceCourse } from "#lib/feedforward/mod.ts";
import {
  type RaceCourse,
  raceOptimizers,
  type Racer,
  raceRates,
  type RaceResult,
  raceSchedules,
} from "#lib/nn/mod.ts";
import { type ParserRaceCourse, raceParser, readEwtTreebank } from "#lib/parser/mod.ts";

/** A name of {@linkcode races}. */
export type RaceName = "window" | "parser";

/** A race of optimizers: what is trained, and who races. */
export interface Race {
  /** Who races. */
  racers: readonly Racer[];
  /** The course, without its text. */
  course: RaceCourse;
  /**
   * Reads the text.
   *
   * @returns trains as a racer does
   * @throws {DataError} if the text is not there
   */
  prepare(): Promise<(engine: Engine, racer: Racer) => Promise<RaceResult>>;
}

/** A whole race as it was recorded. */
export interface RecordedRace {
  /** The command that runs it again. */
  command: string;
  /** Day of the run, YYYY-MM-DD. */
  date: string;
  /** The commit the code was at. */
  commit: string;
  /** What the course was, without its text. */
  course: RaceCourse;
  /** Every run, with the UAS of parsers; a figure that was not finite is NaN. */
  runs: (RaceResult & { uas?: number })[];
}

const NEWS: RaceCourse = { epochs: 3, target: 4.3, every: 100, seed: 1 };
const TREES: RaceCourse = { epochs: 3, target: 0.5, every: 50, seed: 1 };

/** The language model's course: the first news of the Brown corpus, 600 sentences to learn from. */
export async function newsCourse(): Promise<WindowRaceCourse> {
  const news = (await readBrown()).filter(({ category }) => category === "news")
    .map(({ words }) => words.map((word) => word.toLowerCase()));
  return { ...NEWS, train: news.slice(0, 600), valid: news.slice(600, 680) };
}

/**
 * The parser's course: the first 800 sentences of EWT to learn from, the first 200 of its dev set.
 *
 * @throws {DataError} if the treebank is not there
 */
export async function treesCourse(): Promise<ParserRaceCourse> {
  const { train, dev } = await readEwtTreebank();
  return { ...TREES, train: train.slice(0, 800), valid: dev.slice(0, 200) };
}

/** Every optimizer at every rate under schedules. */
function racersUnder(schedules: readonly string[]): Racer[] {
  return schedules.flatMap((schedule) =>
    Object.keys(raceOptimizers).flatMap((optimizer) =>
      raceRates.map((rate) => ({ optimizer, rate, schedule }))
    )
  );
}

/** The races of `deno task race-optimizers`: a language model, and a parser at constant rates. */
export const races: Readonly<Record<RaceName, Race>> = {
  window: {
    racers: racersUnder(Object.keys(raceSchedules)),
    course: NEWS,
    async prepare() {
      const course = await newsCourse();
      return (engine, racer) => raceWindowModel(engine, racer, course);
    },
  },
  parser: {
    racers: racersUnder(["constant"]),
    course: TREES,
    async prepare() {
      const course = await treesCourse();
      return (engine, racer) => raceParser(engine, racer, course);
    },
  },
};

/** The file {@linkcode recordedRace} reads. */
export function raceFile(name: RaceName): string {
  return fileURLToPath(new URL(`../../results/optimizers/${name}.json`, import.meta.url));
}

/**
 * What `deno task race-optimizers` recorded.
 *
 * @throws {Error} if there is no such file
 */
export async function recordedRace(name: RaceName): Promise<RecordedRace> {
  const text = await readFile(raceFile(name), "utf8");
  return JSON.parse(text, (_, value) => value === null ? NaN : value); // JSON has no NaN
}
