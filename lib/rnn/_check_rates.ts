/** Throws unless each rate of dropout is in [0, 1). */
export function checkRates(rates: Readonly<Record<string, number>>): void {
  for (const [name, rate] of Object.entries(rates)) {
    if (rate >= 0 && rate < 1) continue;
    throw new RangeError(`Cannot drop units or words: expected ${name} in [0, 1), got ${rate}`);
  }
}
