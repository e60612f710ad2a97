import { readFile } from "node:fs/promises";
import type { DataOptions } from "./data_options.ts";
import { obtainFiles } from "./obtain_files.ts";

/** The texts of a treebank's three files, in CoNLL-U. */
export interface TreebankTexts {
  /** What parsers learn from. */
  train: string;
  /** What settings are chosen on. */
  dev: string;
  /** What is reported. */
  test: string;
}

/**
 * Reads the Universal Dependencies English Web Treebank: 12,544, 2,001 and 2,077 sentences, as the
 * text of its CoNLL-U files.
 *
 * @throws {DataError} if the files are not there, or damaged
 */
export async function readEnglishWebTreebank(options: DataOptions = {}): Promise<TreebankTexts> {
  const paths = await obtainFiles("ud-english-ewt", options);
  const read = (part: string) => readFile(paths.get(`en_ewt-ud-${part}.conllu`)!, "utf8");
  const [train, dev, test] = await Promise.all([read("train"), read("dev"), read("test")]);
  return { train, dev, test };
}
