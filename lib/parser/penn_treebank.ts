import { DataError } from "#lib/data/mod.ts";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { dependenciesOf } from "./phrase_dependencies.ts";
import { parsePhraseTrees } from "./phrase_tree.ts";
import type { AnnotatedSentence } from "./sentence.ts";
import { TreebankError } from "./treebank_error.ts";
import type { TreebankSplit } from "./treebanks.ts";

/** The usual split of the Wall Street Journal part: training, development and test sections. */
export const PENN_SECTIONS: Readonly<Record<"train" | "dev" | "test", readonly number[]>> = {
  train: Array.from({ length: 20 }, (_, i) => i + 2), // 2–21
  dev: [22],
  test: [23],
};

/**
 * Reads sections of the Penn Treebank (LDC99T42), which its owners have on disk, as unlabelled
 * dependencies by the head rules of Yamada & Matsumoto.
 *
 * @param directory the folder that holds the section folders `00` to `24` with their `.mrg` files,
 *   usually `parsed/mrg/wsj`; the variable `PTB_DIR` names it by convention
 * @param sections numbers of the sections, from 0 to 24
 * @throws {TreebankError} naming file and line, if a file holds no bracketed trees
 */
export function readPennTreebank(
  directory: string,
  sections: readonly number[],
): AnnotatedSentence[] {
  const folders = sections.map((section) => join(directory, String(section).padStart(2, "0")));
  const files = folders.flatMap((folder) =>
    readdirSync(folder).filter((name) => name.endsWith(".mrg")).sort().map((name) =>
      join(folder, name)
    )
  );
  return files.flatMap(readFile);
}

function readFile(file: string): AnnotatedSentence[] {
  const trees = parsePhraseTrees(readFileSync(file, "utf8"), file);
  if (trees.length === 0) {
    throw new TreebankError(`bracketed trees of ${file}`, { line: 1 }, "expected a tree, got none");
  }
  return trees.map((tree) => dependenciesOf(tree));
}

/** Where {@linkcode readPennSplit} looks. */
export interface PennOptions {
  /**
   * The folder that holds the section folders `00` to `24`.
   *
   * @default {the variable PTB_DIR}
   */
  directory?: string;
}

/**
 * Reads the Wall Street Journal part of the Penn Treebank in its usual split
 * ({@linkcode PENN_SECTIONS}) as unlabelled dependencies, the setting of the slide's unlabelled
 * scores; these leave punctuation out ({@linkcode isPennPunctuation}).
 *
 * @throws {DataError} if the variable is not set, or a section is not there
 */
export function readPennSplit(
  { directory = process.env.PTB_DIR }: PennOptions = {},
): TreebankSplit {
  const sections = Object.values(PENN_SECTIONS).flat();
  const absent = sections.map((section) => join(directory ?? "", String(section).padStart(2, "0")))
    .find((folder) => !directory || !existsSync(folder));
  if (absent) {
    throw new DataError(
      "Cannot open the Penn Treebank (LDC99T42, for its owners only): expected the variable PTB_DIR" +
        ` to name the folder of the sections 02 to 23, found ${
          directory ? `no ${absent}` : "it unset"
        }`,
      { code: "missing" },
    );
  }
  const { train, dev, test } = PENN_SECTIONS;
  const read = (part: readonly number[]) => readPennTreebank(directory!, part);
  return { train: read(train), dev: read(dev), test: read(test) };
}
