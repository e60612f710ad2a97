import { DataError, type DataErrorCode } from "./data_error.ts";
import type { TransferOptions } from "./data_options.ts";
import type { DatasetFile } from "./registry.ts";

/** A file on its way into the cache. */
export interface WantedFile {
  /** Id of its dataset. */
  readonly dataset: string;
  /** What the manifest says of it. */
  readonly file: DatasetFile;
  /** Its path in the cache. */
  readonly path: string;
}

/** Where a file comes from, and who is told. */
export interface Download {
  /** Address of the file. */
  readonly url: string;
  /** How patient the download is. */
  readonly options: TransferOptions;
  /** Told the number of bytes of the file that are there. */
  readonly onBytes: (bytes: number) => void;
}

/** A download under way. */
export interface Receiving extends Download {
  /** Path of the partial file. */
  readonly part: string;
  /** Bytes that an earlier try left in it. */
  readonly kept: number;
}

/** What goes into the message of a {@linkcode fault}. */
export interface Fault {
  readonly code: DataErrorCode;
  /** Where the file was looked for: an address or a path. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
  /** What the reader of the message can do. */
  readonly todo: string;
  readonly status?: number;
  readonly cause?: unknown;
}

/** The error that says why the file did not come. */
export function fault(wanted: WantedFile, what: Fault): DataError {
  const { dataset, file } = wanted;
  return new DataError(
    `Cannot fetch ${dataset}/${file.name} from ${what.place}: expected ${what.expected},` +
      ` got ${what.found} (${what.todo})`,
    { code: what.code, dataset, file: file.name, status: what.status, cause: what.cause },
  );
}

/** Text of an error's innermost cause: network errors hide there what matters. */
export function reasonOf(error: unknown): string {
  let reason = error;
  while (reason instanceof Error && reason.cause) reason = reason.cause;
  return reason instanceof Error ? reason.message : String(reason);
}
