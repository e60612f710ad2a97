/**
 * The thresholds of pruning, one an order, from order 1 at index 0: the last of those given is taken
 * for all higher orders.
 *
 * @throws {RangeError} if they are not counts, prune words, or fall
 */
export function checkThresholds(thresholds: readonly number[], order: number): number[] {
  const isCount = (count: number) => Number.isInteger(count) && count >= 0;
  const isRising = thresholds.every((count, i) => i === 0 || count >= thresholds[i - 1]);
  if (
    thresholds.length < 1 || thresholds.length > order || thresholds[0] !== 0 || !isRising ||
    !thresholds.every(isCount)
  ) {
    throw new RangeError(
      `Cannot prune: expected 1 to ${order} counts that begin with 0 and never fall,` +
        ` got ${JSON.stringify(thresholds)}`,
    );
  }
  return Array.from({ length: order }, (_, i) => thresholds[Math.min(i, thresholds.length - 1)]);
}
