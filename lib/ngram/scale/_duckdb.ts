import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from "@duckdb/node-api";
import type { JobStep } from "./counting_job.ts";
import type { DuckDbOptions } from "./duckdb_options.ts";
import { explainFailure, ScaleError } from "./scale_error.ts";

/** DuckDB's package: types here, values from {@linkcode DuckDb.api}, since it loads as it is used. */
type Api = typeof import("@duckdb/node-api");

/** What lies below it: DuckDB's C functions. */
type Bindings = typeof import("@duckdb/node-bindings");

/** Spark's names for what DuckDB calls otherwise. */
const MACROS = [
  "CREATE MACRO explode(list) AS unnest(list)",
  "CREATE MACRO sequence(a, z) AS generate_series(a, z)",
  "CREATE MACRO element_at(list, i) AS list_extract(list, i)",
];

/** A DuckDB of our own, in memory and on disk behind it. */
export class DuckDb {
  /** What the package exports. */
  readonly api: Api;
  /** The C functions below it, for vectors of numbers whole. */
  readonly bindings: Bindings;
  /** The connection, for what the methods do not do. */
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #spillFolder: string;
  readonly #onProgress?: (done: number) => void;
  readonly #signal?: AbortSignal;

  private constructor(
    { api, bindings }: { api: Api; bindings: Bindings },
    { instance, connection }: { instance: DuckDBInstance; connection: DuckDBConnection },
    { spillFolder, onProgress, signal }: { spillFolder: string } & DuckDbOptions,
  ) {
    this.api = api;
    this.bindings = bindings;
    this.#instance = instance;
    this.connection = connection;
    this.#spillFolder = spillFolder;
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  /**
   * Starts DuckDB.
   *
   * @throws {ScaleError} if its native library cannot be loaded
   */
  static async open(options: DuckDbOptions = {}): Promise<DuckDb> {
    const { memoryLimit = 2e9, threads = 2, onProgress, signal } = options;
    const { spillFolder = join(tmpdir(), `ngrams-${crypto.randomUUID()}`) } = options;
    const packages = await load();
    const instance = await packages.api.DuckDBInstance.create(":memory:", {
      memory_limit: `${Math.floor(memoryLimit / 2 ** 20)}MiB`,
      threads: String(threads),
      temp_directory: spillFolder,
    });
    const connection = await instance.connect();
    // the joins of the jobs stand in the order they are to be done in: reordered by equalities that
    // follow from others, contexts would meet each other by one shared word
    await connection.run("SET disabled_optimizers = 'join_order'");
    const progress = ["SET enable_progress_bar = true", "SET enable_progress_bar_print = false"];
    for (const statement of [...MACROS, ...progress]) await connection.run(statement);
    return new DuckDb(packages, { instance, connection }, { spillFolder, onProgress, signal });
  }

  /** Gives Parquet files a name that queries may read from. */
  async view(name: string, files: readonly string[]): Promise<void> {
    await this.run(
      `CREATE OR REPLACE VIEW ${name} AS FROM read_parquet([${files.map(quoted).join(", ")}])`,
    );
  }

  /** Keeps the result of a step as a Parquet file, in its order, under its name. */
  async keep({ name, query }: JobStep, file: string): Promise<void> {
    await this.run(`COPY (${query}) TO ${quoted(file)} (FORMAT parquet)`);
    await this.view(name, [file]);
  }

  /** Runs a statement. */
  async run(sql: string): Promise<void> {
    await this.#watched(() => this.connection.run(sql));
  }

  /** The rows of a small result, numbers all of them. */
  async rows(sql: string): Promise<number[][]> {
    const result = await this.#watched(() => this.connection.run(sql));
    return (await result.getRows()).map((row) => row.map(Number));
  }

  /** The rows of a result in their order, some thousand at a time. */
  async *stream(sql: string): AsyncGenerator<DuckDBDataChunk> {
    const result = await this.#watched(() => this.connection.stream(sql));
    for (let chunk = await result.fetchChunk(); chunk?.rowCount;) {
      yield chunk;
      chunk = await this.#watched(() => result.fetchChunk());
    }
  }

  /** Number of rows in Parquet files. */
  async rowsIn(files: readonly string[]): Promise<number> {
    const list = files.map(quoted).join(", ");
    return (await this.rows(`SELECT count(*) FROM read_parquet([${list}])`))[0][0];
  }

  /** Ends DuckDB and removes what it left on disk. */
  async close(): Promise<void> {
    this.connection.closeSync();
    this.#instance.closeSync();
    await rm(this.#spillFolder, { recursive: true, force: true });
  }

  /** Tells how far a query is while it runs. */
  async #watched<T>(query: () => Promise<T>): Promise<T> {
    const onProgress = this.#onProgress, signal = this.#signal;
    signal?.throwIfAborted();
    const stop = () => this.connection.interrupt();
    signal?.addEventListener("abort", stop);
    const timer = onProgress && setInterval(() => {
      const { percentage } = this.connection.progress;
      if (percentage >= 0) onProgress(percentage / 100);
    }, 500);
    try {
      return await query();
    } catch (error) {
      signal?.throwIfAborted();
      throw explainFailure("run a query", error);
    } finally {
      signal?.removeEventListener("abort", stop);
      clearInterval(timer);
    }
  }
}

async function load(): Promise<{ api: Api; bindings: Bindings }> {
  try {
    // a CommonJS module: its types tell its names, its value is the default export
    const bindings: unknown = await import("@duckdb/node-bindings");
    const api = await import("@duckdb/node-api");
    return { api, bindings: (bindings as { default: Bindings }).default };
  } catch (cause) {
    throw new ScaleError(
      "engine",
      "Cannot start DuckDB: expected its native library to load, got " +
        `${(cause as Error).message} (it needs the permission --allow-ffi=node_modules)`,
      { cause },
    );
  }
}

/** A string as SQL writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
