import type { Classifier, Examples } from "#lib/classify/mod.ts";
import { checkedPanel, classMarks, DASHED, type Panel, panelParts } from "./_decision_panel.ts";
import { panelTraces } from "./_decision_plotly.ts";
import { bottomAxis, type Frame, leftAxis, leftOfFrame, titleText } from "./_frame.ts";
import { readable } from "./_numbers.ts";
import { INK } from "./_palette.ts";
import { plotlyAxis, plotlyLayout } from "./_plotly.ts";
import { axisScale } from "./_scale.ts";
import { cutTo, element, roughWidth, svgDocument, tenths, text } from "./_svg.ts";
import { type DecisionField, decisionField, planeRange } from "./decision_field.ts";
import type { Axis, ChartSize, Figure } from "./figure.ts";

/** How decisions are drawn. */
export interface DecisionOptions extends ChartSize {
  /** The words above the chart. */
  readonly title: string;
  /** The first feature. @default {x₁} */
  readonly x?: Pick<Axis, "name" | "unit">;
  /** The second feature. @default {x₂} */
  readonly y?: Pick<Axis, "name" | "unit">;
  /** Names of the classes. @default {class 0, class 1, …} */
  readonly classNames?: readonly string[];
  /**
   * How far a class must be ahead for a second contour and a stronger colour, ascending; the first
   * is drawn dashed. @default {of probabilities 0.5 (0.75 to 0.25) and 0.9, of others 1}
   */
  readonly margins?: readonly number[];
  /** Lines drawn below the points, such as a {@linkcode planeGrid} bent by a hidden layer. */
  readonly grid?: readonly Float32Array[];
}

/**
 * What a classifier decides where in the plane: a colour for each class, the decision boundary, the
 * margins, and the examples.
 *
 * @param decisions a classifier of the plane, asked all around the points, or what it once said
 * @throws {RangeError} if examples or classifier are not of the plane, or differ in their classes
 *
 * @example
 * ```ts
 * import { blobs, linearSvm } from "#lib/feedforward/mod.ts";
 * import { decisionChart } from "#lib/plot/mod.ts";
 * import { seeded } from "#lib/random/mod.ts";
 *
 * const points = blobs({ count: 60, classes: 2, random: seeded(1) });
 * const figure = decisionChart(linearSvm(points), points, { title: "The widest margin" });
 * console.assert(figure.svg.startsWith("<svg"));
 * ```
 */
export function decisionChart(
  decisions: Classifier | DecisionField,
  points: Examples,
  options: DecisionOptions,
): Figure {
  const { title, x = { name: "x₁" }, y = { name: "x₂" }, width = 520, height = 420 } = options;
  const field = "leads" in decisions
    ? decisions
    : decisionField(decisions, { range: planeRange(points) });
  const panel = checkedPanel({ ...options, field, points });
  const names = classNames(panel, options.classNames);
  const legend = Math.max(...names.map(roughWidth), roughWidth("boundary")) + 40;
  const [top, bottom, right] = [40, height - 52, width - legend - 8];
  const [xAxis, yAxis] = [{ ...x, range: field.range.x }, { ...y, range: field.range.y }];
  const yScale = axisScale(yAxis, { values: field.range.y, pixels: [bottom, top], ticks: 6 });
  const frame = { left: leftOfFrame(yScale), right, top, bottom };
  const xScale = axisScale(xAxis, { values: field.range.x, pixels: [frame.left, right], ticks: 6 });
  const svg = svgDocument({ width, height }, [
    titleText(title, frame, width),
    bottomAxis(xAxis, xScale, frame),
    leftAxis(yAxis, yScale, frame),
    ...panelParts(panel, frame),
    ...legendParts(panel, names, frame),
  ]);
  const axes = { x: plotlyAxis(xAxis, xScale), y: plotlyAxis(yAxis, yScale) };
  const layout = plotlyLayout({ title, width, height, ...axes });
  const plotly = { data: panelTraces(panel, names), layout };
  return { plotly, svg, words: `${title}\n${inWords(panel, names)}`, width, height };
}

/** Names of the classes, from 0 on. */
export function classNames({ field }: Panel, given: readonly string[] = []): string[] {
  return Array.from({ length: field.classes }, (_, c) => given[c] ?? `class ${c}`);
}

function legendParts(panel: Panel, names: readonly string[], frame: Frame): string[] {
  const x = frame.right + 12, [margin] = panel.margins;
  const line = (row: number, attributes: Record<string, string | number>) =>
    element("path", {
      ...{ d: `M${tenths(x - 2)},${tenths(frame.top + 10 + 18 * row)}h22`, ...attributes },
    });
  const word = (row: number, words: string) =>
    text(cutTo(words, 200), { x: x + 26, y: frame.top + 14 + 18 * row, fill: INK });
  const rows = names.length;
  return [
    ...names.map((name, c) =>
      classMarks(`M${tenths(x + 9)},${tenths(frame.top + 10 + 18 * c)}h0`, c, 3) + word(c, name)
    ),
    line(rows, { stroke: INK, "stroke-width": "1.6" }) + word(rows, "boundary"),
    margin === undefined ? "" : line(rows + 1, DASHED) +
      word(rows + 1, marginName(panel)),
  ];
}

/** The dashed line's name: of two classes' probabilities, the probability it stands for. */
function marginName({ field, margins: [margin] }: Panel): string {
  if (!field.isProbability) return "margin";
  return field.classes === 2 ? `P = ${readable((1 + margin) / 2)}` : `lead ${readable(margin)}`;
}

/** Shares of the area, and how many points there are. */
export function inWords({ field, points }: Panel, names: readonly string[]): string {
  return names.map((name, c) => {
    const share = field.leads[c].filter((lead) => lead > 0).length / field.side ** 2;
    const count = points.y.filter((label) => label === c).length;
    return `${name}: ${Math.round(100 * share)} % of the area, ${count} points`;
  }).join("; ");
}
