import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError, fetchCommand } from "./data_error.ts";
import { findDataset } from "./registry.ts";

/** Where data is looked for. */
export interface DataOptions {
  /**
   * Folder of files that were verified when they came in.
   *
   * @default {"data/cache" of the project, or the variable LECTURE_DATA}
   */
  cache?: string;
  /**
   * Folder laid out as `<dataset>/<file>`.
   *
   * @default {the variable LECTURE_MIRROR, or none}
   */
  mirror?: string;
}

/** What {@linkcode obtainFiles} may be told. */
export interface ObtainOptions extends DataOptions {
  /**
   * Names of the files wanted.
   *
   * @default {all files of the dataset}
   */
  files?: readonly string[];
}

/**
 * Finds a dataset's files: in the cache, else on the mirror.
 *
 * @returns the path of each file, by name, in the order of the manifest
 * @throws {DataError} if the dataset is unknown or its files are not there
 */
export function obtainFiles(id: string, options: ObtainOptions = {}): Promise<Map<string, string>> {
  const { cache = cacheFolder(), mirror = Deno.env.get("LECTURE_MIRROR"), files } = options;
  const paths = new Map<string, string>();
  for (const { name } of findDataset(id).files) {
    if (files && !files.includes(name)) continue;
    const places = [cache, ...(mirror ? [mirror] : [])].map((folder) => join(folder, id, name));
    const path = places.find((place) => existsSync(place));
    if (!path) {
      throw new DataError(
        `Cannot open ${id}: expected ${name} at ${places.join(" or ")}, found nothing` +
          ` (bring it with: ${fetchCommand(id)})`,
        { code: "missing", dataset: id, file: name },
      );
    }
    paths.set(name, path);
  }
  return Promise.resolve(paths);
}

function cacheFolder(): string {
  return Deno.env.get("LECTURE_DATA") ??
    fileURLToPath(new URL("../../data/cache", import.meta.url));
}
