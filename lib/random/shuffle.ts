import type { Random } from "./seeded.ts";

/**
 * The items in a random order, every order equally likely (Fisher and Yates); the input stays.
 *
 * @param items what to put in another order
 * @param random where the draws come from
 * @returns a new array
 */
export function shuffled<T>(items: Iterable<T>, random: Random): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}
