import { seeded, shuffled } from "#lib/random/mod.ts";

/** A word and how it is said. */
export interface PronouncedWord {
  /** The word in lower case: letters a to z and apostrophes. */
  word: string;
  /** Its pronunciations, the first one first: ARPAbet phonemes, vowels with their stress 0 to 2. */
  pronunciations: string[][];
}

/** The dictionary in three parts; all pronunciations of a word are in one part. */
export interface PronouncingDictionary {
  /** What models learn from. */
  train: PronouncedWord[];
  /** What passes and settings are chosen on. */
  dev: PronouncedWord[];
  /** What is reported. */
  test: PronouncedWord[];
}

/** Seed and sizes of the split. */
const SPLIT_SEED = 1, DEV = 0.05, TEST = 0.1;

/**
 * Reads the CMU Pronouncing Dictionary (npm package `cmu-pronouncing-dictionary`): 124,920 words of
 * letters and apostrophes; entries with digits, full stops or hyphens are left out. There is no
 * official split: here the words are shuffled with seed 1, a twentieth is dev and a tenth test.
 */
export async function readPronouncingDictionary(): Promise<PronouncingDictionary> {
  const { dictionary } = await import("cmu-pronouncing-dictionary");
  const words = new Map<string, string[][]>();
  for (const [entry, sounds] of Object.entries(dictionary)) {
    const word = entry.replace(/\(\d+\)$/, ""); // "read(2)" is another way to say "read"
    if (!/^[a-z']+$/.test(word)) continue;
    const phonemes = sounds.replace(/#.*/, "").trim().split(/\s+/); // a comment may follow
    words.set(word, [...words.get(word) ?? [], phonemes]);
  }
  const all = shuffled(
    Array.from(words, ([word, pronunciations]) => ({ word, pronunciations })),
    seeded(SPLIT_SEED),
  );
  const [dev, test] = [DEV, TEST].map((share) => Math.round(share * all.length));
  return {
    train: all.slice(dev + test),
    dev: all.slice(0, dev),
    test: all.slice(dev, dev + test),
  };
}
