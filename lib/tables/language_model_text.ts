import {
  type DataOptions,
  readBrown,
  readMobyDick,
  readPennTreebankPart,
  readReuters,
  readStateOfTheUnion,
  type SplitText,
} from "#lib/data/mod.ts";
import { splitSentences, wordPunct } from "#lib/text/mod.ts";
import { once } from "./_once.ts";

/** A text that language models learn from and are scored on. */
export interface LanguageModelText {
  /** Its name in tables. */
  label: string;
  /** Words of the training text seen less often are known by their letters alone. @default {1} */
  leastCount?: number;
  /**
   * One part; the others stay closed where they are files of their own.
   *
   * @throws {DataError} if the data is not there
   */
  readPart(part: keyof SplitText, data: DataOptions): Promise<string[][]>;
}

/** All parts of a text. */
export async function readParts(text: LanguageModelText, data: DataOptions): Promise<SplitText> {
  const [train, valid, test] = await Promise.all(
    (["train", "valid", "test"] as const).map((part) => text.readPart(part, data)),
  );
  return { train, valid, test };
}

/** The Penn Treebank text of language modelling. */
export const PENN_TREEBANK: LanguageModelText = {
  label: "Penn Treebank text",
  readPart: readPennTreebankPart,
};

type Document = string[][];

/** Brown's files, lower-cased. */
async function readBrownFiles(): Promise<Document[]> {
  const files = Map.groupBy(await readBrown(), ({ file }) => file).values();
  return [...files].map((sentences) =>
    sentences.map(({ words }) => words.map((word) => word.toLowerCase()))
  );
}

/** Sentences of the documents that belong to each part. */
function split(documents: readonly Document[]): SplitText {
  const of = (part: keyof SplitText) => documents.filter((_, i) => partOf(i) === part).flat();
  return { train: of("train"), valid: of("valid"), test: of("test") };
}

async function readDocuments(data: DataOptions): Promise<Document[]> {
  const [reuters, speeches, brown, chapters] = await Promise.all([
    ...[readReuters(data), readStateOfTheUnion(), readBrownFiles(), readMobyDick()] as const,
  ]);
  const tokenized = ({ text }: { text: string }) =>
    splitSentences(text).map((sentence) => wordPunct(sentence.toLowerCase()));
  return [
    ...reuters.map(tokenized),
    ...speeches.map(tokenized),
    ...brown,
    ...chapters.map(tokenized),
  ];
}

const readPooled = once(async (data: DataOptions): Promise<SplitText> => {
  const { train, valid, test } = split(await readDocuments(data)), known = frequentWords(train);
  const masked = (sentences: string[][]) =>
    sentences.map((words) => words.map((word) => known.has(word) ? word : "<unk>"));
  return { train: masked(train), valid: masked(valid), test: masked(test) };
});

function partOf(document: number): keyof SplitText {
  const place = document % 20;
  return place === 9 ? "valid" : place === 19 ? "test" : "train";
}

function frequentWords(sentences: readonly string[][]): Set<string> {
  const once = new Set<string>(), more = new Set<string>();
  for (const word of sentences.flat()) (once.has(word) ? more : once).add(word);
  return more;
}

/**
 * Reuters, State of the Union, Brown and Moby-Dick, lower-cased: 5.4 million tokens with `</s>`. Of
 * each 20 documents (stories, speeches, files, chapters) the tenth is validation text and the last is
 * test text. Words that the training text has once are `<unk>`, which leaves 43,851.
 */
export const POOLED: LanguageModelText = {
  label: "Pooled open text",
  readPart: async (part, data) => (await readPooled(data))[part],
};

const readSplitBrown = once(async (_: DataOptions) => split(await readBrownFiles()));

/**
 * Brown, lower-cased, of each 20 files the tenth for validation and the last for testing. Words the
 * training text has less than 5 times are predicted as `<unk>`; characters can tell them apart.
 */
export const BROWN: LanguageModelText = {
  label: "Brown with its rare words unknown",
  leastCount: 5,
  readPart: async (part, data) => (await readSplitBrown(data))[part],
};
