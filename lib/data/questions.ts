import { seeded, shuffled } from "#lib/random/mod.ts";
import type { DataOptions } from "./data_options.ts";
import { readNltk } from "./nltk.ts";

/** A question, and what kind of answer it asks for. */
export interface Question {
  /** Its words, the question mark among them. */
  words: string[];
  /** One of six classes: `ABBR`, `DESC`, `ENTY`, `HUM`, `LOC`, `NUM`. */
  coarse: string;
  /** One of fifty classes within those, such as `city`. */
  fine: string;
}

/** Questions in three parts. */
export interface Questions {
  /** What models learn from. */
  train: Question[];
  /** What settings are chosen on. */
  dev: Question[];
  /** What is reported. */
  test: Question[];
}

const SEED = 1, DEV = 500;

/**
 * Reads the question classification data of Li and Roth (2002; also known as TREC-6 and TREC-50):
 * 5,452 questions to learn from and 500 to test, ten of which are among the others too. Dev is ours:
 * the lines of 500 different questions, drawn with seed 1, leave the training part.
 *
 * @throws {DataError} if the file is not there, or damaged
 * @throws {SyntaxError} if a line is no labelled question, naming it
 */
export async function readQuestions(options: DataOptions = {}): Promise<Questions> {
  const texts = await readNltk("qc", options);
  const read = (file: string) => parseQuestions(texts.get(file) ?? "", file);
  const all = read("train.txt"), textOf = ({ words }: Question) => words.join(" ");
  const drawn = new Set(shuffled(new Set(all.map(textOf)), seeded(SEED)).slice(0, DEV));
  return {
    train: all.filter((question) => !drawn.has(textOf(question))),
    dev: all.filter((question) => drawn.has(textOf(question))),
    test: read("test.txt"),
  };
}

/**
 * Parses a file of the question classification data: `COARSE:fine` and the words a line.
 *
 * @param file its name, for messages
 * @throws {SyntaxError} if a line is no labelled question
 *
 * @example
 * ```ts
 * import { parseQuestions } from "#lib/data/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [question] = parseQuestions("LOC:city Where is Modesto ?\n", "example");
 * assertEquals(question, { words: ["Where", "is", "Modesto", "?"], coarse: "LOC", fine: "city" });
 * ```
 */
export function parseQuestions(text: string, file: string): Question[] {
  return text.replace(/\n$/, "").split("\n").map((line, index) => {
    const [, coarse, fine, question] = /^([A-Z]+):([a-z]+) +([^\0\uFFFD]*\S) *$/.exec(line) ?? [];
    if (question) return { words: question.split(/\s+/), coarse, fine };
    throw new SyntaxError(
      `Cannot parse questions, ${file} line ${index + 1}: expected COARSE:fine and words, got` +
        ` ${JSON.stringify(line.slice(0, 40))}`,
    );
  });
}
