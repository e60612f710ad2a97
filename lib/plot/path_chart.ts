// @ts-types="@types/d3"
import { contours } from "d3";
import type { Axis, ChartSize, Figure, Json } from "./figure.ts";
import { bottomAxis, leftAxis, leftOfFrame, titleText } from "./_frame.ts";
import { legendEntry } from "./_legend.ts";
import { readable } from "./_numbers.ts";
import { COLORS, DASHES, GRID, INK } from "./_palette.ts";
import { plotlyAxis, plotlyLayout, plotlyNumbers, plotlyText } from "./_plotly.ts";
import { type AxisScale, axisScale, axisTitle } from "./_scale.ts";
import { element, roughWidth, svgDocument, tenths } from "./_svg.ts";

/** A way over a surface, such as an optimizer's steps. */
export interface SurfacePath {
  /** Who goes; stands in the legend. */
  readonly name: string;
  /** The places in order, the first one included; one that is not finite ends the drawing. */
  readonly x: ArrayLike<number>;
  /** As many as `x`. */
  readonly y: ArrayLike<number>;
}

/** How a {@linkcode pathChart} looks. */
export interface PathChartOptions extends ChartSize {
  /** The words above the chart. */
  readonly title: string;
  /** The horizontal axis, with its range. */
  readonly x: Axis & { readonly range: readonly [number, number] };
  /** The vertical axis, with its range. */
  readonly y: Axis & { readonly range: readonly [number, number] };
  /** The height of the surface at a place; finite within the ranges. */
  readonly surface: (x: number, y: number) => number;
  /** The heights of the contour lines, ascending. */
  readonly levels: readonly number[];
  /** The surface's lowest place, marked with a cross. @default {none} */
  readonly minimum?: readonly [number, number];
}

const SIDE = 40; // samples of the surface along each axis

/**
 * Ways over a surface seen from above: contour lines, and each way as a line from a ring to a disc. What
 * lies outside the ranges is not drawn.
 *
 * @throws {RangeError} if there is no way, or one has not as many x as y
 *
 * @example
 * ```ts
 * import { pathChart } from "#lib/plot/mod.ts";
 *
 * const figure = pathChart([{ name: "SGD", x: [3, 1.5, 0.7], y: [1, -0.8, 0.6] }], {
 *   title: "Steps",
 *   x: { name: "θ₁", range: [-4, 4] },
 *   y: { name: "θ₂", range: [-2, 2] },
 *   surface: (x, y) => x ** 2 + 10 * y ** 2,
 *   levels: [1, 4, 16],
 * });
 * console.assert(figure.words.includes("SGD: 2 steps"));
 * ```
 */
export function pathChart(paths: readonly SurfacePath[], options: PathChartOptions): Figure {
  const { title, x, y, width = 640, height = 400 } = options;
  if (paths.length === 0) throw new RangeError(`Cannot draw "${title}": expected a way, got none`);
  const uneven = paths.find((path) => path.x.length !== path.y.length);
  if (uneven) {
    throw new RangeError(
      `Cannot draw "${title}": expected as many x as y in "${uneven.name}", got ` +
        `${uneven.x.length} and ${uneven.y.length}`,
    );
  }
  const names = Math.max(0, ...paths.map(({ name }) => roughWidth(name))) + 48;
  const [top, bottom, right] = [40, height - 52, width - Math.min(0.35 * width, names) - 8];
  const yScale = axisScale(y, { values: y.range, pixels: [bottom, top], ticks: 6 });
  const frame = { left: leftOfFrame(yScale), right, top, bottom };
  const xScale = axisScale(x, { values: x.range, pixels: [frame.left, right], ticks: 8 });
  const scales = { x: xScale, y: yScale };
  const svg = svgDocument({ width, height }, [
    titleText(title, frame, width),
    bottomAxis(x, xScale, frame),
    leftAxis(y, yScale, frame),
    contourLines(options, scales),
    ...paths.map((path, i) => way(visible(path, options), i, scales)),
    cross(options, scales),
    ...paths.map(({ name }, i) => legendEntry(name, i, frame, width - right - 10)),
  ]);
  const layout = plotlyLayout({
    ...{ title, width, height, x: plotlyAxis(x, xScale), y: plotlyAxis(y, yScale) },
  });
  const data = [surfaceTrace(options), ...paths.map(pathTrace)];
  return { plotly: { data, layout }, svg, words: inWords(paths, options), width, height };
}

interface Scales {
  x: AxisScale;
  y: AxisScale;
}

/** Heights at SIDE × SIDE places, the lowest y first. */
function heights({ x, y, surface }: PathChartOptions): number[] {
  const at = ([low, high]: readonly [number, number], i: number) =>
    low + (high - low) * i / (SIDE - 1);
  return Array.from(
    { length: SIDE * SIDE },
    (_, i) => surface(at(x.range, i % SIDE), at(y.range, Math.floor(i / SIDE))),
  );
}

