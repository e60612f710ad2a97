import type { Axis, ChartSize, Figure, Json } from "./figure.ts";
import { bottomTitle, type Frame, leftTitle, titleText } from "./_frame.ts";
import { readable } from "./_numbers.ts";
import { INK } from "./_palette.ts";
import { axisTitleOf, plotlyLayout, plotlyNumbers, plotlyText } from "./_plotly.ts";
import { axisTitle, checkedRange } from "./_scale.ts";
import { cutTo, element, roughWidth, svgDocument, text } from "./_svg.ts";

/** The numbers of a {@linkcode heatMap} and what their rows and columns stand for. */
export interface HeatMapData {
  /** From above. */
  readonly rows: readonly string[];
  /** From the left. */
  readonly columns: readonly string[];
  /** A row of numbers for each of `rows`; one that is not finite leaves its cell empty. */
  readonly values: readonly ArrayLike<number>[];
}

/** How a {@linkcode heatMap} looks. */
export interface HeatMapOptions extends Pick<ChartSize, "width"> {
  /** The words above the map. */
  readonly title: string;
  /** What the rows are. */
  readonly row: Pick<Axis, "name">;
  /** What the columns are. */
  readonly column: Pick<Axis, "name">;
  /** What the numbers are; what lies outside their range is drawn as its end. */
  readonly value: Omit<Axis, "scale">;
  /** Cells with a frame, as [row, column]. @default {none} */
  readonly framed?: readonly (readonly [number, number])[];
}

/** Least and greatest value: white, and the darkest blue. */
const FROM = [255, 255, 255], TO = [0, 70, 130];
const FRAME_COLOR = "#d55e00";
/** Shares of the range from which on numbers are written in white. */
const DARK = 0.55;

/** The cells as they are drawn. */
interface Grid {
  frame: Frame;
  /** Size of a cell in pixels. */
  cell: { width: number; height: number };
  range: readonly [number, number];
}

/**
 * Numbers in rows and columns as colours: which word scores which as its head.
 *
 * @throws {RangeError} if there is no cell, the numbers are not as many as the labels say, none is
 * finite, or the range is empty
 *
 * @example
 * ```ts
 * import { heatMap } from "#lib/plot/mod.ts";
 *
 * const data = { rows: ["He", "sleeps"], columns: ["ROOT", "He"], values: [[0.1, 0], [0.9, 0.1]] };
 * const figure = heatMap(data, {
 *   title: "Heads",
 *   row: { name: "word" },
 *   column: { name: "head" },
 *   value: { name: "probability", range: [0, 1] },
 *   framed: [[1, 0]],
 * });
 * console.assert(figure.words.includes("sleeps, ROOT 0.9"));
 * ```
 */
export function heatMap(data: HeatMapData, options: HeatMapOptions): Figure {
  const { title, row, column, width = 640, framed = [] } = options;
  check(data, title);
  const grid = gridOf(data, { ...options, width });
  const { frame } = grid, height = frame.bottom + 60;
  const isFramed = (i: number, j: number) => framed.some(([r, c]) => r === i && c === j);
  const svg = svgDocument({ width, height }, [
    titleText(title, { ...frame, top: 38 }, width),
    leftTitle(row.name, frame),
    bottomTitle(column.name, { ...frame, bottom: frame.bottom + 10 }),
    ...data.values.map((row, i) => Array.from(row, (v, j) => cellOf(v, [i, j], grid)).join("")),
    ...data.values.map((row, i) =>
      Array.from(row, (_, j) => isFramed(i, j) ? frameOf([i, j], grid) : "").join("")
    ),
    ...labelsOf(data, grid),
  ]);
  const plotly = plotlySpec(data, { ...options, width, height, range: grid.range });
  return { plotly, svg, words: inWords(data, options), width, height };
}

function check({ rows, columns, values }: HeatMapData, title: string): void {
  const bad = values.findIndex((row) => row.length !== columns.length);
  if (rows.length === 0 || columns.length === 0 || values.length !== rows.length || bad >= 0) {
    throw new RangeError(
      `Cannot draw "${title}": expected ${rows.length} × ${columns.length} numbers, got ` +
        (bad >= 0 ? `${values[bad].length} in row ${bad}` : `${values.length} rows`),
    );
  }
}

function gridOf({ rows, columns, values }: HeatMapData, options: HeatMapOptions): Grid {
  const { title, value, width = 640 } = options;
  const finite = values.flatMap((row) => Array.from(row).filter(Number.isFinite));
  if (finite.length === 0) {
    throw new RangeError(`Cannot draw "${title}": expected a finite number, got none`);
  }
  const least = finite.reduce((a, b) => Math.min(a, b)),
    most = finite.reduce((a, b) => Math.max(a, b));
  const found = least < most ? [least, most] as const : [least - 0.5, most + 0.5] as const;
  const range = value.range ? checkedRange(value) : found;
  const labels = Math.max(...rows.map(roughWidth));
  const left = Math.min(0.3 * width, labels + 16) + 24;
  const cell = { width: Math.min(90, (width - left - 12) / columns.length), height: 26 };
  const frame = { left, right: left + cell.width * columns.length, top: 48, bottom: 0 };
  frame.bottom = frame.top + cell.height * rows.length;
  return { frame, cell, range };
}

