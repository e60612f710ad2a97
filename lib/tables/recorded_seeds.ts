import type { JsonValue } from "#lib/nn/mod.ts";
import { recordedRun } from "./recorded_run.ts";
import { recordRun } from "./record_run.ts";
import { seedSummary } from "./seed_summary.ts";
import { type ScoredSeed, SEEDS } from "./seeded_row.ts";
import type { RecordedRun } from "./table.ts";

const TABLE = "parsers-neural";
/** Each seed has a file of its own, so that processes and machines may train them apart. */
const SEED_TABLE = `${TABLE}/seeds`;

/** The recorded run of one seed. */
export type RecordedSeed = RecordedRun & ScoredSeed;

/** Where a seed's figures come from. */
export interface RecordSeedOptions {
  /** Of the row. */
  id: string;
  /** Where the parser's draws came from. */
  seed: number;
  /** The commit the code was at. */
  commit: string;
}

/**
 * Keeps the figures of one seed, and makes the row anew from all that are kept. A recorded row of
 * more seeds stays.
 *
 * @returns the files written, and which row stays
 */
export async function recordSeed(
  scored: ScoredSeed,
  { id, seed, commit }: RecordSeedOptions,
): Promise<string[]> {
  const command = `deno task train-parsers --row ${id}`;
  const own = { ...scored, command: `${command} --seed ${seed}`, seed, commit };
  const files = [await recordRun(SEED_TABLE, `${id}-${seed}`, own)];
  const kept = await Promise.all(SEEDS.map((seed) => recordedRun(SEED_TABLE, `${id}-${seed}`)));
  const first = firstSeeds(kept as (RecordedSeed | undefined)[], scored.spec);
  if (first.length === 0) return files;
  const summary = seedSummary(first), recorded = await recordedRun(TABLE, id);
  if (isOfMoreSeeds(recorded, summary)) {
    const { seeds } = recorded.metrics;
    return [
      ...files,
      `${TABLE}/${id} stays: it is the mean of ${seeds} seeds, of which ${first.length} are here`,
    ];
  }
  const row = {
    ...summary,
    command: first.length === SEEDS.length ? command : `${command} --seeds ${first.length}`,
    seed: SEEDS[0],
    commit: [...new Set(first.map(({ commit }) => commit))].join(" "),
  };
  return [...files, await recordRun(TABLE, id, row)];
}

/** The seeds a row is the mean of: from the first to the last before one that is not kept, or kept of another run. */
export function firstSeeds(
  kept: readonly (RecordedSeed | undefined)[],
  spec: JsonValue,
): RecordedSeed[] {
  const end = kept.findIndex((run) => !isOf(run, spec));
  return kept.slice(0, end < 0 ? kept.length : end) as RecordedSeed[];
}

/** Whether a recorded row is the mean of more seeds of the same run. */
export function isOfMoreSeeds(
  recorded: RecordedRun | undefined,
  { spec, metrics }: ScoredSeed,
): recorded is RecordedRun {
  return isOf(recorded, spec) && recorded!.metrics.seeds > metrics.seeds;
}

function isOf(run: RecordedRun | undefined, spec: JsonValue): boolean {
  return JSON.stringify(run?.spec) === JSON.stringify(spec);
}
