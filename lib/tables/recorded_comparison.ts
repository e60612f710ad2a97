import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { BootstrapOptions } from "#lib/parser/mod.ts";
import type { ParserComparison } from "./compare_parsers.ts";

/** An order of parsers kept in `results/parser-orders/<corpus>.json`. */
export interface RecordedComparison {
  /** The score compared. */
  metric: NonNullable<BootstrapOptions["metric"]>;
  /** The parsers, best first. */
  order: readonly ParserComparison[];
  /** Day of the run, YYYY-MM-DD. */
  date: string;
  /** The command that gives it again. */
  command: string;
  /** The commit the code was at. */
  commit: string;
}

function fileOf(corpus: string): string {
  return fileURLToPath(new URL(`../../results/parser-orders/${corpus}.json`, import.meta.url));
}

/**
 * Keeps the order of a corpus's parsers.
 *
 * @returns the file
 */
export async function recordComparison(
  corpus: string,
  comparison: Omit<RecordedComparison, "date">,
): Promise<string> {
  const file = fileOf(corpus), date = new Date().toISOString().slice(0, 10);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, JSON.stringify({ ...comparison, date }, null, 2) + "\n");
  await rename(`${file}.part`, file);
  return file;
}

/**
 * The recorded order of a corpus's parsers.
 *
 * @param corpus what the ids of its rows begin with, such as `ewt`
 * @returns undefined if there is none
 */
export async function recordedComparison(corpus: string): Promise<RecordedComparison | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(corpus), "utf8"));
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
}
