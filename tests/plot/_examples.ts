import {
  arcDiagram,
  barChart,
  type Figure,
  layerHistograms,
  lineChart,
  pathChart,
} from "#lib/plot/mod.ts";

const orders = [1, 2, 3, 4, 5];

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
};
