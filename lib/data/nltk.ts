import { readFile } from "node:fs/promises";
import type { DataOptions } from "./data_options.ts";
import { obtainFiles } from "./obtain_files.ts";

/** The corpora of NLTK that {@linkcode readNltk} knows. */
export type NltkCorpus =
  | "conll2000"
  | "conll2002"
  | "dependency_treebank"
  | "qc"
  | "sentence_polarity"
  | "treebank";

/**
 * Reads a corpus distributed with NLTK: the texts of the files in its zip file, by their paths
 * inside the corpus, in the order of the paths.
 *
 * @throws {DataError} if the file is not there, or damaged
 *
 * @example
 * ```ts ignore
 * import { readNltk } from "#lib/data/mod.ts";
 *
 * const train = (await readNltk("conll2000")).get("train.txt");
 * ```
 */
export async function readNltk(
  corpus: NltkCorpus,
  options: DataOptions = {},
): Promise<Map<string, string>> {
  const { unzipSync } = await import("fflate");
  const name = `${corpus}.zip`;
  const paths = await obtainFiles("nltk", { ...options, files: [name] });
  const entries = Object.entries(unzipSync(await readFile(paths.get(name)!)));
  const texts = entries
    .filter(([path]) => !path.endsWith("/"))
    .map(([path, bytes]): [string, string] => [path.slice(corpus.length + 1), decode(bytes)]);
  return new Map(texts.sort(([a], [b]) => a < b ? -1 : 1));
}

/** UTF-8 where the bytes are, else ISO 8859-1 (the older corpora). */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}
