import { readFile } from "node:fs/promises";
import type { DataOptions } from "./data_options.ts";
import { obtainFiles } from "./obtain_files.ts";

/** The three parts of a text, each a list of sentences, each a list of words. */
export interface SplitText {
  /** What models learn from. */
  train: string[][];
  /** What settings are chosen on. */
  valid: string[][];
  /** What is reported. */
  test: string[][];
}

/**
 * Reads the Penn Treebank text of language modelling (Mikolov's preparation: lower-cased, numbers
 * as `N`, 10,000 words with `<unk>`): 42,068, 3,370 and 3,761 sentences of 887,521, 70,390 and
 * 78,669 words.
 *
 * @throws {DataError} if the files are not there, or damaged
 */
export async function readPennTreebankText(options: DataOptions = {}): Promise<SplitText> {
  const [train, valid, test] = await Promise.all(
    (["train", "valid", "test"] as const).map((part) => readPennTreebankPart(part, options)),
  );
  return { train, valid, test };
}

/**
 * One part of the text of {@linkcode readPennTreebankText}; the files of the others stay closed.
 *
 * @throws {DataError} if the files are not there, or damaged
 */
export async function readPennTreebankPart(
  part: keyof SplitText,
  options: DataOptions = {},
): Promise<string[][]> {
  const path = (await obtainFiles("ptb", options)).get(`ptb.${part}.txt`);
  return path ? splitLines(await readFile(path, "utf8")) : [];
}

/** One sentence a line, blanks between the words. */
function splitLines(text: string): string[][] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "")
    .map((line) => line.split(/ +/));
}
