import { seeded, shuffled } from "#lib/random/mod.ts";
import type { DataOptions } from "./data_options.ts";
import { readNltk } from "./nltk.ts";

/** What a film reviewer thought. */
export type Polarity = "negative" | "positive";

/** A sentence of a film review. */
export interface ReviewSentence {
  /** Its words, lower-cased, punctuation marks among them. */
  words: string[];
  /** Whether the review it is from speaks against the film or for it. */
  label: Polarity;
}

/** Sentences of film reviews in three parts. */
export interface SentencePolarity {
  /** What models learn from. */
  train: ReviewSentence[];
  /** What settings are chosen on. */
  dev: ReviewSentence[];
  /** What is reported. */
  test: ReviewSentence[];
}

const FILES: Record<Polarity, string> = {
  negative: "rt-polarity.neg",
  positive: "rt-polarity.pos",
};
const SEED = 1;

/**
 * Reads the sentence polarity data of Pang and Lee (2005): 5,331 sentences for and as many against a
 * film. They were published without parts; ours are those of seed 1: of all sentences in random
 * order the first 1,066 (a tenth) are test, the next 1,066 are dev, the other 8,530 train.
 *
 * @throws {DataError} if the file is not there, or damaged
 * @throws {SyntaxError} if a line is empty or not text, naming it
 */
export async function readSentencePolarity(options: DataOptions = {}): Promise<SentencePolarity> {
  const texts = await readNltk("sentence_polarity", options);
  const labels = ["negative", "positive"] as const;
  const sentences = labels.flatMap((label) =>
    parseReviewSentences(texts.get(FILES[label]) ?? "", { label, file: FILES[label] })
  );
  const order = shuffled(sentences, seeded(SEED)), tenth = Math.round(order.length / 10);
  return {
    test: order.slice(0, tenth),
    dev: order.slice(tenth, 2 * tenth),
    train: order.slice(2 * tenth),
  };
}

/**
 * Parses a file of the sentence polarity data: one sentence a line, white space between the words.
 *
 * @param options the label of the file's sentences, and its name for messages
 * @throws {SyntaxError} if a line is empty or not text, or there is none
 *
 * @example
 * ```ts
 * import { parseReviewSentences } from "#lib/data/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [sentence] = parseReviewSentences("a  joy . \n", { label: "positive", file: "good" });
 * assertEquals(sentence, { words: ["a", "joy", "."], label: "positive" });
 * ```
 */
export function parseReviewSentences(
  text: string,
  { label, file }: { label: Polarity; file: string },
): ReviewSentence[] {
  return text.replace(/\n$/, "").split("\n").map((line, index) => {
    const words = line.trim().split(/\s+/);
    if (words[0] !== "" && !/[\0\uFFFD]/.test(line)) return { words, label };
    throw new SyntaxError(
      `Cannot parse reviews, ${file} line ${index + 1}: expected a sentence, got` +
        ` ${JSON.stringify(line.slice(0, 40))}`,
    );
  });
}
