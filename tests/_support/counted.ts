/** N-gram counts in memory, as the tables that counting outside memory gives. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { adjustedCounts, countNgrams, type NgramCounts } from "#lib/ngram/mod.ts";
import type { CountsFolder } from "#lib/ngram/scale/mod.ts";

/** The rows (w1, …, wn, count, adjusted) of one order, sorted. */
export type CountRow = number[];

/** Counts the text files in memory, with the folder's ids. */
export async function countedInMemory(
  files: readonly string[],
  { order, vocabulary }: Pick<CountsFolder, "order" | "vocabulary">,
): Promise<NgramCounts> {
  const ids: number[] = [];
  for (const file of files) {
    const bytes = await readFile(file);
    const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
    const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    for (const id of vocabulary.encodeSentences(lines.map((line) => line.split(/\s+/)))) {
      ids.push(id);
    }
  }
  return countNgrams(Int32Array.from(ids), { order, vocabulary });
}

/** The rows of one order, read off the trie, in their order. */
export function* rowsInMemory(counts: NgramCounts, order: number): Generator<CountRow> {
  const { trie } = counts, adjusted = adjustedCounts(counts);
  const path = new Array<number>(order).fill(0);
  yield* visit(0, 0);

  function* visit(node: number, depth: number): Generator<CountRow> {
    if (depth === order) return yield [...path, counts.counts[node], adjusted[node]];
    for (let child = trie.firstChild[node]; child < trie.firstChild[node + 1]; child++) {
      path[depth] = trie.lastWord[child];
      yield* visit(child, depth + 1);
    }
  }
}

/** SHA-256 of rows of whole numbers, each as a double. */
export async function hashOfRows(
  batches: AsyncIterable<CountRow[]> | Iterable<CountRow[]>,
): Promise<string> {
  const hash = createHash("sha256");
  for await (const rows of batches) {
    hash.update(new Uint8Array(Float64Array.from(rows.flat()).buffer));
  }
  return hash.digest("hex");
}
