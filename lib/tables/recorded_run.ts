import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { RecordedRun } from "./table.ts";

/**
 * The recorded run of a row, `results/<table>/<row>.json`.
 *
 * @returns undefined if there is none
 * @throws {SyntaxError} if the file is not such a run
 */
export async function recordedRun(table: string, row: string): Promise<RecordedRun | undefined> {
  const file = fileURLToPath(new URL(`../../results/${table}/${row}.json`, import.meta.url));
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
  const run = JSON.parse(text) as Partial<RecordedRun>;
  const missing = ["metrics", "date", "machine", "command", "seed", "commit"]
    .filter((key) => !(key in run));
  if (missing.length > 0) {
    throw new SyntaxError(
      `Cannot read the recorded run ${file}: expected ${missing.join(", ")}, found no such keys`,
    );
  }
  return run as RecordedRun;
}
