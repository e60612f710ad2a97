/** How often {@linkcode medianTime} calls. */
export interface MedianTimeOptions {
  /** Calls before the first one that counts: the compiler and the caches get ready. @default {50} */
  warmUp?: number;
  /** Calls that count. @default {101} */
  runs?: number;
}

/**
 * The median time of a call, in microseconds: of many calls after some to warm up, so that neither
 * the compiler nor a busy machine decides.
 *
 * @throws {RangeError} if no call counts
 */
export function medianTime(f: () => void, options: MedianTimeOptions = {}): number {
  const { warmUp = 50, runs = 101 } = options;
  if (!(runs >= 1)) throw new RangeError(`Cannot take a median: expected runs, got ${runs}`);
  for (let i = 0; i < warmUp; i++) f();
  const times = Float64Array.from({ length: runs }, () => {
    const start = performance.now();
    f();
    return performance.now() - start;
  }).sort();
  return 1000 * times[runs >> 1];
}
