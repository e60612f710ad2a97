import type { DataOptions } from "#lib/data/mod.ts";
import {
  type DependencyParser,
  isPennPunctuation,
  isUniversalPunctuation,
  readEwtTreebank,
  readNltkTreebank,
  readPennSplit,
  scoreTrees,
  type Treebank,
  type TreebankSplit,
} from "#lib/parser/mod.ts";
import { once } from "./_once.ts";

/** A treebank to train, choose and report on. */
export interface Corpus {
  /** Short name, with which its rows' ids begin. */
  name: string;
  /** Whether its arcs have labels. */
  isLabelled: boolean;
  /** What a table says it is. */
  data: string;
  /** Whether word i (from 0) is punctuation, which `uasNoPunctuation` leaves out. */
  isPunctuation: typeof isPennPunctuation;
  /** Its sentences. */
  read: (data: DataOptions) => Promise<TreebankSplit>;
}

export const EWT: Corpus = {
  name: "ewt",
  isLabelled: true,
  isPunctuation: isUniversalPunctuation,
  data: "UD English-EWT 2.16, gold tokens and XPOS",
  read: once((data: DataOptions) => readEwtTreebank(data)),
};
export const NLTK: Corpus = {
  name: "nltk",
  isLabelled: false,
  isPunctuation: isPennPunctuation,
  data: "NLTK sample of the Penn Treebank, gold tags, unlabelled",
  read: once((data: DataOptions) => readNltkTreebank(data)),
};

/** The lecture's own treebank, for whoever owns it. */
export const PTB: Corpus = {
  name: "ptb",
  isLabelled: false,
  isPunctuation: isPennPunctuation,
  data: "Penn Treebank, sections 2-21/22/23, gold tags, unlabelled (PTB_DIR)",
  read: once((_: DataOptions) => Promise.try(readPennSplit)),
};

/** Scores in %, punctuation included unless said; of unlabelled trees only the heads count. */
export async function accuracy(
  parser: DependencyParser,
  treebank: Treebank,
  { isLabelled, isPunctuation }: Corpus,
): Promise<Record<string, number>> {
  const trees = await parser.parse(treebank);
  const { uas, las, lasNoSubtypes } = scoreTrees(treebank, trees);
  const { uas: uasNoPunctuation } = scoreTrees(treebank, trees, { skip: isPunctuation });
  return { uas, ...(isLabelled ? { las, lasNoSubtypes } : {}), uasNoPunctuation };
}

/** The same figures under the names they have for the development set: `devUas` and so on. */
export function inDev(metrics: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(metrics).map((
      [name, value],
    ) => [`dev${name[0].toUpperCase()}${name.slice(1)}`, value]),
  );
}

/** Sentences and words a second, the model loaded: median of 5 over the whole test set. */
export async function speed(
  parser: DependencyParser,
  test: Treebank,
): Promise<Record<string, number>> {
  const times: number[] = [];
  for (let repetition = 0; repetition < 5; repetition++) {
    const begun = performance.now();
    await parser.parse(test);
    times.push((performance.now() - begun) / 1000);
  }
  const seconds = times.sort((a, b) => a - b)[2];
  const words = test.reduce((sum, sentence) => sum + sentence.words.length, 0);
  return { sentencesPerSecond: test.length / seconds, wordsPerSecond: words / seconds };
}