/** d3's contours lie on [0, SIDE]², with the samples in the middles of the unit squares. */
function contourLines(options: PathChartOptions, { x, y }: Scales): string {
  const { range: [x0, x1] } = options.x, { range: [y0, y1] } = options.y;
  const share = (k: number) => Math.min(1, Math.max(0, (k - 0.5) / (SIDE - 1)));
  const isOnEdge = (place: number[]) => place.some((k) => share(k) === 0 || share(k) === 1);
  const pixel = ([i, j]: number[]) =>
    `${tenths(x.position(x0 + share(i) * (x1 - x0)))},` +
    tenths(y.position(y0 + share(j) * (y1 - y0)));
  const piece = (ring: number[][]) =>
    // without what runs along the frame
    ring.map((place, k) =>
      (k === 0 || isOnEdge(place) && isOnEdge(ring[k - 1]) ? "M" : "L") + pixel(place)
    ).join("");
  const lower = heights(options).map((height) => -height); // regions below a level
  return contours().size([SIDE, SIDE]).thresholds(options.levels.map((level) => -level))(lower)
    .map(({ coordinates }) =>
      element("path", {
        d: coordinates.flat().map(piece).join(""),
        ...{ fill: "none", stroke: "#999999", "stroke-width": "0.8" },
      })
    ).join("");
}

/** The first part of a way that stays within the ranges. */
function visible({ x, y }: SurfacePath, options: PathChartOptions): [number, number][] {
  const within = (value: number, [low, high]: readonly [number, number]) =>
    value >= low && value <= high;
  const places = Array.from(x, (value, i): [number, number] => [value, y[i]]);
  const out = places.findIndex(([a, b]) =>
    !within(a, options.x.range) || !within(b, options.y.range)
  );
  return out < 0 ? places : places.slice(0, out);
}

function way(places: readonly [number, number][], index: number, { x, y }: Scales): string {
  if (places.length === 0) return "";
  const color = COLORS[index % COLORS.length];
  const at = ([a, b]: readonly [number, number]) => [x.position(a), y.position(b)];
  const d = `M${places.map((place) => at(place).map(tenths).join(",")).join("L")}`;
  const [[startX, startY], [endX, endY]] = [at(places[0]), at(places.at(-1)!)];
  const dash = DASHES[index % DASHES.length].svg;
  return element("path", {
    ...{ d, fill: "none", stroke: color, "stroke-width": "1.8", "stroke-dasharray": dash },
  }) +
    element("circle", { cx: startX, cy: startY, r: 4, fill: "#ffffff", stroke: INK }) +
    element("circle", { cx: endX, cy: endY, r: 4, fill: color });
}

function cross({ minimum }: PathChartOptions, { x, y }: Scales): string {
  if (!minimum) return "";
  const [px, py] = [tenths(x.position(minimum[0]) - 5), tenths(y.position(minimum[1]))];
  const down = `M${tenths(x.position(minimum[0]))},${tenths(y.position(minimum[1]) - 5)}v10`;
  return element("path", { d: `M${px},${py}h10${down}`, stroke: INK, "stroke-width": "1.6" });
}

function surfaceTrace(options: PathChartOptions): { [name: string]: Json } {
  const { x: { range: [x0, x1] }, y: { range: [y0, y1] }, levels } = options;
  const z = heights(options).map((h) => Math.round(h * 1000) / 1000);
  return {
    ...{ type: "contour", x0, dx: (x1 - x0) / (SIDE - 1), y0, dy: (y1 - y0) / (SIDE - 1) },
    z: Array.from({ length: SIDE }, (_, row) => z.slice(row * SIDE, (row + 1) * SIDE)),
    contours: { start: levels[0], end: levels.at(-1)!, coloring: "none" },
    ...{ ncontours: levels.length, line: { color: GRID }, hoverinfo: "skip", showlegend: false },
  };
}

function pathTrace({ name, x, y }: SurfacePath, index: number): { [name: string]: Json } {
  const color = COLORS[index % COLORS.length];
  return {
    ...{ type: "scatter", mode: "lines+markers", name: plotlyText(name), showlegend: true },
    ...{ x: plotlyNumbers(x), y: plotlyNumbers(y), marker: { size: 3, color } },
    line: { color, width: 2, dash: DASHES[index % DASHES.length].plotly },
  };
}

function inWords(paths: readonly SurfacePath[], options: PathChartOptions): string {
  const { title, x, y, surface } = options;
  const lines = paths.map(({ name, x: xs, y: ys }) => {
    const last = xs.length - 1;
    const end = Number.isFinite(xs[last]) && Number.isFinite(ys[last])
      ? `height ${readable(surface(xs[0], ys[0]))} to ${readable(surface(xs[last], ys[last]))}`
      : "diverged";
    return `${name}: ${last} steps, ${end}`;
  });
  return `${title} [${axisTitle(y)} against ${axisTitle(x)}]\n${lines.join("\n")}`;
}
