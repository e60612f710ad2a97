import type { Axis, ChartSize, Figure, Json } from "./figure.ts";
import { bottomAxis, type Frame, leftAxis, leftOfFrame, titleText } from "./_frame.ts";
import { readable } from "./_numbers.ts";
import { COLORS, INK } from "./_palette.ts";
import { plotlyAxis, plotlyLayout, plotlyText } from "./_plotly.ts";
import { type AxisScale, axisScale, axisTitle } from "./_scale.ts";
import { cutTo, element, roughWidth, svgDocument, text } from "./_svg.ts";

/** A named point of a {@linkcode scatterChart}. */
export interface NamedPoint {
  /** What stands beside it. */
  readonly name: string;
  /** Finite. */
  readonly x: number;
  /** Finite. */
  readonly y: number;
  /** What kind of thing it is: points of a kind have a colour and a mark. @default {""} */
  readonly kind?: string;
}

/** How a {@linkcode scatterChart} looks. */
export interface ScatterChartOptions extends ChartSize {
  /** The words above the chart. */
  readonly title: string;
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
}

/** Where names may stand beside their points: at the right, at the left, above, below. */
const PLACES = [
  { dx: 9, dy: 4, anchor: "start", from: 0 },
  { dx: -9, dy: 4, anchor: "end", from: -1 },
  { dx: 0, dy: -9, anchor: "middle", from: -0.5 },
  { dx: 0, dy: 18, anchor: "middle", from: -0.5 },
] as const;
const MARKS = ["circle", "square", "diamond", "triangle-up"] as const;
const LINE = 13; // height of a name, in pixels

/** A rectangle in pixels. */
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * Named points: systems by speed and accuracy, words on a map.
 *
 * @throws {RangeError} if there is no point, one is not finite, or a log axis gets a value that is not
 * positive
 *
 * @example
 * ```ts
 * import { scatterChart } from "#lib/plot/mod.ts";
 *
 * const figure = scatterChart([{ name: "Malt", x: 469, y: 87.2 }, { name: "MST", x: 10, y: 88.1 }], {
 *   title: "Parsers",
 *   x: { name: "speed", unit: "sentences/s", scale: "log" },
 *   y: { name: "LAS", unit: "%" },
 * });
 * console.assert(figure.words.includes("MST: 10, 88.1"));
 * ```
 */
export function scatterChart(points: readonly NamedPoint[], options: ScatterChartOptions): Figure {
  const { title, x, y, width = 640, height = 400 } = options;
  check(points, title);
  const kinds = [...new Set(points.map(({ kind = "" }) => kind))];
  const [top, bottom] = [40 + (kinds.length > 1 ? 22 : 0), height - 52];
  const yScale = axisScale(y, {
    values: points.map(({ y }) => y),
    pixels: [bottom, top],
    ticks: 6,
  });
  const frame = { left: leftOfFrame(yScale), right: width - 24, top, bottom };
  const pixels = [frame.left, frame.right] as const;
  const xScale = axisScale(x, { values: points.map(({ x }) => x), pixels, ticks: 8 });
  const at = points.map((point) => [xScale.position(point.x), yScale.position(point.y)] as const);
  const marks = points.map(({ kind = "" }, i) => markOf(kinds.indexOf(kind), at[i]));
  const svg = svgDocument({ width, height }, [
    titleText(title, { ...frame, top: 40 }, width),
    bottomAxis(x, xScale, frame),
    leftAxis(y, yScale, frame),
    ...(kinds.length > 1 ? legend(kinds, frame) : []),
    ...marks,
    ...namesOf(points, at, { ...frame, right: width }),
  ]);
  const plotly = plotlySpec(points, { ...options, width, height, kinds, scales: [xScale, yScale] });
  return { plotly, svg, words: inWords(points, options), width, height };
}

