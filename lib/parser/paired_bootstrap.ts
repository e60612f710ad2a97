import type { Random } from "#lib/random/mod.ts";
import type { AttachmentScore } from "./attachment.ts";

/** What {@linkcode pairedBootstrap} compares, and how. */
export interface BootstrapOptions {
  /** The score compared. @default {"uas"} */
  metric?: "uas" | "las" | "lasNoSubtypes";
  /** How many test sets are drawn. @default {10000} */
  resamples?: number;
  /** Where the draws come from. */
  random: Random;
}

/** What a comparison of two parsers found. */
export interface BootstrapResult {
  /** Score of the first parser minus score of the second, in points of %. */
  readonly difference: number;
  /** Share of the drawn test sets on which the first is no better than the second: p. */
  readonly p: number;
}

const COUNTED = { uas: "heads", las: "labels", lasNoSubtypes: "labelsNoSubtypes" } as const;

/**
 * Whether the first parser is better than the second by more than chance: test sets of the same
 * size are drawn from the sentences with replacement, and both parsers are scored on each (Efron &
 * Tibshirani 1993; Koehn 2004).
 *
 * @param first a score for each sentence, from {@linkcode scoreSentences}
 * @param second scores of the other parser, for the same sentences
 * @throws {RangeError} if there are no sentences or the two differ in sentences or words
 */
export function pairedBootstrap(
  first: readonly AttachmentScore[],
  second: readonly AttachmentScore[],
  options: BootstrapOptions,
): BootstrapResult {
  const { metric = "uas", resamples = 10_000, random } = options;
  const counted = COUNTED[metric];
  if (first.length !== second.length || first.length === 0) {
    throw new RangeError(
      `Cannot compare two parsers: expected scores of the same sentences,` +
        ` got ${first.length} and ${second.length}`,
    );
  }
  const words = Int32Array.from(first, ({ counts }) => counts.words);
  const odd = second.findIndex(({ counts }, i) => counts.words !== words[i]);
  if (odd >= 0) {
    throw new RangeError(
      `Cannot compare two parsers: expected ${words[odd]} words in sentence ${odd + 1},` +
        ` got ${second[odd].counts.words}`,
    );
  }
  const gains = Int32Array.from(
    first,
    ({ counts }, i) => counts[counted] - second[i].counts[counted],
  );
  let notBetter = 0;
  for (let n = 0; n < resamples; n++) {
    let gain = 0;
    for (let i = 0; i < gains.length; i++) gain += gains[Math.floor(random() * gains.length)];
    if (gain <= 0) notBetter++;
  }
  const total = (values: Int32Array) => values.reduce((sum, value) => sum + value, 0);
  return { difference: 100 * total(gains) / total(words), p: notBetter / resamples };
}
