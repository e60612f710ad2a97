import { mkdir, open, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { DuckDBDataChunk } from "@duckdb/node-api";
import {
  arpaNumber,
  checkThresholds,
  type DiscountOptions,
  type Discounts,
  discountsFrom,
} from "#lib/ngram/mod.ts";
import { checkTarget } from "./_check_target.ts";
import { DuckDb } from "./_duckdb.ts";
import { type LevelFacts, trieLayout } from "./_trie_layout.ts";
import { TrieWriter } from "./_trie_writer.ts";
import type { ScaleProgress } from "./count_corpus.ts";
import { type CountsFolder, verifyCounts } from "./counts_folder.ts";
import type { DuckDbOptions } from "./duckdb_options.ts";
import { countsOfCountsQuery, kneserNeyJob } from "./kneser_ney_job.ts";
import type { Precision } from "./precision.ts";
import { explainFailure } from "./scale_error.ts";

/** Settings of {@linkcode estimateKneserNey}. */
export interface EstimateOptions extends DiscountOptions, Omit<DuckDbOptions, "onProgress"> {
  /**
   * The model file, which `openModel` opens; it is replaced if it is there.
   *
   * @default {none is written}
   */
  model?: string;
  /**
   * The ARPA file, which `readArpa`, KenLM and SRILM read; it is replaced if it is there.
   *
   * @default {none is written}
   */
  arpa?: string;
  /**
   * How the model file keeps numbers: `exact` as doubles, or `quantized` as one of 65,535 even steps
   * of their logarithm, which are less than a thousandth apart in all but strange models.
   *
   * @default {"quantized"}
   */
  precision?: Precision;
  /**
   * The largest count of n-grams that are left out, by order, as in `kneserNey`.
   *
   * @default {[0]}
   */
  prune?: readonly number[];
  /** Told what is being done. */
  onProgress?: (progress: ScaleProgress) => void;
}

/** What {@linkcode estimateKneserNey} made. */
export interface EstimatedModel {
  /** What was taken off the counts, by order. */
  discounts: Discounts[];
  /** Number of n-grams of the model, by order. */
  ngrams: number[];
}

/**
 * Estimates the modified Kneser–Ney model of a folder of counts and writes it: DuckDB joins and sorts
 * (`kneserNeyJob`), spilling to disk, and its sorted rows are written as they come, so that neither
 * counts nor model need fit into memory. The model is that of `kneserNey` on the same counts.
 *
 * @returns the discounts and the numbers of n-grams; files appear when they are complete
 * @throws {RangeError} if the text is too small to estimate discounts, or `prune` is no such list
 * @throws {ScaleError} if the folder of a file is not there, a file of counts is damaged or the disk
 * is full; nothing is left then
 */
export async function estimateKneserNey(
  counts: CountsFolder,
  options: EstimateOptions,
): Promise<EstimatedModel> {
  const { model, arpa, precision = "quantized", onProgress, ...rest } = options;
  const thresholds = checkThresholds(rest.prune ?? [0], counts.order);
  for (const file of [model, arpa]) if (file) checkTarget(file);
  const work = resolve(`${model ?? arpa ?? "model"}.${crypto.randomUUID()}.part`);
  let step = "";
  const begin = (next: string, done?: number) => onProgress?.({ step: step = next, done });
  await mkdir(work);
  const db = await DuckDb.open({
    spillFolder: join(work, "spill"),
    ...rest,
    onProgress: (done) => onProgress?.({ step, done }),
  });
  try {
    begin("checking the counts");
    await verifyCounts(counts);
    begin("counting counts");
    const discounts = await findDiscounts(db, counts, rest);
    const vocabularySize = counts.vocabulary.size;
    for (const each of kneserNeyJob({ discounts, thresholds, vocabularySize })) {
      begin(`estimating ${each.name}`, 0);
      await db.keep(each, join(work, `${each.name}.parquet`));
    }
    const facts = await levelFacts(db, counts.order);
    const job: Writing = { db, counts, facts, begin };
    if (model) await writeTrie(join(work, "model"), precision, job);
    if (arpa) await writeArpaFile(join(work, "arpa"), job);
    if (model) await rename(join(work, "model"), model);
    if (arpa) await rename(join(work, "arpa"), arpa);
    return { discounts, ngrams: facts.map(({ size }) => size) };
  } catch (error) {
    rest.signal?.throwIfAborted();
    if (error instanceof RangeError) throw error; // discounts
    throw explainFailure(`estimate a model (${step})`, error);
  } finally {
    await db.close();
    await rm(work, { recursive: true, force: true });
  }
}

/** What the writing of files needs. */
interface Writing {
  db: DuckDb;
  counts: CountsFolder;
  facts: LevelFacts[];
  begin: (step: string, done?: number) => void;
}

async function findDiscounts(
  db: DuckDb,
  counts: CountsFolder,
  options: DiscountOptions,
): Promise<Discounts[]> {
  const countsOfCounts: number[][] = [];
  for (const [i, files] of counts.tables.entries()) {
    await db.view(`counts_${i + 1}`, files);
    countsOfCounts.push((await db.rows(countsOfCountsQuery(i + 1)))[0]);
  }
  return discountsFrom(countsOfCounts, options);
}

async function levelFacts(db: DuckDb, order: number): Promise<LevelFacts[]> {
  const facts: LevelFacts[] = [];
  const range = (x: string) => `min(CASE WHEN ${x} > 0 THEN ${x} END), max(${x})`;
  for (let n = 1; n <= order; n++) {
    const backoff = n < order ? range("backoff") : "1, 1";
    const query = `SELECT count(*), ${range("p")}, ${backoff} FROM model_${n}`;
    const [size, ...numbers] = (await db.rows(query))[0];
    const [p1, p2, b1, b2] = numbers.map(Math.log);
    facts.push({ size, p: [p1, p2], backoff: [b1, b2] });
  }
  return facts;
}

async function writeTrie(path: string, precision: Precision, job: Writing): Promise<void> {
  const { db, counts, facts, begin } = job, order = facts.length;
  const words = new TextEncoder().encode(JSON.stringify(counts.vocabulary.words));
  const head = trieLayout(facts, { precision, words });
  const writer = new TrieWriter(path, head, words);
  try {
    for (let n = 1; n <= order; n++) {
      begin(`writing ${n}-grams`);
      writer.begin(head.levels[n - 1]);
      const asContext = n < order ? ", backoff, CAST(children AS DOUBLE)" : "";
      let child = 0;
      for await (const chunk of db.stream(`SELECT w${n}, p${asContext} FROM model_${n}`)) {
        const [word, p, backoff, children] = numberColumns(chunk);
        for (let i = 0; i < chunk.rowCount; i++) {
          const logBackoff = backoff ? Math.log(backoff(i)) : 0;
          writer.add(word(i), Math.log(p(i)), logBackoff, child);
          if (children) child += children(i);
        }
      }
      if (n < order) writer.add(0, -Infinity, -Infinity, child);
    }
  } finally {
    writer.close();
  }
}

async function writeArpaFile(path: string, job: Writing): Promise<void> {
  const { db, counts: { vocabulary }, facts, begin } = job, order = facts.length;
  const file = await open(path, "wx");
  try {
    const sizes = facts.map(({ size }, i) => `ngram ${i + 1}=${size}\n`);
    await file.writeFile(`\\data\\\n${sizes.join("")}`);
    for (let n = 1; n <= order; n++) {
      begin(`writing ${n}-grams as text`);
      await file.writeFile(`\n\\${n}-grams:\n`);
      for await (const chunk of db.stream(`SELECT * FROM model_${n}`)) {
        const values = numberColumns(chunk);
        let text = "";
        for (let i = 0; i < chunk.rowCount; i++) {
          const words = values.slice(0, n).map((word) => vocabulary.words[word(i)]).join(" ");
          const backoff = n < order ? `\t${arpaNumber(Math.log(values[n + 1](i)))}` : "";
          text += `${arpaNumber(Math.log(values[n](i)))}\t${words}${backoff}\n`;
        }
        await file.writeFile(text);
      }
    }
    await file.writeFile("\n\\end\\\n");
  } finally {
    await file.close();
  }
}

/** The columns of a chunk of numbers, each a function of the row. */
function numberColumns(chunk: DuckDBDataChunk): ((row: number) => number)[] {
  return Array.from({ length: chunk.columnCount }, (_, i) => {
    const column = chunk.getColumnVector(i);
    return (row) => column.getItem(row) as number;
  });
}
