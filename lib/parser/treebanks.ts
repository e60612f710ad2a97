import { type DataOptions, readEnglishWebTreebank, readNltk } from "#lib/data/mod.ts";
import { parseTreebank } from "./conllu_trees.ts";
import type { Treebank } from "./sentence.ts";
import { parseTagHeadLines } from "./tag_head_lines.ts";

/** A treebank in three parts. */
export interface TreebankSplit {
  /** What parsers learn from. */
  readonly train: Treebank;
  /** What settings are chosen on. */
  readonly dev: Treebank;
  /** What is reported. */
  readonly test: Treebank;
}

/**
 * Reads UD English-EWT with its trees: 12,544, 2,001 and 2,077 sentences.
 *
 * @throws {DataError} if the files are not there
 */
export async function readEwtTreebank(options: DataOptions = {}): Promise<TreebankSplit> {
  const { train, dev, test } = await readEnglishWebTreebank(options);
  return { train: parseTreebank(train), dev: parseTreebank(dev), test: parseTreebank(test) };
}

/**
 * Reads the sample of the Penn Treebank that NLTK has as dependencies without labels: files 1–159,
 * 160–179 and 180–199, that is 3,396, 273 and 245 sentences.
 *
 * @throws {DataError} if the file is not there
 */
export async function readNltkTreebank(options: DataOptions = {}): Promise<TreebankSplit> {
  const texts = await readNltk("dependency_treebank", options);
  const files = (first: number, last: number): Treebank =>
    [...texts].flatMap(([path, text]) => {
      const number = Number(/wsj_(\d+)\.dp$/.exec(path)?.[1]);
      return number >= first && number <= last ? parseTagHeadLines(text) : [];
    });
  return { train: files(1, 159), dev: files(160, 179), test: files(180, 199) };
}
