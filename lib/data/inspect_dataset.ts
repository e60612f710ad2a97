import { join } from "node:path";
import { checkFile } from "./_check_file.ts";
import { cacheFolder } from "./obtain_files.ts";
import { type Dataset, findDataset } from "./registry.ts";

/** What {@linkcode inspectDataset} may be told. */
export interface InspectOptions {
  /**
   * Folder of verified files.
   *
   * @default {"data/cache" of the project, or the variable LECTURE_DATA}
   */
  cache?: string;
  /**
   * What is compared with the manifest: the file's size, or its SHA-256 as well.
   *
   * @default {"size"}
   */
  depth?: "size" | "hash";
}

/** What the cache holds in place of a file. */
export interface FileReport {
  /** Name of the file. */
  file: string;
  /** Its path in the cache. */
  path: string;
  /** "damaged" if something is there that is not the file of the manifest. */
  state: "present" | "missing" | "damaged";
}

/**
 * Looks which files of a dataset are in the cache, without bringing any.
 *
 * @param dataset its id, or a dataset of your own
 * @throws {DataError} if there is no dataset of this id
 */
export function inspectDataset(
  dataset: string | Dataset,
  options: InspectOptions = {},
): Promise<FileReport[]> {
  const { cache = cacheFolder(), depth = "size" } = options;
  const { id, files } = typeof dataset === "string" ? findDataset(dataset) : dataset;
  return Promise.all(files.map(async (file) => {
    const path = join(cache, id, file.name);
    return { file: file.name, path, state: await checkFile(path, file, depth) };
  }));
}
