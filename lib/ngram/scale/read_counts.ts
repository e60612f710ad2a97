import { DuckDb } from "./_duckdb.ts";
import type { CountsFolder } from "./counts_folder.ts";
import type { DuckDbOptions } from "./duckdb_options.ts";

/**
 * The rows (w1, …, wn, count, adjusted) of one order of a folder of counts, in batches, in the order
 * of their words: so much of a table as is asked for, never all of it in memory.
 *
 * @throws {RangeError} if the folder has no such order
 * @throws {ScaleError} if a file is damaged
 */
export async function* readCounts(
  counts: CountsFolder,
  order: number,
  options: DuckDbOptions = {},
): AsyncGenerator<number[][]> {
  if (counts.tables[order - 1] === undefined) {
    throw new RangeError(
      `Cannot read counts: expected an order from 1 to ${counts.order}, got ${order}`,
    );
  }
  const db = await DuckDb.open(options);
  try {
    await db.view("counts", counts.tables[order - 1]);
    for await (const chunk of db.stream("SELECT * FROM counts")) {
      yield chunk.getRows().map((row) => row.map(Number));
    }
  } finally {
    await db.close();
  }
}
