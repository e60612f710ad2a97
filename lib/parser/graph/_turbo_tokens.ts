import type { Sentence } from "../sentence.ts";
import { encodeTokens } from "./_encoded_tokens.ts";
import { hashText } from "./_feature_hash.ts";
import type { TurboTokens } from "./_turbo_features.ts";

const PUNCTUATION = new Set(["``", "''", ":", ",", ".", "-LRB-", "-RRB-", "HYPH", "NFP"]);

/** What is counted between two words. */
const KINDS: readonly ((tag: string) => boolean)[] = [
  (tag) => tag.startsWith("V") || tag === "MD",
  (tag) => PUNCTUATION.has(tag),
  (tag) => tag === "CC",
];

export function encodeTurboTokens(sentence: Sentence): TurboTokens {
  const { words, tags } = sentence, tokens = encodeTokens(sentence);
  const counts = KINDS.map((isCounted) => {
    const before = new Int32Array(words.length + 2); // place i: how many among the words before i
    for (const [i, tag] of tags.entries()) before[i + 2] = before[i + 1] + Number(isCounted(tag));
    return before;
  });
  const suffixes = Int32Array.from(tokens.words);
  for (const [i, word] of words.entries()) suffixes[i + 1] = hashText(word.slice(-3));
  return { ...tokens, suffixes, counts };
}
