import { createReadStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { Vocabulary } from "#lib/text/mod.ts";
import { ScaleError } from "./scale_error.ts";

/** The name of the file that says what a folder of counts holds. */
const MANIFEST = "counts.json";

/** The version of the layout written and read here. */
const VERSION = 1;

/** A file of a folder of counts. */
export interface CountsFile {
  /** Its path in the folder. */
  name: string;
  /** Its size. */
  bytes: number;
  /** CRC-32 of its bytes. */
  crc32: number;
}

/** What a corpus' counts are. */
export interface CountsSummary {
  /** The highest order, N. */
  order: number;
  /** Words predicted: all of the text and one `</s>` a sentence. */
  tokens: number;
  /** Number of sentences. */
  sentences: number;
  /** Number of distinct n-grams, from order 1 at index 0. */
  ngrams: number[];
  /** What counted them. */
  engine: string;
}

/** What {@linkcode MANIFEST} says. */
interface Manifest extends CountsSummary {
  version: number;
  words: CountsFile;
  tables: CountsFile[][];
}

/** A folder of counts as Parquet files: the tables `counts_1` to `counts_N` of `countingJob`. */
export interface CountsFolder extends CountsSummary {
  /** The folder. */
  path: string;
  /** The words behind the ids. */
  vocabulary: Vocabulary;
  /** Paths of the files of each table, in the order of its rows, from order 1 at index 0. */
  tables: string[][];
}

/** Writes what makes Parquet files a folder of counts: the words and the manifest, the last file. */
export async function writeCountsManifest(
  folder: string,
  summary: CountsSummary & { vocabulary: Vocabulary; tables: readonly string[][] },
): Promise<void> {
  const { vocabulary, tables, ...numbers } = summary;
  await writeFile(join(folder, "words.txt"), vocabulary.words.join("\n") + "\n");
  const sized = async (name: string): Promise<CountsFile> => {
    const path = join(folder, name);
    return { name, bytes: (await stat(path)).size, crc32: await checksum(path) };
  };
  const manifest = {
    version: VERSION,
    ...numbers,
    words: await sized("words.txt"),
    tables: await Promise.all(tables.map((names) => Promise.all(names.map(sized)))),
  };
  await writeFile(join(folder, MANIFEST), JSON.stringify(manifest, null, 2));
}

/**
 * Opens a folder of counts and checks that all its files are there as they were written.
 *
 * @throws {ScaleError} if it is none, or a file of it is missing, damaged or has another size
 */
export async function openCounts(path: string): Promise<CountsFolder> {
  const { version: _, words, tables, ...summary } = await readManifest(path);
  for (const file of [words, ...tables.flat()]) await checkFile(path, file);
  return {
    ...summary,
    path,
    vocabulary: await readWords(path, words, summary.ngrams[0]),
    tables: tables.map((files) => files.map(({ name }) => join(path, name))),
  };
}

/** The words, one a line: each is a 1-gram. */
async function readWords(path: string, file: CountsFile, size: number): Promise<Vocabulary> {
  const bytes = await readFile(join(path, file.name));
  if (crc32(bytes) !== file.crc32) throw damaged(path, `${file.name} with its checksum`, "another");
  const words = bytes.toString().split("\n");
  if (words.pop() !== "" || words.length !== size) {
    throw damaged(path, `${size} lines in ${file.name}`, `${words.length}`);
  }
  return new Vocabulary(words.slice(3));
}

async function readManifest(path: string): Promise<Manifest> {
  const manifest: Partial<Manifest> | null = await readJson(path);
  if (manifest?.version !== undefined && manifest.version !== VERSION) {
    throw new ScaleError(
      "bad input",
      `Cannot open the counts ${path}: expected version ${VERSION}, got ${manifest.version}` +
        " (count again)",
    );
  }
  if (!isManifest(manifest)) throw damaged(path, `a whole ${MANIFEST}`, "one that lacks parts");
  return manifest;
}

async function readJson(path: string): Promise<Partial<Manifest> | null> {
  try {
    return JSON.parse(await readFile(join(path, MANIFEST), "utf8"));
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string };
    if (code !== "ENOENT" && code !== "ENOTDIR") {
      throw damaged(path, `a whole ${MANIFEST}`, message, { cause });
    }
    throw new ScaleError(
      "missing file",
      `Cannot open the counts ${path}: expected a folder that holds ${MANIFEST}, got none` +
        ` (deno task count makes it)`,
      { cause },
    );
  }
}

function isManifest(manifest: Partial<Manifest> | null): manifest is Manifest {
  const { version, order, tokens, sentences, ngrams, engine, words, tables } = manifest ?? {};
  const isOfOrders = (list: unknown) => Array.isArray(list) && list.length === order;
  return [version, tokens, sentences].every(Number.isInteger) && typeof engine === "string" &&
    order! > 0 && isOfOrders(ngrams) && ngrams!.every(Number.isInteger) && isFile(words) &&
    isOfOrders(tables) && tables!.every((files) => Array.isArray(files) && files.every(isFile));
}

function isFile(file: Partial<CountsFile> | null | undefined): boolean {
  return typeof file?.name === "string" && [file.bytes, file.crc32].every(Number.isInteger);
}

/**
 * Reads all tables of a folder of counts and checks that no byte has changed.
 *
 * @throws {ScaleError} if a file is missing or damaged
 */
export async function verifyCounts({ path }: CountsFolder): Promise<void> {
  const { tables } = await readManifest(path);
  for (const { name, crc32 } of tables.flat()) {
    const found = await checksum(join(path, name)).catch((cause) => {
      throw new ScaleError("missing file", `Cannot read ${join(path, name)}: ${cause}`, { cause });
    });
    if (found !== crc32) throw damaged(path, `${name} with its checksum`, "another");
  }
}

async function checksum(path: string): Promise<number> {
  let sum = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
    sum = crc32(bytes as Uint8Array, sum);
  }
  return sum;
}

async function checkFile(path: string, { name, bytes }: CountsFile): Promise<void> {
  const found = await stat(join(path, name)).catch((cause) => {
    const message = `Cannot open the counts ${path}: expected the file ${name}, got none` +
      " (is the folder copied whole? else count again)";
    throw new ScaleError("missing file", message, { cause });
  });
  if (found.size !== bytes) throw damaged(path, `${name} of ${bytes} bytes`, `${found.size}`);
}

function damaged(
  path: string,
  expected: string,
  found: string,
  options?: ErrorOptions,
): ScaleError {
  const message =
    `Cannot open the counts ${path}: expected ${expected}, got ${found} (count again)`;
  return new ScaleError("damaged file", message, options);
}