function check(points: readonly NamedPoint[], title: string): void {
  const bad = points.find(({ x, y }) => !(Number.isFinite(x) && Number.isFinite(y)));
  if (points.length > 0 && !bad) return;
  throw new RangeError(
    `Cannot draw "${title}": expected finite points, got ` +
      (bad ? `(${bad.x}, ${bad.y}) for "${bad.name}"` : "none"),
  );
}

/** The mark of a kind, of about 8 pixels. */
function markOf(kind: number, [x, y]: readonly [number, number]): string {
  const fill = COLORS[kind % COLORS.length], shape = MARKS[kind % MARKS.length];
  if (shape === "circle") return element("circle", { cx: x, cy: y, r: 4.5, fill });
  if (shape === "square") return element("rect", { x: x - 4, y: y - 4, width: 8, height: 8, fill });
  const path = shape === "diamond"
    ? "m0,-5.5l5.5,5.5l-5.5,5.5l-5.5,-5.5z"
    : "m0,-5.5l5.2,9.5h-10.4z";
  return element("path", { d: `M${x.toFixed(1)},${y.toFixed(1)}${path}`, fill });
}

function legend(kinds: readonly string[], frame: Frame): string[] {
  let x = frame.left;
  return kinds.map((kind, i) => {
    const from = x;
    x += roughWidth(kind) + 34;
    const label = text(kind, { x: from + 12, y: 48, fill: INK });
    return markOf(i, [from + 4, 44]) + label;
  });
}

/** Names at the first of their places that is free of other names and marks; else at the right. */
function namesOf(
  points: readonly NamedPoint[],
  at: readonly (readonly [number, number])[],
  inside: Frame,
): string[] {
  const taken: Box[] = at.map(([x, y]) => ({
    ...{ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 },
  }));
  return points.map(({ name }, i) => {
    const [x, y] = at[i], shown = cutTo(name, 240), wide = roughWidth(shown);
    const boxes = PLACES.map(({ dx, dy, from }) => {
      const left = x + dx + from * wide, bottom = y + dy + 3;
      return { left, right: left + wide, top: bottom - LINE, bottom };
    });
    const others = taken.filter((_, k) => k !== i);
    const isFree = (box: Box) =>
      box.left >= inside.left && box.right <= inside.right && box.top >= inside.top - 12 &&
      box.bottom <= inside.bottom && !others.some((other) => touch(box, other));
    const place = Math.max(0, boxes.findIndex(isFree));
    taken.push(boxes[place]);
    const { dx, dy, anchor } = PLACES[place];
    return text(shown, { x: x + dx, y: y + dy, "text-anchor": anchor, fill: INK });
  });
}

function touch(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function plotlySpec(
  points: readonly NamedPoint[],
  options: ScatterChartOptions & {
    width: number;
    height: number;
    kinds: readonly string[];
    scales: readonly [AxisScale, AxisScale];
  },
): Figure["plotly"] {
  const { title, x, y, width, height, kinds, scales } = options;
  const data = kinds.map((kind, i): { [name: string]: Json } => {
    const own = points.filter((point) => (point.kind ?? "") === kind);
    return {
      ...{ type: "scatter", mode: "markers+text", name: plotlyText(kind), cliponaxis: false },
      ...{ x: own.map(({ x }) => x), y: own.map(({ y }) => y), showlegend: kinds.length > 1 },
      ...{ text: own.map(({ name }) => plotlyText(name)), textposition: "middle right" },
      marker: { color: COLORS[i % COLORS.length], symbol: MARKS[i % MARKS.length], size: 9 },
    };
  });
  const axes = { x: plotlyAxis(x, scales[0]), y: plotlyAxis(y, scales[1]) };
  return { data, layout: plotlyLayout({ title, width, height, ...axes }) };
}

function inWords(points: readonly NamedPoint[], { title, x, y }: ScatterChartOptions): string {
  const lines = points.map(({ name, x, y, kind }) =>
    `${name}${kind ? ` (${kind})` : ""}: ${readable(x)}, ${readable(y)}`
  );
  return `${title} [${axisTitle(x)}, ${axisTitle(y)}]\n${lines.join("\n")}`;
}
