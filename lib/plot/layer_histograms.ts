import type { Axis, ChartSize, Figure, Json } from "./figure.ts";
import { bottomAxis, type Frame, leftTitle, line, titleRoom } from "./_frame.ts";
import { readable } from "./_numbers.ts";
import { COLORS, INK } from "./_palette.ts";
import { axisTitleOf, plotlyAxis, plotlyLayout, plotlyText } from "./_plotly.ts";
import { type AxisScale, axisScale, axisTitle } from "./_scale.ts";
import { cutTo, element, svgDocument, tenths, text } from "./_svg.ts";

/** The values in each layer of one network. */
export interface LayerPanel {
  /** What tells this network from the others; stands above its panel. */
  readonly name: string;
  /** The values of each layer, the first layer first. */
  readonly layers: readonly ArrayLike<number>[];
}

/** How {@linkcode layerHistograms} look. */
export interface LayerHistogramsOptions extends ChartSize {
  /** The words above the chart. */
  readonly title: string;
  /** The axis of the values, with its range; values outside are counted in the outermost bins. */
  readonly value: Axis & { readonly range: readonly [number, number] };
  /** Bins along the range. @default {40} */
  readonly bins?: number;
}

/**
 * How values are distributed in each layer: a panel for each network, in it a histogram for each layer,
 * the first one above. Each histogram is drawn to its own highest bin.
 *
 * @throws {RangeError} if there is no panel, or the panels differ in their number of layers
 *
 * @example
 * ```ts
 * import { layerHistograms } from "#lib/plot/mod.ts";
 *
 * const figure = layerHistograms([{ name: "small", layers: [[-0.5, 0.1, 0.4], [0, 0.01, 0.02]] }], {
 *   title: "Activations",
 *   value: { name: "h", range: [-1, 1] },
 * });
 * console.assert(figure.words.includes("small: layer 1"));
 * ```
 */
export function layerHistograms(
  panels: readonly LayerPanel[],
  options: LayerHistogramsOptions,
): Figure {
  const { title, value, width = 200 * panels.length + 60, height = 400 } = options;
  const layers = panels[0]?.layers.length ?? 0;
  if (layers === 0 || panels.some((panel) => panel.layers.length !== layers)) {
    throw new RangeError(
      `Cannot draw "${title}": expected panels of equally many layers, got ` +
        `[${panels.map((panel) => panel.layers.length).join(", ")}]`,
    );
  }
  const shapes = panels.map((panel) => panel.layers.map((values) => histogram(values, options)));
  const frames = panels.map((_, i) => frameOf(i, panels.length, { width, height }));
  const svg = svgDocument({ width, height }, [
    text(cutTo(title, titleRoom(width)), {
      ...{ x: 16, y: 20, "font-size": 14, "font-weight": "bold", fill: INK },
    }),
    leftTitle("layer", frames[0]),
    ...panels.map(({ name }, i) =>
      panelPart(name, shapes[i], { frame: frames[i], value, index: i })
    ),
  ]);
  const plotly = plotlySpec(panels, shapes, { ...options, width, height });
  return { plotly, svg, words: inWords(panels, options), width, height };
}

/** The share of the highest bin that each bin has, from 0 to 1. */
function histogram(
  values: ArrayLike<number>,
  { value: { range: [low, high] }, bins = 40 }: LayerHistogramsOptions,
): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const v of Array.from(values)) {
    if (Number.isNaN(v)) continue;
    counts[Math.min(bins - 1, Math.max(0, Math.floor(bins * (v - low) / (high - low))))]++;
  }
  const highest = Math.max(1, ...counts);
  return counts.map((count) => count / highest);
}

function frameOf(index: number, count: number, size: { width: number; height: number }): Frame {
  const step = (size.width - 52) / count;
  const left = 52 + index * step;
  return { left, right: left + step - 16, top: 58, bottom: size.height - 52 };
}

