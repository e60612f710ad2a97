let controller = new AbortController();
let isListening = false;

/**
 * A signal that is aborted when the reader presses the stop button (SIGINT). From the first call
 * on, the stop button no longer ends the kernel and its state: it aborts the signal, and the next
 * call returns a fresh one. A loop that looks at the signal and awaits {@linkcode tick} between
 * its steps stops within a step.
 *
 * @example
 * ```ts ignore
 * import { interruptSignal, tick } from "#lib/plot/mod.ts";
 *
 * const signal = interruptSignal();
 * for (let step = 0; step < 1000 && !signal.aborted; step++) {
 *   // … one step of training …
 *   await tick();
 * }
 * ```
 */
export function interruptSignal(): AbortSignal {
  if (!isListening) {
    isListening = true;
    Deno.addSignalListener("SIGINT", () => {
      const aborted = controller;
      controller = new AbortController();
      aborted.abort(new DOMException("stopped by the reader", "AbortError"));
    });
  }
  return controller.signal;
}

/**
 * Lets pending events in, such as the stop button; takes about a hundredth of a millisecond.
 * (`await null` lets none in, and a timer of 0 takes two milliseconds.)
 */
export function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
