import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "#lib/data/mod.ts";
import { writeWholeSync } from "#lib/files/mod.ts";
import {
  agreedTrees,
  alikeInLength,
  type AnnotatedSentence,
  NeuralParser,
  trainMaltParser,
  trainTagger,
} from "#lib/parser/mod.ts";
import { seeded, shuffled } from "#lib/random/mod.ts";
import { keepFile, keptNotes } from "./_kept_file.ts";
import { readRawText } from "./_raw_text.ts";
import { CHEN_MANNING_VECTORS } from "./_transition_runs.ts";
import type { SeedOptions } from "./seeded_row.ts";
import { specOf, trainedNetwork } from "./transition_run.ts";

/** Sentences of raw text with trees that two parsers agreed on. */
export interface AgreedText {
  /** How many sentences were parsed. */
  parsed: number;
  /** On how many the parsers agreed. */
  agreed: number;
  /** Those of them to learn from. */
  sentences: AnnotatedSentence[];
}

/**
 * How many sentences of so many words are parsed, and how many of each length are learned from for one
 * of EWT's.
 */
export const TRI_TRAINING = { sentences: 50_000, shortest: 5, longest: 40, times: 1 };

/** Of a quick run. */
const QUICK_SENTENCES = 2000;

/**
 * Sentences of Brown and Reuters with the trees that MaltParser and Chen & Manning's parser with word
 * vectors both give them, alike in length to EWT's training sentences; tags are those of our perceptron
 * tagger. At full scale they are found once and kept.
 *
 * @throws {SyntaxError} if those kept are of another run
 */
export async function agreedText(options: SeedOptions): Promise<AgreedText> {
  if (options.scale === "quick") return await findAgreed(options);
  const file = join(cacheFolder(), "models", "agreed-text.json");
  const run = { ...TRI_TRAINING, network: specOf(CHEN_MANNING_VECTORS) };
  if (keptNotes({ file, run })) return JSON.parse(readFileSync(file, "utf8"));
  const found = await findAgreed(options);
  keepFile(file, { run }, (path) => writeWholeSync(path, JSON.stringify(found)));
  return found;
}

async function findAgreed(options: SeedOptions): Promise<AgreedText> {
  const { scale, data, report, treebank: { train } } = options, random = seeded(1);
  const { brown, reuters } = await readRawText(data);
  const all = shuffled([...brown, ...reuters].map(splitHyphens).filter(isSentence), random);
  const raw = all.slice(0, scale === "quick" ? QUICK_SENTENCES : TRI_TRAINING.sentences);
  report(`  tagging ${raw.length} sentences`);
  const tagger = trainTagger(train);
  const tagged = raw.map((words) => ({ words, tags: tagger.tagSentence(words) }));
  report("  parsing them twice");
  const malt = trainMaltParser(train);
  const { network } = await trainedNetwork(CHEN_MANNING_VECTORS, {
    ...{ ...options, id: "ewt-chen-manning-vectors", seed: 1 },
  });
  const neural = new NeuralParser(network);
  const agreed = await agreedTrees(tagged, [malt, neural]);
  [neural, network].forEach((each) => each.dispose());
  const sentences = alikeInLength(agreed, train, { times: TRI_TRAINING.times, random });
  report(`  agreed on ${agreed.length}, of which ${sentences.length} are learned from`);
  return { parsed: tagged.length, agreed: agreed.length, sentences };
}

/** Words with hyphens inside as English-EWT has them: `long-term` is three words. */
export function splitHyphens(words: readonly string[]): string[] {
  return words.flatMap((word) => word.split(/(?<=[^-])(-)(?=[^-])/));
}

/** Whether it is of reasonable length and ends as sentences do: lines of tables do not. */
function isSentence(words: readonly string[]): boolean {
  const { shortest, longest } = TRI_TRAINING;
  return words.length >= shortest && words.length <= longest && /^[.?!]$/.test(words.at(-1)!);
}
