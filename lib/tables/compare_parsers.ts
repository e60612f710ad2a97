import { type AttachmentScore, type BootstrapOptions, pairedBootstrap } from "#lib/parser/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import type { MeasureOptions, RowPlan } from "./table.ts";

/** A parser beside the next worse one. */
export interface ParserComparison {
  /** Id of the row. */
  readonly row: string;
  /** Its score on the whole test set, in %. */
  readonly score: number;
  /** Id of the next worse row; none for the worst. */
  readonly next?: string;
  /** Its score minus that of the next, in points of %. */
  readonly difference?: number;
  /** Share of test sets drawn on which it is no better than the next. */
  readonly p?: number;
}

/** How {@linkcode compareParsers} compares. */
export interface CompareParsersOptions extends MeasureOptions {
  /** The score compared. @default {"uas"} */
  metric?: BootstrapOptions["metric"];
  /** How many test sets are drawn. @default {10000} */
  resamples?: number;
}

/**
 * Puts parsers in the order of their scores on one test set, and says of each whether it is better than
 * the next one by more than chance (paired bootstrap, seed 1).
 *
 * @throws {RangeError} if a row is no parser, or the rows are not on the same sentences
 */
export async function compareParsers(
  rows: readonly RowPlan[],
  { metric = "uas", resamples, ...options }: CompareParsersOptions,
): Promise<ParserComparison[]> {
  const found: { row: string; scores: AttachmentScore[]; score: number }[] = [];
  for (const row of rows) {
    if (!row.testScores) {
      throw new RangeError(`Cannot compare ${row.id}: expected a row that scores single sentences`);
    }
    options.report(row.id);
    const scores = await row.testScores(options);
    const score = scores.reduce((sum, each) => sum.add(each))[metric];
    found.push({ row: row.id, scores, score });
  }
  found.sort((a, b) => b.score - a.score);
  return found.map(({ row, scores, score }, i) => {
    if (i + 1 === found.length) return { row, score };
    const next = found[i + 1];
    const random = seeded(1);
    const { difference, p } = pairedBootstrap(scores, next.scores, { metric, resamples, random });
    return { row, score, next: next.row, difference, p };
  });
}
