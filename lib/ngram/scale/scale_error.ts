/** What went wrong when a corpus was counted or a model written outside memory. */
export type ScaleErrorCode =
  | "bad input"
  | "missing file"
  | "damaged file"
  | "exists"
  | "disk full"
  | "out of memory"
  | "no cluster"
  | "engine";

/** Counting outside memory failed; nothing of the result is left. */
export class ScaleError extends Error {
  /** The kind of failure. */
  readonly code: ScaleErrorCode;

  /** Tells what was expected, what was found and what to do. */
  constructor(code: ScaleErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ScaleError";
    this.code = code;
  }
}

/** What the messages of DuckDB, Spark and the file system have in common, by kind. */
const SIGNS: readonly [ScaleErrorCode, RegExp, string][] = [
  [
    "disk full",
    /No space left on device|ENOSPC|max_temp_directory_size/,
    "expected room on the disk for counts and temporary files, got a full one" +
    " (free some, or choose another place for them)",
  ],
  [
    "out of memory",
    /Out of Memory Error|OutOfMemoryError|Cannot allocate memory|failed to allocate/,
    "expected the work to fit into the memory limit, got more (raise the limit, or use one thread)",
  ],
  [
    "no cluster",
    /All masters are unresponsive|ECONNREFUSED|EHOSTUNREACH|ETIMEDOUT|ENOTFOUND/,
    "expected a Spark cluster that answers, got none (is the address of its master right?)",
  ],
  [
    "damaged file",
    /No magic bytes found|is not a Parquet file|Invalid thrift|TProtocolException|snappy|corrupt/i,
    "expected whole Parquet files, got a damaged one (make them again)",
  ],
];

/** The failure of an engine, told in the reader's words; the engine's own stand behind them. */
export function explainFailure(what: string, error: unknown): ScaleError {
  if (error instanceof ScaleError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const [code, , told] = SIGNS.find(([, sign]) => sign.test(text)) ?? ["engine", , ""];
  const own = text.trim().split("\n").slice(0, 3).join(" ");
  return new ScaleError(code, `Cannot ${what}: ${told && `${told}. `}${own}`, { cause: error });
}
