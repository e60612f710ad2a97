import type { DuckDBAppender, DuckDBListValue } from "@duckdb/node-api";
import { type DuckDb, quoted } from "./_duckdb.ts";

/** How many sentences DuckDB takes at once: its vectors' length. */
const CHUNK = 2048;

/** How many tokens a Parquet file holds before the next one begins. */
const TOKENS_A_FILE = 1 << 25;

/** Writes sentences of word ids as Parquet files: the table `tokens` of the counting job. */
export class TokenWriter {
  /** The files written. */
  readonly files: string[] = [];
  readonly #db: DuckDb;
  readonly #folder: string;
  #appender?: DuckDBAppender;
  #tokens = 0;
  readonly #columns: [number[], number[], number[], DuckDBListValue[]] = [[], [], [], []];

  /** Writes into a folder that is there. */
  constructor(db: DuckDb, folder: string) {
    this.#db = db;
    this.#folder = folder;
  }

  /**
   * Takes some sentences, each the numbers of its document and of itself in the document, and its
   * word ids from `<s>` to `</s>`.
   */
  async add(
    batch: Iterable<readonly [document: number, sentence: number, words: number[]]>,
  ): Promise<void> {
    this.#appender ??= await this.#begin();
    const { listValue } = this.#db.api, [documents, sentences, lengths, lists] = this.#columns;
    for (const [document, sentence, words] of batch) {
      documents.push(document);
      sentences.push(sentence);
      lengths.push(words.length);
      lists.push(listValue(words));
      this.#tokens += words.length;
      if (lists.length === CHUNK) this.#append();
    }
    if (this.#tokens >= TOKENS_A_FILE) await this.end();
  }

  /** Writes what is left. */
  async end(): Promise<void> {
    if (!this.#appender) return;
    this.#append();
    this.#appender.closeSync();
    this.#appender = undefined;
    this.#tokens = 0;
    const file = `${this.#folder}/part-${String(this.files.length).padStart(5, "0")}.parquet`;
    await this.#db.run(`COPY batch TO ${quoted(file)} (FORMAT parquet)`);
    await this.#db.run("DROP TABLE batch");
    this.files.push(file);
  }

  async #begin(): Promise<DuckDBAppender> {
    await this.#db.run(
      "CREATE TEMP TABLE batch" +
        " (document INTEGER, sentence INTEGER, length INTEGER, words INTEGER[])",
    );
    return await this.#db.connection.createAppender("batch");
  }

  #append(): void {
    const rows = this.#columns[0].length;
    if (rows === 0) return;
    const { DuckDBDataChunk, INTEGER, LIST } = this.#db.api;
    const chunk = DuckDBDataChunk.create([INTEGER, INTEGER, INTEGER, LIST(INTEGER)], rows);
    chunk.setColumns(this.#columns);
    this.#appender!.appendDataChunk(chunk);
    for (const column of this.#columns) column.length = 0;
  }
}
