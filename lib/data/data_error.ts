/** Why data could not be had: what {@linkcode DataError.code} may say. */
export type DataErrorCode =
  /** No dataset, or no file of the dataset, has this name. */
  | "unknown-dataset"
  /** Not in the cache nor on the mirror, and downloading was not asked for. */
  | "missing"
  /** Nobody answers at the address. */
  | "unreachable"
  /** The server answers with an HTTP status that is not a success. */
  | "http-status"
  /** The server sends an HTML page where data was expected. */
  | "html-page"
  /** The transfer ended before the last byte. */
  | "broken-transfer"
  /** The server fell silent. */
  | "timeout"
  /** The bytes are not those of the manifest. */
  | "wrong-hash"
  /** No space is left for the file. */
  | "disk-full"
  /** The cache folder cannot be written. */
  | "not-writable"
  /** Deno was not given the permission. */
  | "not-permitted";

/** What a {@linkcode DataError} carries beside its message. */
export interface DataErrorOptions extends ErrorOptions {
  /** The cause, for programs. */
  code: DataErrorCode;
  /** Id of the dataset concerned. */
  dataset?: string;
  /** Name of the file concerned. */
  file?: string;
  /** Status of the HTTP answer, with code `http-status`. */
  status?: number;
}

/** Data that could not be had. The message says what was expected, what was found, what to do. */
export class DataError extends Error {
  /** The class's name. */
  override readonly name = "DataError";
  /** The cause, for programs. */
  readonly code: DataErrorCode;
  /** Id of the dataset concerned, if one is. */
  readonly dataset?: string;
  /** Name of the file concerned, if one is. */
  readonly file?: string;
  /** Status of the HTTP answer, if there was one that is not a success. */
  readonly status?: number;

  /**
   * Makes the error.
   *
   * @param message what was expected, what was found, what to do
   */
  constructor(message: string, options: DataErrorOptions) {
    super(message, options);
    this.code = options.code;
    this.dataset = options.dataset;
    this.file = options.file;
    this.status = options.status;
  }

  /** The command that brings the data, if the dataset is known. */
  get command(): string | undefined {
    return this.dataset && fetchCommand(this.dataset);
  }
}

/** What an error says, with the command that brings the data where the message leaves it out. */
export function explained(error: unknown): string {
  const { message, command } = error as DataError;
  return !command || message.includes(command) ? message : `${message}; bring it with: ${command}`;
}

/** The command that brings a dataset into the cache. */
export function fetchCommand(dataset: string): string {
  return `deno task data fetch ${dataset}`;
}
