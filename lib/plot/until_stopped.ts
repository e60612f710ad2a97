import { interruptSignal, tick } from "./interrupt.ts";

/**
 * The steps of a training, until the reader presses the stop button: then the loop ends after the
 * step at hand, and the notebook goes on with what has been learned. Run again, the loop begins anew.
 *
 * @param steps such as the reports of a training; left early, they are told so (`return()`)
 *
 * @example
 * ```ts
 * import { untilStopped } from "#lib/plot/mod.ts";
 *
 * let sum = 0;
 * for await (const step of untilStopped([1, 2, 3])) sum += step;
 * console.log(sum); // 6, unless somebody pressed the button
 * ```
 */
export async function* untilStopped<Step>(
  steps: AsyncIterable<Step> | Iterable<Step>,
): AsyncGenerator<Step> {
  const signal = interruptSignal();
  for await (const step of steps) {
    yield step;
    await tick();
    if (signal.aborted) return;
  }
}