function panelPart(
  name: string,
  shapes: readonly number[][],
  { frame, value, index }: { frame: Frame; value: LayerHistogramsOptions["value"]; index: number },
): string {
  const scale: AxisScale = axisScale(value, {
    ...{ values: value.range, pixels: [frame.left, frame.right], ticks: 4 },
  });
  const step = (frame.bottom - frame.top) / shapes.length;
  const width = frame.right - frame.left;
  const rows = shapes.map((shape, layer) => {
    const base = frame.top + (layer + 1) * step;
    const d = shape.map((share, bin) => {
      if (share === shape[bin - 1]) return ""; // goes on at the same height
      const y = tenths(base - share * 0.9 * step);
      return `H${tenths(frame.left + width * bin / shape.length)}V${y}`;
    }).join("") + `H${tenths(frame.right)}`;
    const isLabelled = index === 0 &&
      (layer === 0 || (layer + 1) % Math.ceil(shapes.length / 10) === 0);
    return element("path", {
      d: `M${tenths(frame.left)},${tenths(base)}${d}V${tenths(base)}Z`,
      fill: COLORS[index % COLORS.length],
      "fill-opacity": "0.75",
    }) + (isLabelled
      ? text(String(layer + 1), {
        ...{ x: frame.left - 6, y: base - 2, "text-anchor": "end", fill: INK },
      })
      : "");
  });
  const ends = { x1: frame.left, x2: frame.right, y1: frame.bottom, y2: frame.bottom };
  return text(cutTo(name, width), { x: frame.left, y: frame.top - 8, fill: INK }) +
    bottomAxis(value, scale, frame) + rows.join("") + line(ends, INK);
}

function plotlySpec(
  panels: readonly LayerPanel[],
  shapes: readonly number[][][],
  options: LayerHistogramsOptions & { width: number; height: number },
): Figure["plotly"] {
  const { title, value, width, height } = options;
  const scale = axisScale(value, { values: value.range, pixels: [0, 160], ticks: 4 });
  const layers = panels[0].layers.length, [low, high] = value.range;
  const y: Json = {
    title: axisTitleOf("layer"),
    ...{ autorange: "reversed", tickvals: [1, layers], zeroline: false },
  };
  const axes = panels.map((_, i): [string, Json][] => [
    [`xaxis${i ? i + 1 : ""}`, {
      ...plotlyAxis(value, scale) as Record<string, Json>,
      domain: [(i + 0.06) / panels.length, (i + 0.94) / panels.length],
    }],
  ]);
  const data = panels.map(({ name }, i): { [name: string]: Json } => ({
    ...{ type: "heatmap", name: plotlyText(name), showscale: false },
    ...{ xaxis: `x${i ? i + 1 : ""}`, yaxis: "y" },
    x0: low + (high - low) / shapes[i][0].length / 2,
    dx: (high - low) / shapes[i][0].length,
    ...{ y0: 1, dy: 1, z: shapes[i].map((shape) => shape.map(thousandths)) },
    colorscale: [[0, "#ffffff"], [1, COLORS[i % COLORS.length]]],
  }));
  const annotations = panels.map(({ name }, i): Json => ({
    ...{ text: plotlyText(name), showarrow: false, xref: "paper", yref: "paper" },
    ...{ x: (i + 0.06) / panels.length, y: 1, xanchor: "left", yanchor: "bottom" },
  }));
  const base = plotlyLayout({ title, width, height, x: {}, y });
  return { data, layout: { ...base, ...Object.fromEntries(axes.flat()), annotations } };
}

function thousandths(share: number): number {
  return Math.round(1000 * share) / 1000;
}

function inWords(panels: readonly LayerPanel[], { title, value }: LayerHistogramsOptions): string {
  const say = (values: ArrayLike<number>) => {
    const all = Array.from(values), mean = all.reduce((sum, v) => sum + v, 0) / all.length;
    const variance = all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / all.length;
    return `mean ${readable(mean)}, standard deviation ${readable(Math.sqrt(variance))}`;
  };
  const lines = panels.map(({ name, layers }) =>
    `${name}: layer 1 ${say(layers[0])}; layer ${layers.length} ${say(layers.at(-1)!)}`
  );
  return `${title} [${axisTitle(value)}]\n${lines.join("\n")}`;
}
