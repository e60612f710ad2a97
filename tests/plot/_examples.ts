import { type Classifier, labelled } from "#lib/classify/mod.ts";
import * as plot from "#lib/plot/mod.ts";
import {
  arcDiagram,
  barChart,
  type Figure,
  heatMap,
  layerHistograms,
  lineChart,
  pathChart,
  scatterChart,
  spread,
  swatches,
} from "#lib/plot/mod.ts";

const orders = [1, 2, 3, 4, 5];

/** Class 1 above the parabola y = x². */
const parabola: Classifier = {
  features: 2,
  classes: 2,
  decisionValues: (x, n) =>
    Float32Array.from(
      { length: 2 * n },
      (_, k) => k % 2 ? 2 * (x[k] - x[k - 1] ** 2) : 0, // x[k - 1], x[k] is the point
    ),
};
const points = labelled([
  { x: [0, 0.5], label: 1 },
  { x: [-1, 0], label: 0 },
  { x: [1, 1.5], label: 1 },
  { x: [1, -0.5], label: 0 },
]);
/** Three classes by the nearest of three corners, with probabilities. */
const corners = {
  features: 2,
  classes: 3,
  decisionValues: (x: Float32Array, n: number) => corners.predictProbabilities(x, n),
  predictProbabilities(x: Float32Array, n: number) {
    const out = new Float32Array(3 * n);
    for (let i = 0; i < n; i++) {
      const near = [[0, 0], [2, 0], [0, 2]].map(([a, b]) =>
        Math.exp(-2 * Math.hypot(x[2 * i] - a, x[2 * i + 1] - b))
      );
      near.forEach((v, c) => out[3 * i + c] = v / (near[0] + near[1] + near[2]));
    }
    return out;
  },
};
const three = labelled([
  { x: [0, 0.1], label: 0 },
  { x: [1.5, 0], label: 1 },
  { x: [0, 1.5], label: 2 },
]);
const range = { x: [-1.5, 1.5], y: [-1, 2] } as const;
const field = plot.decisionField(parabola, { range, side: 6 });

/** One figure of each kind, with what is hard to draw: gaps, lone points, marks of markup. */
export const examples: Readonly<Record<string, Figure>> = {
  line_chart: lineChart([
    { name: "maximum likelihood", x: orders, y: [950, 320, NaN, 610, Infinity] },
    { name: "Kneser–Ney <interpolated>", x: orders, y: [950, 187, 148.28, 143, 141.19] },
  ], {
    title: 'Perplexity of "PTB" & others',
    x: { name: "order n" },
    y: { name: "perplexity", scale: "log" },
    points: true,
  }),
  line_chart_with_range: lineChart([{ name: "train", x: [1e3, 1e6], y: [0.25, 0.5] }], {
    title: "Hits",
    x: { name: "corpus size", unit: "tokens", scale: "log" },
    y: { name: "hits", unit: "%", range: [0, 1] },
    width: 480,
    height: 300,
  }),
  line_chart_with_band: lineChart([
    spread("test", { x: [1, 2, 3], samples: [[3, 2, 4], [2, 2.5, 1.5], [1, 1.1, 1.2]] }),
    { name: "train", x: [1, 2, 3], y: [2, 1, 0.5] },
  ], { title: "Error", x: { name: "units" }, y: { name: "error", unit: "%" } }),
  decision_chart: plot.decisionChart(field, points, {
    title: "Above & below <y = x²>",
    classNames: ["below", "above"],
    grid: plot.planeGrid(range, { lines: 3 }),
  }),
  decision_chart_of_probabilities: plot.decisionChart(
    plot.decisionField(corners, { range: plot.planeRange(three), side: 5 }),
    three,
    { title: "The nearest corner", x: { name: "length", unit: "cm" }, margins: [0.2] },
  ),
  decision_animation: plot.decisionAnimation([
    { label: "before <training>", field: plot.decisionField(parabola, { range, side: 3 }), points },
    { label: "after", field, points, grid: plot.planeGrid(range, { lines: 2 }) },
  ], { title: "Learning", width: 480 }),
  bar_chart: barChart([
    { label: "company", value: 4 / 26 },
    { label: "bank & trust", value: 4 / 26 },
    { label: "a label so long that it is cut before it takes all the room of the bars", value: 0 },
  ], {
    title: "today the ___",
    category: { name: "next word" },
    value: { name: "probability" },
  }),
  bar_chart_standing: barChart([
    { label: "2", value: -1.5 },
    { label: "2", value: 12345.67 },
    { label: "10", value: 400 },
  ], {
    title: "n-grams",
    category: { name: "order n" },
    value: { name: "count", unit: "thousands" },
    orientation: "vertical",
  }),
  arc_diagram: arcDiagram({
    words: ["He", "has", "good", "control", "."],
    tags: ["PRP", "VBZ", "JJ", "NN", "."],
    heads: [2, 0, 4, 2, 2],
    labels: ["nsubj", "root", "amod", "obj", "punct"],
  }),
  arc_diagram_crossing: arcDiagram({
    words: ["A", "hearing", "came", "on", "<the>", "issue"],
    heads: [2, 3, 0, 6, 6, 2],
  }, { title: "Arcs that cross, without tags & labels" }),
  path_chart: pathChart([
    { name: "SGD", x: [3, 1.5, 0.7, 0.3], y: [1, -0.8, 0.6, -0.4] },
    { name: "<leaves>", x: [3, 5, -9], y: [1, 2, -9] },
    { name: "diverges", x: [3, NaN], y: [1, NaN] },
  ], {
    title: "Steps on a bowl & out of it",
    x: { name: "θ₁", range: [-4, 4] },
    y: { name: "θ₂", range: [-2, 2] },
    surface: (x, y) => x ** 2 + 10 * y ** 2,
    levels: [1, 4, 16],
    minimum: [0, 0],
  }),
  layer_histograms: layerHistograms([
    { name: "small & smaller", layers: [[-0.9, 0.1, 0.1, 0.4], [0, 0.01, 0.02], [0, 0, 0]] },
    { name: "large", layers: [[-7, 0.5, 2], [-1, 1, 1], [1, NaN]] },
  ], { title: "Activations", value: { name: "h", range: [-1, 1] }, bins: 8 }),
  heat_map: heatMap({
    rows: ["<He>", "sleeps & a label so long that it is cut before it takes all the room"],
    columns: ["ROOT", "He", "He"],
    values: [[0.125, NaN, 2], [-1, 0.9, Infinity]],
  }, {
    title: 'Heads of "words" & others',
    row: { name: "word" },
    column: { name: "head" },
    value: { name: "probability", range: [0, 1] },
    framed: [[1, 1]],
  }),
  swatches: swatches([
    { name: "<Sea> & foam", rgb: [120, 200.4, 180], note: 'people say "mint"' },
    { name: "a name so long that it is cut before it takes all of the room", rgb: [0, 0, 0] },
    { name: "White", rgb: [255, 255, 255] },
  ], { title: "Names & colours", columns: 2 }),
  scatter_chart: scatterChart([
    { name: "Malt & co", x: 14_000, y: 83.5, kind: "transitions" },
    { name: "beside it", x: 13_000, y: 83.5, kind: "transitions" },
    { name: "<MST>", x: 580, y: 82.5, kind: "graph" },
    {
      name: "a name so long that it is cut before it takes all of the room there is",
      x: 580,
      y: 90,
    },
  ], {
    title: "Speed & accuracy",
    x: { name: "speed", unit: "sentences/s", scale: "log" },
    y: { name: "LAS", unit: "%" },
  }),
};
