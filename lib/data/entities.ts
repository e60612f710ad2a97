import type { DataOptions } from "./data_options.ts";
import { readNltk } from "./nltk.ts";

/** The languages of the CoNLL-2002 data. */
export type EntityLanguage = "Spanish" | "Dutch";

/** A sentence of a newspaper, with the names in it. */
export interface EntitySentence {
  /** Its words. */
  words: string[];
  /**
   * `B-X` for the first word of a name (a few times in the Spanish data `I-X`), `I-X` for the others,
   * `O` for all other words; X is `PER` (persons), `ORG` (organizations), `LOC` (places) or `MISC`.
   */
  tags: string[];
}

/** Sentences of newspapers in three parts. */
export interface Entities {
  /** What models learn from. */
  train: EntitySentence[];
  /** What settings are chosen on: the shared task's `testa`. */
  dev: EntitySentence[];
  /** What is reported: the shared task's `testb`. */
  test: EntitySentence[];
}

const FILES: Record<EntityLanguage, string> = { Spanish: "esp", Dutch: "ned" };
const DOCUMENT = "-DOCSTART-", TAG = /^(O|[BI]-(PER|ORG|LOC|MISC))$/;

/**
 * Reads the data of the CoNLL-2002 shared task (Tjong Kim Sang 2002), names in newspapers: 8,323,
 * 1,915 and 1,517 sentences of Spanish, 15,806, 2,895 and 5,195 of Dutch.
 *
 * @throws {DataError} if the file is not there, or damaged
 * @throws {SyntaxError} if a line is not as it should be, naming it
 */
export async function readEntities(
  language: EntityLanguage,
  options: DataOptions = {},
): Promise<Entities> {
  const texts = await readNltk("conll2002", options);
  const read = (part: string) => {
    const file = `${FILES[language]}.${part}`;
    return parseEntities(texts.get(file) ?? "", file);
  };
  return { train: read("train"), dev: read("testa"), test: read("testb") };
}

/**
 * Parses a file of the CoNLL-2002 data: a word, its part of speech and its tag a line, an empty line
 * after each sentence. Lines that begin a document (`-DOCSTART-`) are no words.
 *
 * @param file its name, for messages
 * @throws {SyntaxError} if a line has other columns or tags, or there is no sentence
 *
 * @example
 * ```ts
 * import { parseEntities } from "#lib/data/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [sentence] = parseEntities("La DA B-LOC\nCoruña NC I-LOC\n, Fc O\n\n", "example");
 * assertEquals(sentence.tags, ["B-LOC", "I-LOC", "O"]);
 * ```
 */
export function parseEntities(text: string, file: string): EntitySentence[] {
  const sentences: EntitySentence[] = [];
  let words: string[] = [], tags: string[] = [];
  const endSentence = () => {
    if (words.length > 0) sentences.push({ words, tags });
    words = [], tags = [];
  };
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return endSentence();
    const [, word, , tag] = /^(\S+) (\S+) (\S+)$/.exec(line) ?? [];
    if (!tag || !TAG.test(tag) || /[\0\uFFFD]/.test(word)) {
      throw new SyntaxError(
        `Cannot parse entities, ${file} line ${
          index + 1
        }: expected a word, its part of speech and` +
          ` O, B-… or I-… (PER, ORG, LOC, MISC), got ${JSON.stringify(line.slice(0, 60))}`,
      );
    }
    if (word === DOCUMENT) return;
    words.push(word);
    tags.push(tag);
  });
  endSentence();
  if (sentences.length > 0) return sentences;
  throw new SyntaxError(`Cannot parse entities, ${file}: expected sentences, got none`);
}
