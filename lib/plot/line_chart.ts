// @ts-types="@types/d3"
import { area as areaPath, line as linePath } from "d3";
import type { Axis, ChartSize, Figure, Json } from "./figure.ts";
import { bottomAxis, leftAxis, leftOfFrame, titleText } from "./_frame.ts";
import { legendEntry } from "./_legend.ts";
import { readable } from "./_numbers.ts";
import { COLORS, DASHES } from "./_palette.ts";
import { plotlyAxis, plotlyLayout, plotlyNumbers, plotlyText } from "./_plotly.ts";
import { type AxisScale, axisScale, axisTitle } from "./_scale.ts";
import { element, roughWidth, svgDocument } from "./_svg.ts";

/** One line of a {@linkcode lineChart}. */
export interface Series {
  /** What the line shows; stands beside it. */
  readonly name: string;
  /** Where its points lie along the horizontal axis; finite, as many as `y`. */
  readonly x: ArrayLike<number>;
  /** The values; one that is not finite (a diverged loss) leaves a gap in the line. */
  readonly y: ArrayLike<number>;
  /** The interval about each value, drawn as a band; as many as `y`. See {@linkcode spread}. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
}

/** How a {@linkcode lineChart} looks. */
export interface LineChartOptions extends ChartSize {
  /** The words above the chart. */
  readonly title: string;
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /**
   * Whether each point is marked, not only the line through them.
   *
   * @default {false}
   */
  readonly points?: boolean;
}

/**
 * Lines over a common horizontal axis: learning curves, perplexity against order.
 *
 * @throws {RangeError} if there is no point to draw, `x` and `y` differ in length, an `x` is not
 * finite, or a log axis gets a value that is not positive
 *
 * @example
 * ```ts
 * import { lineChart } from "#lib/plot/mod.ts";
 *
 * const figure = lineChart([{ name: "train", x: [1, 2, 3], y: [3.1, 2.2, 1.9] }], {
 *   title: "Loss",
 *   x: { name: "epoch" },
 *   y: { name: "cross-entropy", unit: "nats per word" },
 * });
 * console.assert(figure.svg.startsWith("<svg"));
 * ```
 */
export function lineChart(series: readonly Series[], options: LineChartOptions): Figure {
  const { title, x, y, points = false, width = 640, height = 360 } = options;
  for (const each of series) check(each, title);
  const names = Math.min(0.35 * width, Math.max(0, ...series.map((s) => roughWidth(s.name))) + 40);
  const [top, bottom, right] = [40, height - 52, width - names - 8];
  const xs = series.flatMap((s) => Array.from(s.x));
  const ys = series.flatMap(({ y, band }) =>
    [y, band?.low ?? [], band?.high ?? []].flatMap(toArray)
  );
  const yScale = axisScale(y, { values: ys, pixels: [bottom, top], ticks: 6 });
  const frame = { left: leftOfFrame(yScale), right, top, bottom };
  const pixels = [frame.left, right] as const;
  const scales = { x: axisScale(x, { values: xs, pixels, ticks: 8 }), y: yScale };
  const svg = svgDocument({ width, height }, [
    titleText(title, frame, width),
    bottomAxis(x, scales.x, frame),
    leftAxis(y, scales.y, frame),
    ...series.map((s, i) => bandArea(s, { ...scales, index: i })),
    ...series.map((s, i) => drawn(s, { ...scales, index: i, points })),
    ...series.map((s, i) => legendEntry(s.name, i, frame, names)),
  ]);
  const layout = plotlyLayout({
    title,
    width,
    height,
    x: plotlyAxis(x, scales.x),
    y: plotlyAxis(y, scales.y),
  });
  const data = series.flatMap((s, i) => [...bandTraces(s, i), trace(s, i, points)]);
  return { plotly: { data, layout }, svg, words: inWords(series, options), width, height };
}

function toArray(values: ArrayLike<number>): number[] {
  return Array.from(values);
}

function check({ name, x, y, band }: Series, title: string): void {
  if (band && !(band.low.length === y.length && band.high.length === y.length)) {
    throw new RangeError(
      `Cannot draw "${title}": expected a band of ${y.length} intervals in "${name}", got ` +
        `${band.low.length} and ${band.high.length}`,
    );
  }
  if (x.length !== y.length) {
    throw new RangeError(
      `Cannot draw "${title}": expected as many x as y in "${name}", got ${x.length} and ` +
        `${y.length}`,
    );
  }
  const bad = Array.from(x).findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(
      `Cannot draw "${title}": expected finite x in "${name}", got ${x[bad]} at point ${bad}`,
    );
  }
}

