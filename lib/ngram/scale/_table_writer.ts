import type { DuckDBAppender, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { type DuckDb, quoted } from "./_duckdb.ts";

/** How many rows DuckDB takes at once: the length of its vectors. */
const CHUNK = 2048;

/** Writes rows that come one by one as Parquet files. */
export class TableWriter {
  /** The files written. */
  readonly files: string[] = [];
  readonly #db: DuckDb;
  readonly #types: readonly DuckDBType[];
  readonly #options: { columns: string; folder: string };
  #appender?: DuckDBAppender;
  #columns: DuckDBValue[][];

  /** Writes into a folder that is there; `columns` are names and types as SQL declares them. */
  constructor(
    db: DuckDb,
    types: readonly DuckDBType[],
    options: { columns: string; folder: string },
  ) {
    this.#db = db;
    this.#types = types;
    this.#options = options;
    this.#columns = types.map(() => []);
  }

  /** Takes a row. `begin` must have been awaited since the last file ended. */
  add(row: readonly DuckDBValue[]): void {
    for (let i = 0; i < row.length; i++) this.#columns[i].push(row[i]);
    if (this.#columns[0].length === CHUNK) this.#append();
  }

  /** Makes ready for rows, where it is not. */
  async begin(): Promise<void> {
    if (this.#appender) return;
    await this.#db.run(`CREATE TEMP TABLE batch (${this.#options.columns})`);
    this.#appender = await this.#db.connection.createAppender("batch");
  }

  /** Writes the rows since `begin` as a file. */
  async end(): Promise<void> {
    if (!this.#appender) return;
    this.#append();
    this.#appender.closeSync();
    this.#appender = undefined;
    const { folder } = this.#options;
    const file = `${folder}/part-${String(this.files.length).padStart(5, "0")}.parquet`;
    await this.#db.run(`COPY batch TO ${quoted(file)} (FORMAT parquet)`);
    await this.#db.run("DROP TABLE batch");
    this.files.push(file);
  }

  #append(): void {
    const rows = this.#columns[0].length;
    if (rows === 0) return;
    const chunk = this.#db.api.DuckDBDataChunk.create(this.#types, rows);
    chunk.setColumns(this.#columns);
    this.#appender!.appendDataChunk(chunk);
    this.#columns = this.#types.map(() => []);
  }
}
