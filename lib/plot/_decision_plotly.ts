import type { Panel } from "./_decision_panel.ts";
import { COLORS, INK } from "./_palette.ts";
import { plotlyText } from "./_plotly.ts";
import type { DecisionField } from "./decision_field.ts";
import type { Json } from "./figure.ts";

/** A trace in plotly's words. */
type Trace = { readonly [attribute: string]: Json };

/** The panel's content as plotly's traces, always as many: decisions, net, points of each class. */
export function panelTraces(panel: Panel, names: readonly string[]): Trace[] {
  const { field, points, grid = [] } = panel;
  const place = { ...placeOf(field), showscale: false, hoverinfo: "skip" };
  const decided = field.classes === 2 ? twoClasses(panel) : winners(panel);
  const net = {
    ...{ type: "scatter", mode: "lines", showlegend: false, hoverinfo: "skip" },
    // plotly drops a trace without points, and frames count traces: there is always a gap
    x: floats([NaN, ...grid.flatMap((line) => [...line.filter((_, i) => i % 2 === 0), NaN])]),
    y: floats([NaN, ...grid.flatMap((line) => [...line.filter((_, i) => i % 2 === 1), NaN])]),
    line: { color: INK, width: 0.5 },
  };
  const marks = names.map((name, c): Trace => {
    const own = Array.from(points.y.keys()).filter((i) => points.y[i] === c);
    return {
      ...{ type: "scatter", mode: "markers", name: plotlyText(name), showlegend: true },
      x: floats(own.map((i) => points.x[2 * i])),
      y: floats(own.map((i) => points.x[2 * i + 1])),
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

/** Where the samples stand, in plotly's words. */
function placeOf({ range, side }: DecisionField): Trace {
  const step = ([least, greatest]: readonly [number, number]) => (greatest - least) / (side - 1);
  return { x0: range.x[0], dx: step(range.x), y0: range.y[0], dy: step(range.y) };
}

/** How far class 1 is ahead, filled from one class's colour to the other's, with lines at margins. */
function twoClasses({ field, margins }: Panel): Trace {
  const [margin = 1] = margins, leads = field.leads[1];
  const greatest = field.isProbability ? 1 : Math.max(margin, ...leads.map(Math.abs));
  // in steps of a hundredth of the greatest: a byte each
  const unit = greatest / 100, level = margin / unit;
  return {
    type: "contour",
    z: matrix(leads.map((lead) => lead / unit), field.side),
    ...{ zmin: -100, zmax: 100, zauto: false, autocontour: false },
    contours: { start: -level, end: level, size: level, coloring: "fill", showlines: true },
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
    ...{ type: "heatmap", z: matrix(decided, side), zmin: -0.5, zmax: classes - 0.5 },
    colorscale: bands.flat(),
  };
}

/**
 * Numbers as plotly reads them from base64 (since plotly.js 2.35): a notebook stores each number of
 * an array on a line of its own, ten times as large.
 */
function matrix(values: Float64Array, side: number): Json {
  const bytes = new Uint8Array(Int8Array.from(values, Math.round).buffer);
  return { dtype: "i1", bdata: bytes.toBase64(), shape: `${side}, ${side}` };
}

function floats(values: readonly number[]): Json {
  return { dtype: "f4", bdata: new Uint8Array(Float32Array.from(values).buffer).toBase64() };
}