/** The band of a series, where both of its sides are finite. */
function bandArea(
  { x, band }: Series,
  options: { x: AxisScale; y: AxisScale; index: number },
): string {
  if (!band) return "";
  const { low, high } = band;
  const area = areaPath<number>((i) => options.x.position(x[i]), (i) => options.y.position(low[i]))
    .y1((i) => options.y.position(high[i]))
    .defined((i) => Number.isFinite(low[i]) && Number.isFinite(high[i])).digits(1);
  return element("path", {
    d: area(Array.from(x, (_, i) => i)) ?? "",
    fill: COLORS[options.index % COLORS.length],
    "fill-opacity": "0.15",
  });
}

/** The line of a series: gaps where values are not finite, a mark where a point stands alone. */
function drawn(
  { x, y }: Series,
  options: { x: AxisScale; y: AxisScale; index: number; points: boolean },
): string {
  const { index, points } = options;
  const color = COLORS[index % COLORS.length];
  const path = linePath<number>((i) => options.x.position(x[i]), (i) => options.y.position(y[i]))
    .defined((i) => Number.isFinite(y[i])).digits(1);
  const isAlone = (i: number) => !Number.isFinite(y[i - 1]) && !Number.isFinite(y[i + 1]);
  const marks = Array.from(
    y,
    (value, i) =>
      Number.isFinite(value) && (points || isAlone(i))
        ? element("circle", {
          cx: options.x.position(x[i]),
          cy: options.y.position(value),
          r: 3,
          fill: color,
        })
        : "",
  );
  const shape = element("path", {
    d: path(Array.from(y, (_, i) => i)) ?? "",
    fill: "none",
    stroke: color,
    "stroke-width": "1.8",
    "stroke-dasharray": DASHES[index % DASHES.length].svg,
  });
  return shape + marks.join("");
}

/** The band as two lines with the space between them filled. */
function bandTraces({ x, band }: Series, index: number): { [name: string]: Json }[] {
  if (!band) return [];
  const side = { type: "scatter", mode: "lines", showlegend: false, hoverinfo: "skip" };
  const edge = { ...side, x: plotlyNumbers(x), line: { width: 0 } };
  const fillcolor = `${COLORS[index % COLORS.length]}26`;
  return [
    { ...edge, y: plotlyNumbers(band.low) },
    { ...edge, y: plotlyNumbers(band.high), fill: "tonexty", fillcolor },
  ];
}

function trace(series: Series, index: number, points: boolean): { [name: string]: Json } {
  const color = COLORS[index % COLORS.length];
  return {
    type: "scatter",
    mode: points ? "lines+markers" : "lines",
    name: plotlyText(series.name),
    showlegend: true,
    ...(points && { cliponaxis: false }), // whole marks at the edge
    x: plotlyNumbers(series.x),
    y: plotlyNumbers(series.y),
    line: { color, width: 2, dash: DASHES[index % DASHES.length].plotly },
  };
}

function inWords(series: readonly Series[], { title, x, y }: LineChartOptions): string {
  const lines = series.map(({ name, x: at, y: values, band }) => {
    const finite = Array.from(values, (_, i) => i).filter((i) => Number.isFinite(values[i]));
    if (finite.length === 0) return `${name}: no finite value`;
    const say = (i: number) => `${readable(values[i])} at ${readable(at[i])}`;
    const by = (sign: 1 | -1) =>
      say(finite.reduce((best, i) => sign * values[i] > sign * values[best] ? i : best));
    const last = finite.at(-1)!;
    const interval = band
      ? `; interval at the end ${readable(band.low[last])} to ${readable(band.high[last])}`
      : "";
    return `${name}: from ${say(finite[0])} to ${say(last)}; ` +
      `least ${by(-1)}, greatest ${by(1)}${interval}`;
  });
  return `${title} [${axisTitle(y)} against ${axisTitle(x)}]\n${lines.join("\n")}`;
}
