import { readRecorded } from "./_recorded_file.ts";
import type { RecordedRun } from "./table.ts";

/**
 * The recorded run of a row, `results/<table>/<row>.json`.
 *
 * @returns undefined if there is none
 * @throws {SyntaxError} if the file is not such a run
 */
export function recordedRun(table: string, row: string): Promise<RecordedRun | undefined> {
  return readRecorded(`${table}/${row}`, lackingOfRun);
}

/** What a run lacks that every one has. */
export function lackingOfRun(run: Partial<RecordedRun>): string[] {
  const others = ["date", "machine", "command", "seed", "commit"].filter((key) => !(key in run));
  return run.metrics ? others : ["metrics", ...others];
}
