import type { Panel } from "./_decision_panel.ts";
import { COLORS, INK } from "./_palette.ts";
import { plotlyText } from "./_plotly.ts";
import type { Json } from "./figure.ts";

/** A trace in plotly's words. */
type Trace = { readonly [attribute: string]: Json };

/** The panel's content as plotly's traces, always as many: decisions, net, points of each class. */
export function panelTraces(panel: Panel, names: readonly string[]): Trace[] {
  const { field, points, grid = [] } = panel;
  const { x, y } = coordinates(panel);
  const place = { x, y, showscale: false, hoverinfo: "skip" };
  const decided = field.classes === 2 ? twoClasses(panel) : winners(panel);
  const net = {
    ...{ type: "scatter", mode: "lines", showlegend: false, hoverinfo: "skip" },
    // plotly drops a trace without points, and frames count traces: there is always a gap
    x: [null, ...grid.flatMap((line) => [...rounded(line.filter((_, i) => i % 2 === 0)), null])],
    y: [null, ...grid.flatMap((line) => [...rounded(line.filter((_, i) => i % 2 === 1)), null])],
    line: { color: INK, width: 0.5 },
  };
  const marks = names.map((name, c): Trace => {
    const own = Array.from(points.y.keys()).filter((i) => points.y[i] === c);
    return {
      ...{ type: "scatter", mode: "markers", name: plotlyText(name), showlegend: true },
      x: rounded(own.map((i) => points.x[2 * i])),
      y: rounded(own.map((i) => points.x[2 * i + 1])),
      marker: {
        color: COLORS[c % COLORS.length],
        symbol: ["circle", "square"][c % 2] + (c > 1 ? "-dot" : ""),
        size: 6,
        line: { color: "#ffffff", width: 1 },
      },
    };
  });
  return [{ ...place, ...decided }, net, ...marks];
}

function coordinates({ field: { range, side } }: Panel) {
  const along = ([least, greatest]: readonly [number, number]) =>
    rounded(Array.from({ length: side }, (_, i) => least + (greatest - least) * i / (side - 1)));
  return { x: along(range.x), y: along(range.y) };
}

/** How far class 1 is ahead, filled from one class's colour to the other's, with lines at margins. */
function twoClasses({ field, margins }: Panel): Trace {
  const [margin = 1] = margins;
  const greatest = field.isProbability ? 1 : Math.max(margin, ...field.leads[1].map(Math.abs));
  return {
    type: "contour",
    z: rows(field.leads[1], field.side),
    ...{ zmin: -greatest, zmax: greatest, zauto: false, autocontour: false },
    contours: { start: -margin, end: margin, size: margin, coloring: "fill", showlines: true },
    line: { color: INK, width: 1 },
    colorscale: [[0, `${COLORS[0]}99`], [0.5, "#ffffff"], [1, `${COLORS[1]}99`]],
  };
}

/** The class decided, a colour each. */
function winners({ field: { leads, classes, side } }: Panel): Trace {
  const decided = leads[0].map((_, i) => leads.findIndex((lead) => lead[i] >= 0));
  const bands = Array.from({ length: classes }, (_, c): Json => [
    [c / classes, `${COLORS[c % COLORS.length]}66`],
    [(c + 1) / classes, `${COLORS[c % COLORS.length]}66`],
  ]);
  return {
    ...{ type: "heatmap", z: rows(decided, side), zmin: -0.5, zmax: classes - 0.5 },
    colorscale: bands.flat(),
  };
}

function rows(values: Float64Array, side: number): Json {
  return Array.from({ length: side }, (_, r) => rounded(values.subarray(r * side, (r + 1) * side)));
}

/** To two decimals: what an eye can tell apart, in few bytes. */
function rounded(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => Math.round(value * 100) / 100);
}
