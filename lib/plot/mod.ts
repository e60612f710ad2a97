/**
 * Figures and small tables. A figure is a pure value: data and options in, three forms of the same
 * picture out (plotly's data, SVG, words). {@linkcode show} sends it to the notebook.
 *
 * ```ts
 * import { barChart, show } from "#lib/plot/mod.ts";
 *
 * show(barChart([{ label: "books", value: 0.4 }, { label: "exams", value: 0.1 }], {
 *   title: "students opened their …",
 *   category: { name: "next word" },
 *   value: { name: "probability" },
 * }));
 * ```
 *
 * @module
 */
export { arcDiagram } from "./arc_diagram.ts";
export type { ArcDiagramData, ArcDiagramOptions } from "./arc_diagram.ts";
export { barChart } from "./bar_chart.ts";
export type { Bar, BarChartOptions } from "./bar_chart.ts";
export { decisionAnimation } from "./decision_animation.ts";
export type { DecisionAnimationOptions, DecisionFrame } from "./decision_animation.ts";
export { decisionChart } from "./decision_chart.ts";
export type { DecisionOptions } from "./decision_chart.ts";
export { decisionField, planeGrid, planeRange } from "./decision_field.ts";
export type { DecisionField, DecisionFieldOptions, PlaneRange } from "./decision_field.ts";
export { live, mimeBundle, show } from "./display.ts";
export type { LiveDisplay } from "./display.ts";
export type { Axis, ChartSize, Figure, Json, PlotlySpec } from "./figure.ts";
export { heatMap } from "./heat_map.ts";
export type { HeatMapData, HeatMapOptions } from "./heat_map.ts";
export { interruptSignal, tick } from "./interrupt.ts";
export { untilStopped } from "./until_stopped.ts";
export { layerHistograms } from "./layer_histograms.ts";
export type { LayerHistogramsOptions, LayerPanel } from "./layer_histograms.ts";
export { lineChart } from "./line_chart.ts";
export type { LineChartOptions, Series } from "./line_chart.ts";
export { nextWordChart } from "./next_word_chart.ts";
export type { NextWordChartOptions } from "./next_word_chart.ts";
export { pathChart } from "./path_chart.ts";
export type { PathChartOptions, SurfacePath } from "./path_chart.ts";
export { scaleFromEnvironment } from "./scale.ts";
export type { Scale } from "./scale.ts";
export { spread } from "./spread.ts";
export { scatterChart } from "./scatter_chart.ts";
export type { NamedPoint, ScatterChartOptions } from "./scatter_chart.ts";
export { swatches } from "./swatches.ts";
export type { Swatch, SwatchesOptions } from "./swatches.ts";
export { table } from "./table.ts";
export type { Cell, Row, Table, TableOptions } from "./table.ts";
