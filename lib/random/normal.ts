import type { Random } from "./seeded.ts";

/** One draw from the standard normal distribution (Box and Muller 1958). */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random())); // 1 − u is never 0
  return radius * Math.cos(2 * Math.PI * random());
}
