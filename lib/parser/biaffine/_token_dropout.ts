import type { Random } from "#lib/random/mod.ts";

/** What word and tag vectors are multiplied by; shape [N] each. */
export interface TokenFactors {
  readonly word: Float32Array;
  readonly tag: Float32Array;
}

/**
 * Drops word and tag of each token independently; where one is dropped, the other counts twice, so that
 * the input as a whole keeps its size (Dozat & Manning 2017, appendix A.1).
 */
export function tokenDropout(
  tokens: number,
  { rate, random }: { rate: number; random: Random },
): TokenFactors {
  const word = new Float32Array(tokens), tag = new Float32Array(tokens);
  for (let i = 0; i < tokens; i++) {
    const [keepsWord, keepsTag] = [Number(random() >= rate), Number(random() >= rate)];
    const factor = 2 / Math.max(keepsWord + keepsTag, 1);
    word[i] = keepsWord * factor;
    tag[i] = keepsTag * factor;
  }
  return { word, tag };
}
