import type { Axis, ChartSize, Figure, Json } from "./figure.ts";
import {
  bottomAxis,
  bottomTitle,
  type Frame,
  leftAxis,
  leftOfFrame,
  leftTitle,
  line,
  titleText,
} from "./_frame.ts";
import { readable } from "./_numbers.ts";
import { COLORS, INK } from "./_palette.ts";
import { axisTitleOf, plotlyAxis, plotlyLayout, plotlyText } from "./_plotly.ts";
import { type AxisScale, axisScale, axisTitle } from "./_scale.ts";
import { cutTo, element, roughWidth, svgDocument, text } from "./_svg.ts";

/** One bar of a {@linkcode barChart}. */
export interface Bar {
  /** What the bar stands for. */
  readonly label: string;
  /** Its length; finite. */
  readonly value: number;
}

/** How a {@linkcode barChart} looks. */
export interface BarChartOptions extends ChartSize {
  /** The words above the chart. */
  readonly title: string;
  /** What the labels are. */
  readonly category: Pick<Axis, "name">;
  /** The axis of the values; bars begin at 0, so that it is always linear. */
  readonly value: Omit<Axis, "scale">;
  /**
   * Whether the bars lie, with room for long labels, or stand.
   *
   * @default {"horizontal"}
   */
  readonly orientation?: "horizontal" | "vertical";
}

/** The bars as they are drawn: the frame, the value axis, and the place of each bar. */
interface Drawing {
  frame: Frame;
  values: AxisScale;
  /** Distance between the middles of two bars, in pixels. */
  step: number;
}

/**
 * Bars with their labels and values: the next words and their probabilities.
 *
 * @param bars in the order drawn, from above or from the left
 * @throws {RangeError} if there is no bar, or a value is not finite
 *
 * @example
 * ```ts
 * import { barChart } from "#lib/plot/mod.ts";
 *
 * const figure = barChart([{ label: "books", value: 0.4 }, { label: "exams", value: 0.1 }], {
 *   title: "students opened their …",
 *   category: { name: "next word" },
 *   value: { name: "probability" },
 * });
 * console.assert(figure.words.includes("books 0.4"));
 * ```
 */
export function barChart(bars: readonly Bar[], options: BarChartOptions): Figure {
  const { title, category, value, orientation = "horizontal", width = 640 } = options;
  check(bars, title);
  const lying = orientation === "horizontal";
  const height = options.height ?? (lying ? 100 + 26 * bars.length : 360);
  const labels = Math.min(0.4 * width, Math.max(...bars.map((bar) => roughWidth(bar.label))));
  const [top, bottom, right] = [40, height - 52, width - (lying ? 64 : 16)];
  const values = axisScale(value, {
    values: [0, ...bars.map((bar) => bar.value)],
    pixels: lying ? [labels + 40, right] : [bottom, top],
    ticks: 6,
  });
  const frame = { left: lying ? labels + 40 : leftOfFrame(values), right, top, bottom };
  const span = lying ? frame.bottom - frame.top : frame.right - frame.left;
  const drawing = { frame, values, step: span / bars.length };
  const svg = svgDocument({ width, height }, [
    titleText(title, frame, width),
    lying ? bottomAxis(value, values, frame) : leftAxis(value, values, frame),
    lying ? leftTitle(category.name, frame) : bottomTitle(category.name, frame),
    ...bars.map((bar, i) => lying ? lyingBar(bar, i, drawing) : standingBar(bar, i, drawing)),
    zeroLine(drawing, lying),
  ]);
  const words = `${title} [${axisTitle(value)} for each ${category.name}]\n` +
    bars.map((bar) => `${bar.label} ${readable(bar.value)}`).join(", ");
  return {
    plotly: plotlySpec(bars, { ...options, width, height, lying, scale: values }),
    svg,
    words,
    width,
    height,
  };
}

function check(bars: readonly Bar[], title: string): void {
  if (bars.length === 0) {
    throw new RangeError(`Cannot draw "${title}": expected at least one bar, got none`);
  }
  const bad = bars.find((bar) => !Number.isFinite(bar.value));
  if (bad) {
    throw new RangeError(
      `Cannot draw "${title}": expected finite values, got ${bad.value} for "${bad.label}"`,
    );
  }
}

function lyingBar({ label, value }: Bar, index: number, { frame, values, step }: Drawing): string {
  const middle = frame.top + (index + 0.5) * step;
  const [from, to] = [values.position(Math.min(0, value)), values.position(Math.max(0, value))];
  const thick = 0.72 * step;
  return element("rect", {
    x: from,
    y: middle - thick / 2,
    width: to - from,
    height: thick,
    fill: COLORS[0],
  }) + text(cutTo(label, frame.left - 36), {
    x: frame.left - 7,
    y: middle + 4,
    "text-anchor": "end",
    fill: INK,
  }) + text(readable(value), { x: to + 5, y: middle + 4, fill: INK });
}

function standingBar({ label, value }: Bar, index: number, drawing: Drawing): string {
  const { frame, values, step } = drawing;
  const middle = frame.left + (index + 0.5) * step;
  const [low, high] = [values.position(Math.min(0, value)), values.position(Math.max(0, value))];
  const thick = 0.72 * step, centred = { "text-anchor": "middle", fill: INK };
  const bar = { x: middle - thick / 2, y: high, width: thick, height: low - high, fill: COLORS[0] };
  return element("rect", bar) +
    text(cutTo(label, step), { x: middle, y: frame.bottom + 17, ...centred }) +
    (step < 36 ? "" : text(readable(value), { x: middle, y: high - 5, ...centred }));
}

function zeroLine({ frame, values }: Drawing, lying: boolean): string {
  const zero = values.position(0);
  return lying
    ? line({ x1: zero, x2: zero, y1: frame.top, y2: frame.bottom }, INK)
    : line({ x1: frame.left, x2: frame.right, y1: zero, y2: zero }, INK);
}

/** plotly draws horizontal bars from below: its axis of labels is turned round. */
function plotlySpec(
  bars: readonly Bar[],
  options: BarChartOptions & { width: number; height: number; lying: boolean; scale: AxisScale },
): Figure["plotly"] {
  const { title, width, height, lying } = options;
  const labels = bars.map((bar) => plotlyText(bar.label));
  const values = bars.map((bar) => bar.value);
  // Positions are numbers and the labels tick texts: equal labels stay two bars, "1999" no number.
  const positions = bars.map((_, i) => i);
  const categories: Json = {
    title: axisTitleOf(options.category.name),
    tickmode: "array",
    tickvals: positions,
    ticktext: labels,
    automargin: true,
    ...(lying && { autorange: "reversed" }),
  };
  const trace = {
    type: "bar",
    orientation: lying ? "h" : "v",
    x: lying ? values : positions,
    y: lying ? positions : values,
    text: values.map(readable),
    hovertext: labels,
    hoverinfo: lying ? "x+text" : "y+text",
    textposition: "outside",
    cliponaxis: false,
    marker: { color: COLORS[0] },
  };
  const value = plotlyAxis(options.value, options.scale);
  const axes = lying ? { x: value, y: categories } : { x: categories, y: value };
  return { data: [trace], layout: plotlyLayout({ title, width, height, ...axes }) };
}
