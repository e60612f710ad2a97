import type { Random } from "#lib/random/mod.ts";
import type { Vocabulary } from "#lib/text/mod.ts";
import { edits } from "./edits.ts";

/** How {@linkcode misspell} makes errors. */
export interface MisspellOptions {
  /** The probability that a word is mistyped. */
  rate: number;
  /** The words there are. */
  vocabulary: Vocabulary;
  /** Of the errors, the share that are words themselves, where a slip can make one. @default {0.5} */
  realWords?: number;
  /** Where the draws come from. */
  random: Random;
}

/**
 * Mistypes words of a sentence, each for itself, with one of its {@linkcode edits}: either one that
 * is a word too (real-word errors: "form" for "from") or one that is none, each of them equally
 * likely. Only words of the vocabulary that are of the letters a to z, two at least, are mistyped.
 *
 * @returns the sentence as typed
 * @throws {RangeError} if a probability is not from 0 to 1
 */
export function misspell(words: readonly string[], options: MisspellOptions): string[] {
  const { rate, vocabulary, realWords = 0.5, random } = options;
  for (const [name, value] of Object.entries({ rate, realWords })) {
    if (value >= 0 && value <= 1) continue;
    throw new RangeError(`Cannot misspell: expected ${name} from 0 to 1, got ${value}`);
  }
  return words.map((word) => {
    if (!/^[a-z]{2,}$/.test(word) || !vocabulary.has(word) || random() >= rate) return word;
    const slips = [...edits(word)], real = slips.filter((slip) => vocabulary.has(slip));
    const isReal = random() < realWords && real.length > 0;
    const from = isReal ? real : slips.filter((slip) => !vocabulary.has(slip));
    return from[Math.floor(random() * from.length)];
  });
}
