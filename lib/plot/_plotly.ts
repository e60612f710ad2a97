import type { Axis, Json } from "./figure.ts";
import { type AxisScale, axisTitle } from "./_scale.ts";
import { escapeMarkup } from "./_svg.ts";

/** What both kinds of chart say about themselves to plotly. */
export function plotlyLayout(
  options: { title: string; width: number; height: number; x: Json; y: Json },
): Record<string, Json> {
  const { title, width, height, x, y } = options;
  return {
    title: { text: plotlyText(title), font: { size: 15 }, x: 0.02, xanchor: "left" },
    xaxis: x,
    yaxis: y,
    width,
    height,
    margin: { t: 48, r: 16, b: 56, l: 64 },
    font: { family: "sans-serif", size: 12, color: "#333333" },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
  };
}

/**
 * A value axis in plotly's words. On a log axis plotly would label 200 as "2", and it gives ranges
 * in powers of ten; so it gets the labels of the static picture.
 */
export function plotlyAxis(axis: Axis, { ticks }: AxisScale): { [name: string]: Json } {
  const labelled = ticks.filter(({ label }) => label !== "");
  const log = {
    type: "log",
    ...(axis.range && { range: axis.range.map(Math.log10) }),
    tickvals: labelled.map(({ value }) => value),
    ticktext: labelled.map(({ label }) => label),
  };
  return {
    title: axisTitleOf(axisTitle(axis)),
    gridcolor: "#dddddd",
    zeroline: false,
    automargin: true,
    ...(axis.scale === "log" ? log : { type: "linear", ...(axis.range && { range: axis.range }) }),
  };
}

/** The words beside an axis, clear of its labels. */
export function axisTitleOf(words: string): Json {
  return { text: plotlyText(words), font: { size: 12 }, standoff: 12 };
}

/** plotly reads some HTML tags and entities in its texts; here they are only characters. */
export function plotlyText(text: string): string {
  return escapeMarkup(text).replaceAll("&#39;", "'").replaceAll("&quot;", '"');
}

/** Numbers for plotly; what is not finite is a gap. */
export function plotlyNumbers(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (value) => Number.isFinite(value) ? value : null);
}
