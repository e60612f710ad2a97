/**
 * The only part of the library that talks to Jupyter. Messages are sent at once and one at a time
 * (`Deno.jupyter.broadcast`), as the kernel may print late messages under the next cell.
 *
 * @module
 */
import { Console } from "node:console";
import type { Figure, Json } from "./figure.ts";
import type { Table } from "./table.ts";
import { escapeMarkup } from "./_svg.ts";

/** How long output may be held back, in milliseconds. */
const HOLD = 100;

/** Whether this runs in the Deno kernel of Jupyter; elsewhere `Deno.jupyter` throws. */
const inJupyter = (() => {
  try {
    return typeof Deno.jupyter.broadcast === "function";
  } catch {
    return false;
  }
})();

/** The forms of a figure or table, by MIME type; a viewer shows the richest it knows. */
export function mimeBundle(shown: Figure | Table): Record<string, Json> {
  if ("html" in shown) return { "text/html": shown.html, "text/plain": shown.words };
  const { plotly, svg, words, width, height } = shown;
  const source = `data:image/svg+xml;base64,${new TextEncoder().encode(svg).toBase64()}`;
  // An <img> is shown where raw SVG and scripts are not: untrusted notebooks, exports, GitHub.
  const image = `<img width="${width}" height="${height}" alt="${escapeMarkup(words)}" ` +
    `src="${source}">`;
  return {
    "application/vnd.plotly.v1+json": { ...plotly },
    "text/html": image,
    "text/plain": words,
  };
}

/** Shows a figure or a table under the cell; outside Jupyter, prints it in words. */
export function show(shown: Figure | Table): void {
  if (inJupyter) send("display_data", mimeBundle(shown));
  else console.log(shown.words);
}

/** A place under a cell whose content can be replaced; {@linkcode live} makes one. */
export interface LiveDisplay {
  /**
   * Replaces what is shown, unless it was replaced less than 100 ms ago. Works within a loop that
   * awaits nothing. Outside Jupyter it does nothing.
   *
   * @param draw makes what is to be shown; not called if nothing is
   */
  update(draw: () => Figure | Table): void;
  /** Replaces what is shown once and for all; outside Jupyter, prints it in words. */
  finish(last: Figure | Table): void;
}

/**
 * A place under the cell for a figure that changes, such as the loss during training.
 *
 * @example
 * ```ts
 * import { lineChart, live } from "#lib/plot/mod.ts";
 *
 * const losses = [3.2], slot = live();
 * const draw = () =>
 *   lineChart([{ name: "train", x: losses.keys().toArray(), y: losses }], {
 *     title: "Loss",
 *     x: { name: "step" },
 *     y: { name: "cross-entropy", unit: "nats" },
 *   });
 * for (let step = 1; step < 5; step++) {
 *   losses.push(3 / step);
 *   slot.update(draw);
 * }
 * ```
 */
export function live(): LiveDisplay {
  const id = crypto.randomUUID();
  let last = -Infinity;
  const replace = (data: Record<string, Json>) => {
    send(last === -Infinity ? "display_data" : "update_display_data", data, id);
    last = performance.now();
  };
  return {
    update: (draw) => inJupyter && performance.now() - last >= HOLD && replace(still(draw())),
    finish: (shown) => inJupyter ? replace(mimeBundle(shown)) : show(shown),
  };
}

/** The forms that JupyterLab draws anew when they are replaced; plotly's renderer keeps its first. */
function still(shown: Figure | Table): Record<string, Json> {
  const { "application/vnd.plotly.v1+json": _, ...others } = mimeBundle(shown);
  return others;
}

function send(kind: string, data: Record<string, Json>, displayId?: string): void {
  flush();
  const transient = displayId === undefined ? {} : { display_id: displayId };
  Deno.jupyter.broadcast(kind, { data, metadata: {}, transient });
}

// The kernel sends a message a line, and late ones are printed under the next cell. Here the lines
// of one turn of the event loop become one message (a long turn sends one each 100 ms).
let held = "", heldFor = "stdout", heldSince = 0;

function flush(): void {
  if (held) Deno.jupyter.broadcast("stream", { name: heldFor, text: held });
  held = "";
}

function hold(name: string, text: string): void {
  if (name !== heldFor) flush();
  if (!held) {
    heldSince = performance.now();
    queueMicrotask(flush);
  }
  heldFor = name;
  held += text;
  if (performance.now() - heldSince >= HOLD) flush();
}

/** The one method of a stream that `Console` calls. */
function heldStream(name: "stdout" | "stderr"): NodeJS.WritableStream {
  const write = (text: string) => hold(name, text);
  return { write } as unknown as NodeJS.WritableStream; // with ignoreErrors off it calls no other
}

if (inJupyter) {
  const streams = { stdout: heldStream("stdout"), stderr: heldStream("stderr") };
  Object.assign(console, new Console({ ...streams, ignoreErrors: false, colorMode: false }));
}
