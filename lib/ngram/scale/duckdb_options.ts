/** How DuckDB may use the machine. */
export interface DuckDbOptions {
  /**
   * The most memory it plans with, in bytes (it takes somewhat more); the rest goes to the disk.
   *
   * @default {2e9}
   */
  memoryLimit?: number;
  /**
   * How many cores it uses.
   *
   * @default {2}
   */
  threads?: number;
  /**
   * Folder for what does not fit into memory; it is made, and removed at the end.
   *
   * @default {one in the system's folder of temporary files}
   */
  spillFolder?: string;
  /** Stops the work; what was made is removed, and the promise is rejected with its reason. */
  signal?: AbortSignal;
  /** Told from 0 to 1 how far the query at hand is, twice a second. */
  onProgress?: (done: number) => void;
}
