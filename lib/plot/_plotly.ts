import type { Axis, Json } from "./figure.ts";
import { axisTitle } from "./_scale.ts";
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

/** A value axis in plotly's words; plotly gives the range of a log axis in powers of ten. */
export function plotlyAxis(axis: Axis): { [name: string]: Json } {
  const log = axis.scale === "log";
  return {
    title: axisTitleOf(axisTitle(axis)),
    type: log ? "log" : "linear",
    gridcolor: "#dddddd",
    zeroline: false,
    automargin: true,
    ...(axis.range && { range: log ? axis.range.map(Math.log10) : axis.range }),
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
