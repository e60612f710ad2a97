import { type Random, shuffled } from "#lib/random/mod.ts";
import type { Sentence } from "./sentence.ts";

/**
 * Draws sentences at random, of each length at most `times` as many as `like` has of it. Parsers agree
 * on short sentences most; so drawn, what they agree on teaches longer ones as well.
 *
 * @param times how many drawn there may be for one of `like`
 */
export function alikeInLength<Drawn extends Sentence>(
  sentences: readonly Drawn[],
  like: readonly Sentence[],
  { times, random }: { times: number; random: Random },
): Drawn[] {
  const room = new Map<number, number>();
  for (const { words: { length } } of like) room.set(length, (room.get(length) ?? 0) + times);
  return shuffled(sentences, random).filter(({ words: { length } }) => {
    const left = room.get(length) ?? 0;
    room.set(length, left - 1);
    return left > 0;
  });
}
