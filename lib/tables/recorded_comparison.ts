import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { writeWhole } from "#lib/files/mod.ts";
import type { BootstrapOptions } from "#lib/parser/mod.ts";
import { readRecorded, recordedFile } from "./_recorded_file.ts";
import type { ParserComparison } from "./compare_parsers.ts";

/** The run a comparison comes from. */
export interface ComparisonRun {
  /** The command that gives it again. */
  command: string;
  /** The commit the code was at. */
  commit: string;
}

/** A parser beside the next worse one, with the run that compared the two and its day, YYYY-MM-DD. */
export type KeptComparison = ParserComparison & ComparisonRun & { date: string };

/** An order of parsers kept in `results/parser-orders/<corpus>.json`. */
export interface RecordedComparison {
  /** The score compared. */
  metric: NonNullable<BootstrapOptions["metric"]>;
  /** The parsers, best first. */
  order: readonly KeptComparison[];
}

/**
 * Two orders as one, so that a parser can join those compared before without training them all again.
 *
 * @param found taken where both have a parser
 * @throws {RangeError} if two parsers next to each other were not compared, or had other scores then
 */
export function mergedOrder<Comparison extends ParserComparison>(
  kept: readonly Comparison[],
  found: readonly Comparison[],
): Comparison[] {
  const scoreOf = (row?: string) => found.find((each) => each.row === row)?.score;
  const before = new Map(kept.map(({ row, score }) => [row, score]));
  const holds = (row?: string) => scoreOf(row) === undefined || scoreOf(row) === before.get(row!);
  const rows = [...found, ...kept.filter(({ row }) => scoreOf(row) === undefined)];
  const pairs = [...found, ...kept.filter(({ row, next }) => holds(row) && holds(next))];
  rows.sort((a, b) => b.score - a.score);
  return rows.map((at, i) => {
    const next = rows[i + 1]?.row;
    if (next === undefined) {
      const { next: _, difference: __, p: ___, ...last } = at;
      return last as Comparison;
    }
    const compared = pairs.find((each) => each.row === at.row && each.next === next);
    if (compared) return compared;
    throw new RangeError(
      `Cannot put ${at.row} in the order: expected it compared with ${next}, the next below, ` +
        `found ${at.next ?? "none"} (add ${at.row} and ${next} to --row)`,
    );
  });
}

/**
 * Keeps the order of a corpus's parsers, together with those kept before by the same score.
 *
 * @returns the file
 * @throws {RangeError} if the order kept is by another score; see {@linkcode mergedOrder} too
 */
export async function recordComparison(
  corpus: string,
  { metric, order, ...run }: ComparisonRun & {
    metric: RecordedComparison["metric"];
    order: readonly ParserComparison[];
  },
): Promise<string> {
  const file = recordedFile(`parser-orders/${corpus}`),
    date = new Date().toISOString().slice(0, 10);
  const before = await recordedComparison(corpus);
  if (before && before.metric !== metric) {
    throw new RangeError(
      `Cannot record an order by ${metric}: that of ${file} is by ${before.metric} (move it away)`,
    );
  }
  const merged = mergedOrder(before?.order ?? [], order.map((each) => ({ ...each, ...run, date })));
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, JSON.stringify({ metric, order: merged }, null, 2) + "\n");
  return file;
}

/**
 * The recorded order of a corpus's parsers.
 *
 * @param corpus what the ids of its rows begin with, such as `ewt`
 * @returns undefined if there is none
 * @throws {SyntaxError} if the file is not such an order
 */
export function recordedComparison(corpus: string): Promise<RecordedComparison | undefined> {
  return readRecorded(`parser-orders/${corpus}`, lackingOfComparison);
}

function lackingOfComparison({ metric, order }: Partial<RecordedComparison>): string[] {
  return [...(metric ? [] : ["metric"]), ...(Array.isArray(order) ? [] : ["order"])];
}
