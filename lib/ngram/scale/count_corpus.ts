import { mkdir, rm } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { DuckDb } from "./_duckdb.ts";
import { type IndexedFiles, indexText } from "./_index_text.ts";
import { countInMemory, writeCounts } from "./_memory_engine.ts";
import { fillFolder } from "./_result_folder.ts";
import { checkMaster, runOnSpark } from "./_spark.ts";
import { TableWriter } from "./_table_writer.ts";
import { countingJob } from "./counting_job.ts";
import { type CountsFolder, openCounts, writeCountsManifest } from "./counts_folder.ts";
import type { DuckDbOptions } from "./duckdb_options.ts";
import { explainFailure, ScaleError } from "./scale_error.ts";
import type { SparkOptions } from "./spark_options.ts";

/** How many tokens a Parquet file of the text holds before the next one begins. */
const TOKENS_A_FILE = 1 << 25;

/** How far a job is. */
export interface ScaleProgress {
  /** What is being done. */
  step: string;
  /** How far it is, from 0 to 1, where that is known. */
  done?: number;
}

/** Settings of {@linkcode countCorpus}. */
export interface CountCorpusOptions extends Omit<DuckDbOptions, "onProgress"> {
  /** The longest n-grams counted, N: 1 to 255. */
  order: number;
  /** The folder that the counts are written into; it must not be there yet. */
  folder: string;
  /**
   * What counts: this process in its memory, DuckDB, which spills to disk, or a Spark cluster, whose
   * machines must all see the folder under the same path.
   *
   * @default {"duckdb"}
   */
  engine?: "memory" | "duckdb" | "spark";
  /** The Spark cluster; needed if it is to count. */
  spark?: SparkOptions;
  /** Told what is being done. */
  onProgress?: (progress: ScaleProgress) => void;
}

/** What an engine works with. */
interface Job {
  db: DuckDb;
  files: readonly string[];
  order: number;
  /** The folder that is being filled. */
  folder: string;
  spark?: SparkOptions;
  signal?: AbortSignal;
  /** Tells what is done next. */
  begin: (step: string, done?: number) => void;
}

/** What an engine made: the files of each table in the folder, from order 1 at index 0. */
type Counted = IndexedFiles & { tables: string[][] };

/**
 * Counts the n-grams of text files that need not fit into memory, and neither need their n-grams:
 * words become ids as the files are read, and DuckDB groups them (`countingJob`).
 *
 * @param files text files, one sentence a line, its words parted by white space; those whose names
 * end in `.gz` are unpacked. Ids are given to words as they first come.
 * @returns the folder of counts; it appears when it is complete
 * @throws {RangeError} if the order is no whole number from 1 to 255
 * @throws {ScaleError} if a file is missing, damaged or holds marks, the folder is there already,
 * the disk is full, or there is no sentence; nothing of the result is left then
 */
export async function countCorpus(
  files: readonly string[],
  options: CountCorpusOptions,
): Promise<CountsFolder> {
  const { order, engine = "duckdb", folder, spark, onProgress, ...machine } = options;
  if (!Number.isInteger(order) || order < 1 || order > 255) {
    throw new RangeError(`Cannot count n-grams: expected an order from 1 to 255, got ${order}`);
  }
  let step = "";
  const begin = (next: string, done?: number) => {
    machine.signal?.throwIfAborted();
    onProgress?.({ step: step = next, done });
  };
  await fillFolder(resolve(folder), async (temporary) => {
    const db = await DuckDb.open({
      spillFolder: join(temporary, "spill"),
      ...machine,
      onProgress: (done) => onProgress?.({ step, done }),
    });
    try {
      const count = { memory: inMemory, duckdb: onDuckDb, spark: onSpark }[engine];
      const { tables, ...text } = await count({
        db,
        files,
        order,
        spark,
        folder: temporary,
        begin,
      });
      const ngrams = await Promise.all(tables.map(async (names) => {
        const paths = names.map((name) => join(temporary, name));
        return await db.rowsIn(paths);
      }));
      await writeCountsManifest(temporary, { order, engine, ngrams, ...text, tables });
    } catch (error) {
      machine.signal?.throwIfAborted();
      throw explainFailure(`count n-grams (${step})`, error);
    } finally {
      await db.close();
    }
  });
  return await openCounts(resolve(folder));
}

async function inMemory({ db, files, order, folder, begin }: Job): Promise<Counted> {
  const { counts, ...text } = await countInMemory(files, order, (file, done) => {
    begin(`reading ${file}`, done);
  });
  begin("writing the counts");
  return { ...text, tables: await writeCounts(db, counts, folder) };
}

async function onDuckDb(job: Job): Promise<Counted> {
  const { db, order, folder, begin } = job;
  const { paths, ...text } = await writeTokens(job);
  await db.view("tokens", paths);
  const tables: string[][] = [];
  for (const step of countingJob(order)) {
    begin(`counting ${order - tables.length}-grams`, 0);
    await db.keep(step, join(folder, `${step.name}.parquet`));
    tables.unshift([`${step.name}.parquet`]);
  }
  await rm(join(folder, "tokens"), { recursive: true });
  return { ...text, tables };
}

async function onSpark(job: Job): Promise<Counted> {
  const { order, folder, spark, signal, begin } = job;
  if (!spark) {
    throw new ScaleError("bad input", "Cannot count on Spark: expected a master, got none");
  }
  await checkMaster(spark.master);
  const { paths: _, ...text } = await writeTokens(job);
  begin(`counting on ${spark.master}`);
  const results = await runOnSpark(countingJob(order), folder, { ...spark, signal });
  await rm(join(folder, "tokens"), { recursive: true });
  const tables = Array.from({ length: order }, (_, i) => results.get(`counts_${i + 1}`)!);
  return { ...text, tables };
}

/** Writes the text as the table `tokens`. */
async function writeTokens(job: Job): Promise<IndexedFiles & { paths: string[] }> {
  const { db, files, folder, begin } = job;
  const tokens = join(folder, "tokens");
  await mkdir(tokens);
  const columns = { integers: ["document", "sentence", "length"], list: "words" };
  const writer = new TableWriter(db, columns, tokens);
  let inFile = 0;
  const text = await indexText(files, async (document, sentence, batch) => {
    await writer.begin();
    for (const words of batch) {
      writer.add([document, sentence++, words.length], words);
      inFile += words.length;
    }
    if (inFile < TOKENS_A_FILE) return;
    await writer.end();
    inFile = 0;
  }, (file, done) => begin(`reading ${relative(".", file)}`, done));
  await writer.end();
  return { ...text, paths: writer.files };
}
