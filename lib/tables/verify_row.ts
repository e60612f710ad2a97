import { existsSync } from "node:fs";
import type { Engine } from "#lib/engine/mod.ts";
import { recordedRun } from "./recorded_run.ts";
import type { TrainedRow } from "./trained_row.ts";

const TOLERANCE = 1e-3; // the largest difference that passes

/** A figure of a row, scored again. */
export interface ComparedFigure {
  /** Its contract name. */
  name: string;
  /** What the checkpoint gives now. */
  found: number;
  /** What is recorded; NaN where nothing is. */
  recorded: number;
}

/** What became of a recorded row when its checkpoint was scored again. */
export interface VerifiedRow {
  /** Every perplexity, bit, error rate, accuracy and F₁. */
  figures: ComparedFigure[];
  /** What is wrong, in words; empty if nothing is. */
  problems: string[];
}

/**
 * Scores the checkpoint of a recorded row again: figures must agree to 0.001, and the checkpoint must
 * be the one recorded, by its SHA-256.
 *
 * @throws {DataError} if a text is not there
 * @throws {SyntaxError} if the checkpoint is damaged, or of another run
 */
export async function verifyRow(engine: Engine, row: TrainedRow): Promise<VerifiedRow> {
  const { table, id } = row, run = await recordedRun(table, id);
  const only = (problem: string) => ({ figures: [], problems: [problem] });
  if (!run) return only(`nothing is recorded (deno task train-tables --row ${id})`);
  const missing = row.files().filter((file) => !existsSync(file));
  if (missing.length > 0) return only(`${missing} is not there (bring it with: ${run.command})`);
  const { metrics, checkpointSha256 } = await row.score(engine, { download: true });
  const figures = Object.entries(metrics)
    .filter(([name]) => /perplexity|bitsPer|errorRate|accuracy|f1/i.test(name))
    .map(([name, found]) => ({ name, found, recorded: run.metrics[name] ?? NaN }));
  const problems = figures
    .filter(({ found, recorded }) => !(Math.abs(found - recorded) <= TOLERANCE))
    .map(({ name, found, recorded }) => `${name}: expected ${recorded}, got ${found}`);
  if (checkpointSha256 !== run.checkpointSha256) {
    problems.push(
      `${row.files()} is another file than the one recorded, SHA-256 ${checkpointSha256}`,
    );
  }
  return { figures, problems };
}