/** Where a value lies in the range, from 0 to 1. */
function share(value: number, [from, to]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/** To about a hundredth of the range, so that the numbers of a map are of one kind. */
function rounded(value: number, [from, to]: readonly [number, number]): number {
  const digits = 2 - Math.floor(Math.log10(to - from));
  return Number(value.toFixed(Math.min(Math.max(digits, 0), 20)));
}

function color(at: number): string {
  const mixed = FROM.map((from, i) => Math.round(from + (TO[i] - from) * at));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function cellOf(value: number, [i, j]: readonly [number, number], { frame, cell, range }: Grid) {
  if (!Number.isFinite(value)) return "";
  const x = frame.left + j * cell.width, y = frame.top + i * cell.height, at = share(value, range);
  const shown = readable(rounded(value, range));
  const hasRoom = roughWidth(shown) <= cell.width - 4;
  return element("rect", { x, y, ...cell, fill: color(at), stroke: "#ffffff" }) +
    (hasRoom
      ? text(shown, {
        ...{ x: x + cell.width / 2, y: y + cell.height / 2 + 4, "text-anchor": "middle" },
        fill: at > DARK ? "#ffffff" : INK,
      })
      : "");
}

function frameOf([i, j]: readonly [number, number], { frame, cell }: Grid): string {
  return element("rect", {
    ...{ x: frame.left + j * cell.width + 1, y: frame.top + i * cell.height + 1 },
    ...{ width: cell.width - 2, height: cell.height - 2 },
    ...{ fill: "none", stroke: FRAME_COLOR, "stroke-width": 2 },
  });
}

function labelsOf({ rows, columns }: HeatMapData, { frame, cell }: Grid): string[] {
  return [
    ...rows.map((label, i) => {
      const y = frame.top + (i + 0.5) * cell.height + 4;
      const anchor = { x: frame.left - 6, y, "text-anchor": "end", fill: INK };
      return text(cutTo(label, frame.left - 30), anchor);
    }),
    ...columns.map((label, j) => {
      const x = frame.left + (j + 0.5) * cell.width;
      const anchor = { x, y: frame.bottom + 17, "text-anchor": "middle", fill: INK };
      return text(cutTo(label, cell.width), anchor);
    }),
  ];
}

/** Positions are numbers and the labels tick texts, so that equal labels stay apart. */
function plotlySpec(
  { rows, columns, values }: HeatMapData,
  options: HeatMapOptions & { width: number; height: number; range: readonly [number, number] },
): Figure["plotly"] {
  const { title, row, column, value, width, height, range, framed = [] } = options;
  const axis = (name: string, labels: readonly string[]): { [name: string]: Json } => ({
    ...{ title: axisTitleOf(name), tickmode: "array", tickvals: labels.map((_, i) => i) },
    ...{ ticktext: labels.map(plotlyText), automargin: true, showgrid: false, zeroline: false },
  });
  const trace = {
    type: "heatmap",
    z: values.map((row) => plotlyNumbers(row)),
    ...{ zmin: range[0], zmax: range[1], xgap: 1, ygap: 1 },
    colorscale: [[0, color(0)], [1, color(1)]],
    colorbar: { title: { text: plotlyText(axisTitle(value)) } },
  };
  const y = { ...axis(row.name, rows), autorange: "reversed" };
  const layout = plotlyLayout({ title, width, height, x: axis(column.name, columns), y });
  const shapes = framed.map(([i, j]) => ({
    ...{ type: "rect", x0: j - 0.48, x1: j + 0.48, y0: i - 0.46, y1: i + 0.46 },
    line: { color: FRAME_COLOR, width: 2 },
  }));
  return { data: [trace], layout: { ...layout, shapes } };
}

function inWords({ rows, columns, values }: HeatMapData, options: HeatMapOptions): string {
  const { title, row, column, value } = options;
  const lines = rows.map((label, i) => {
    const finite = Array.from(values[i], (v, j) => ({ v, j })).filter(({ v }) =>
      Number.isFinite(v)
    );
    if (finite.length === 0) return `${label}: no number`;
    const { v, j } = finite.reduce((best, at) => at.v > best.v ? at : best);
    return `${label}, ${columns[j]} ${readable(v)}`;
  });
  return `${title} [${axisTitle(value)}; for each ${row.name} the greatest ${column.name}]\n` +
    lines.join("\n");
}
