import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { adjustedCounts, NgramCounter, type NgramCounts } from "#lib/ngram/mod.ts";
import type { DuckDb } from "./_duckdb.ts";
import { type IndexedFiles, indexText } from "./_index_text.ts";
import { TableWriter } from "./_table_writer.ts";

/** Counts text files in memory: their ids are kept, then counted as `NgramCounter` does. */
export async function countInMemory(
  files: readonly string[],
  order: number,
  onFile: (file: string, done: number) => void,
): Promise<IndexedFiles & { counts: NgramCounts }> {
  const pieces: Int32Array[] = [];
  const text = await indexText(files, (_document, _sentence, batch) => {
    pieces.push(Int32Array.from(batch.flatMap((words) => words.slice(1))));
  }, onFile);
  const counter = new NgramCounter({ order, vocabulary: text.vocabulary });
  for (const piece of pieces.splice(0)) counter.add(piece);
  return { ...text, counts: counter.counts() };
}

/** Writes counts as the tables of the counting job; gives their files in the folder, by order. */
export async function writeCounts(
  db: DuckDb,
  counts: NgramCounts,
  folder: string,
): Promise<string[][]> {
  const adjusted = adjustedCounts(counts);
  const tables: string[][] = [];
  for (let n = 1; n <= counts.order; n++) {
    const name = `counts_${n}`, integers = Array.from({ length: n }, (_, i) => `w${i + 1}`);
    await mkdir(join(folder, name));
    const columns = { integers, counts: ["count", "adjusted"] };
    const writer = new TableWriter(db, columns, join(folder, name));
    await writer.begin();
    addRows(writer, { counts, adjusted }, n);
    await writer.end();
    tables.push(writer.files.map((file) => file.slice(folder.length + 1)));
  }
  return tables;
}

/** The rows (w1, …, wn, count, adjusted), in the order of their words. */
function addRows(
  writer: TableWriter,
  { counts: { trie, counts }, adjusted }: { counts: NgramCounts; adjusted: Uint32Array },
  n: number,
): void {
  const path = trie.levels.slice(0, n); // the node of the n-gram's first words, by their number
  const row = new Array<number>(n + 2);
  for (let node = trie.levels[n]; node < trie.levels[n + 1]; node++) {
    path[n] = node;
    for (let k = n - 1; k > 0; k--) {
      while (path[k + 1] >= trie.firstChild[path[k] + 1]) path[k]++;
    }
    for (let k = 1; k <= n; k++) row[k - 1] = trie.lastWord[path[k]];
    row[n] = counts[node];
    row[n + 1] = adjusted[node];
    writer.add(row);
  }
}
