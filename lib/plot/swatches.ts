import type { ChartSize, Figure } from "./figure.ts";
import { titleText } from "./_frame.ts";
import { INK } from "./_palette.ts";
import { plotlyLayout, plotlyText } from "./_plotly.ts";
import { cutTo, element, svgDocument, text } from "./_svg.ts";

/** A colour with what is said of it. */
export interface Swatch {
  /** Red, green and blue, each from 0 to 255; fractions are rounded. */
  readonly rgb: readonly [number, number, number];
  /** What stands beside it. */
  readonly name: string;
  /** What stands below the name, in smaller letters. @default {""} */
  readonly note?: string;
}

/** How {@linkcode swatches} look. */
export interface SwatchesOptions extends Pick<ChartSize, "width"> {
  /** The words above. */
  readonly title: string;
  /** Colours side by side. @default {3} */
  readonly columns?: number;
}

const TOP = 48, ROW = 40, WIDE = 44, HIGH = 30;

/**
 * Colours and their names, row by row.
 *
 * @throws {RangeError} if there is no colour, or one is out of its range
 *
 * @example
 * ```ts
 * import { swatches } from "#lib/plot/mod.ts";
 *
 * const figure = swatches([{ name: "24 Carrot", rgb: [229, 110, 36] }], { title: "Names" });
 * console.assert(figure.words.includes("24 Carrot #e56e24"));
 * ```
 */
export function swatches(colours: readonly Swatch[], options: SwatchesOptions): Figure {
  const { title, width = 640, columns = 3 } = options;
  check(colours, title);
  const rows = Math.ceil(colours.length / columns), height = TOP + rows * ROW + 8;
  const column = (width - 16) / columns, room = column - WIDE - 16;
  const frame = { left: 8, right: width - 8, top: 40, bottom: height };
  const svg = svgDocument({ width, height }, [
    titleText(title, frame, width),
    ...colours.map(({ rgb, name, note = "" }, i) => {
      const x = 8 + (i % columns) * column, y = TOP + Math.floor(i / columns) * ROW;
      const beside = { x: x + WIDE + 8, fill: INK };
      const fill = hex(rgb), size = { width: WIDE, height: HIGH };
      return element("rect", { x, y, ...size, fill, stroke: INK, "stroke-width": 0.5 }) +
        text(cutTo(name, room), { ...beside, y: y + (note ? 13 : 19) }) +
        (note && text(cutTo(note, 1.2 * room), { ...beside, y: y + 27, "font-size": 10 }));
    }),
  ]);
  const plotly = plotlySpec(colours, { title, width, height, columns });
  const lines = colours.map(({ rgb, name, note }) =>
    `${name} ${hex(rgb)}${note ? ` (${note})` : ""}`
  );
  return { plotly, svg, words: [title, ...lines].join("\n"), width, height };
}

function check(colours: readonly Swatch[], title: string): void {
  const bad = colours.find(({ rgb }) => !rgb.every((value) => value >= 0 && value <= 255));
  if (colours.length > 0 && !bad) return;
  throw new RangeError(
    `Cannot draw "${title}": expected colours from 0 to 255, got ` +
      (bad ? `${bad.rgb.join(", ")} for "${bad.name}"` : "none"),
  );
}

function hex(rgb: readonly number[]): string {
  return `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}

function plotlySpec(
  colours: readonly Swatch[],
  { columns, ...size }: { title: string; width: number; height: number; columns: number },
): Figure["plotly"] {
  const rows = Math.ceil(colours.length / columns);
  const trace = {
    ...{ type: "scatter", mode: "markers+text", textposition: "middle right", hoverinfo: "text" },
    x: colours.map((_, i) => i % columns),
    y: colours.map((_, i) => Math.floor(i / columns)),
    text: colours.map(({ name, note }) =>
      `  ${plotlyText(name)}${note ? `<br>  <sub>${plotlyText(note)}</sub>` : ""}`
    ),
    marker: {
      ...{ symbol: "square", size: 26, color: colours.map(({ rgb }) => hex(rgb)) },
      line: { color: INK, width: 0.5 },
    },
  };
  const hidden = { visible: false, fixedrange: true };
  const x = { ...hidden, range: [-0.15, columns - 0.1] };
  const y = { ...hidden, range: [rows - 0.5, -0.5] };
  return { data: [trace], layout: plotlyLayout({ ...size, x, y }) };
}
