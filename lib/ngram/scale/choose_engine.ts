import { stat } from "node:fs/promises";
import { ScaleError } from "./scale_error.ts";

/** Bytes of text a token, blank included: English news has 5 to 6. */
const BYTES_A_TOKEN = 5.5;

/** How much larger text is than its gzip form. */
const GZIP_RATIO = 2.8;

/**
 * Bytes of memory a token that counting in memory takes at its peak, an order; measured on drawn
 * text, where nearly every 5-gram is new (README.md beside this file).
 */
const BYTES_A_TOKEN_AND_ORDER = 30;

/** Which engine is to count, and the reason in words. */
export interface EngineChoice {
  /** The engine. */
  engine: "memory" | "duckdb";
  /** Why. */
  why: string;
  /** Number of tokens, guessed from the sizes of the files. */
  tokens: number;
}

/**
 * Chooses the engine by the size of the text: memory, which needs no disk beside the result, where its
 * n-grams will fit into the limit, else DuckDB. A cluster is never chosen unasked.
 *
 * @param files text files, plain or gzip
 * @throws {ScaleError} if a file is missing
 */
export async function chooseEngine(
  files: readonly string[],
  { order, memoryLimit }: { order: number; memoryLimit: number },
): Promise<EngineChoice> {
  let bytes = 0;
  for (const file of files) {
    const { size } = await stat(file).catch((cause) => {
      const message = `Cannot read ${file}: expected a file, got none`;
      throw new ScaleError("missing file", message, { cause });
    });
    bytes += file.endsWith(".gz") ? size * GZIP_RATIO : size;
  }
  const tokens = Math.round(bytes / BYTES_A_TOKEN);
  const needed = tokens * BYTES_A_TOKEN_AND_ORDER * order;
  const fits = needed <= memoryLimit;
  const why = `about ${millions(tokens)} tokens of order ${order} need some ` +
    `${gigabytes(needed)} in memory, and ${gigabytes(memoryLimit)} are allowed`;
  return { engine: fits ? "memory" : "duckdb", why, tokens };
}

function millions(count: number): string {
  return `${(count / 1e6).toPrecision(2)} million`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toPrecision(2)} GB`;
}
