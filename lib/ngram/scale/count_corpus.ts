import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DuckDb } from "./_duckdb.ts";
import { fillFolder } from "./_result_folder.ts";
import { TokenWriter } from "./_token_writer.ts";
import { WordIds } from "./_word_ids.ts";
import { countingJob } from "./counting_job.ts";
import { type CountsFolder, openCounts, writeCountsManifest } from "./counts_folder.ts";
import type { DuckDbOptions } from "./duckdb_options.ts";
import { readSentences } from "./read_sentences.ts";
import { explainFailure, ScaleError } from "./scale_error.ts";

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
  /** Told what is being done. */
  onProgress?: (progress: ScaleProgress) => void;
}

/**
 * Counts the n-grams of text files that need not fit into memory, and neither need their n-grams:
 * words become ids as the files are read, and DuckDB groups them (`countingJob`).
 *
 * @param files text files, one sentence a line, its words parted by white space; those whose names
 * end in `.gz` are unpacked. Ids are given to words as they first come.
 * @returns the folder of counts; it appears when it is complete
 * @throws {ScaleError} if a file is missing, damaged or holds marks, the folder is there already,
 * the disk is full, or there is no sentence; nothing of the result is left then
 */
export async function countCorpus(
  files: readonly string[],
  options: CountCorpusOptions,
): Promise<CountsFolder> {
  const { order, folder: _, onProgress, ...machine } = options;
  if (!Number.isInteger(order) || order < 1 || order > 255) {
    throw new RangeError(`Cannot count n-grams: expected an order from 1 to 255, got ${order}`);
  }
  const folder = resolve(options.folder);
  let step = "";
  await fillFolder(folder, async (temporary) => {
    const db = await DuckDb.open({
      spillFolder: join(temporary, "spill"),
      ...machine,
      onProgress: (done) => onProgress?.({ step, done }),
    });
    try {
      step = "reading the text";
      const text = await writeTokens(db, files, { folder: join(temporary, "tokens"), onProgress });
      await db.view("tokens", text.files);
      const tables: string[][] = [];
      for (const { name, query } of countingJob(order)) {
        step = `counting ${order - tables.length}-grams`;
        await db.keep({ name, query }, join(temporary, `${name}.parquet`));
        tables.unshift([`${name}.parquet`]);
      }
      await rm(join(temporary, "tokens"), { recursive: true });
      const ngrams: number[] = [];
      for (let n = 1; n <= order; n++) {
        ngrams.push((await db.rows(`SELECT count(*) FROM counts_${n}`))[0][0]);
      }
      const { tokens, sentences, vocabulary } = text;
      const numbers = { order, tokens, sentences, ngrams, engine: "duckdb" };
      await writeCountsManifest(temporary, { ...numbers, vocabulary, tables });
    } catch (error) {
      throw explainFailure(`count n-grams (${step})`, error);
    } finally {
      await db.close();
    }
  });
  return await openCounts(folder);
}

/** Writes the text as the table `tokens`. */
async function writeTokens(
  db: DuckDb,
  files: readonly string[],
  { folder, onProgress }: { folder: string } & Pick<CountCorpusOptions, "onProgress">,
) {
  await mkdir(folder);
  const writer = new TokenWriter(db, folder), ids = new WordIds();
  let tokens = 0, sentences = 0;
  for (const [document, file] of files.entries()) {
    onProgress?.({ step: `reading ${file}`, done: document / files.length });
    let sentence = 0;
    for await (const lines of readSentences(file)) {
      const rows = lines.map((line) => [document, sentence++, ids.sentence(line)] as const);
      for (const [, , words] of rows) tokens += words.length - 1;
      await writer.add(rows);
    }
    sentences += sentence;
  }
  await writer.end();
  if (sentences === 0) {
    throw new ScaleError("bad input", "Cannot count n-grams: expected a sentence, got none");
  }
  return { files: writer.files, tokens, sentences, vocabulary: ids.vocabulary() };
}
