import type { Dataset } from "./registry.ts";

/** How patient a download is. */
export interface TransferOptions {
  /**
   * How often a transfer that breaks is tried; each try goes on where the last one broke.
   *
   * @default {5}
   */
  attempts?: number;
  /**
   * Pause before the second try, in ms; it doubles from try to try.
   *
   * @default {500}
   */
  retryDelay?: number;
  /**
   * How long the server may be silent, in ms.
   *
   * @default {30_000}
   */
  timeout?: number;
  /** Stops the transfer; what has come is kept for the next one. */
  signal?: AbortSignal;
}

/** How far a transfer has come. */
export interface DataProgress {
  /** Id of the dataset. */
  dataset: string;
  /** Name of the file that is coming. */
  file: string;
  /** Bytes that are there, of all files that have to come. */
  bytes: number;
  /** Bytes of all files that have to come. */
  totalBytes: number;
  /** Whether this file is complete, verified and stored. */
  isComplete: boolean;
}

/** Where data is looked for, and who is told. */
export interface DataOptions extends TransferOptions {
  /**
   * Folder of verified files.
   *
   * @default {"data/cache" of the project, or the variable LECTURE_DATA}
   */
  cache?: string;
  /**
   * Folder or http(s) address laid out as `<dataset>/<file>`; null for none.
   *
   * @default {the variable LECTURE_MIRROR, or none}
   */
  mirror?: string | null;
  /**
   * Whether what is neither in the cache nor on the mirror may be downloaded from its source.
   *
   * @default {false}
   */
  download?: boolean;
  /** Told the dataset, with its licence, before its first transfer. */
  onLicence?: (dataset: Dataset) => void;
  /** Told how far the transfer has come. */
  onProgress?: (progress: DataProgress) => void;
}

/** What `obtainFiles` may be told. */
export interface ObtainOptions extends DataOptions {
  /**
   * Names of the files wanted.
   *
   * @default {all files of the dataset}
   */
  files?: readonly string[];
  /**
   * Whether files are verified again that this process has verified before.
   *
   * @default {false}
   */
  verify?: boolean;
}
