import type { Figure, Json } from "./figure.ts";
import { COLORS, INK } from "./_palette.ts";
import { plotlyLayout, plotlyText } from "./_plotly.ts";
import { cutTo, element, roughWidth, svgDocument, tenths, text } from "./_svg.ts";

/** A sentence with its dependency tree: columns of equal length, word i + 1 at place i. */
export interface ArcDiagramData {
  /** The words. */
  readonly words: readonly string[];
  /** Their part-of-speech tags, drawn under the words; left out if there are none. */
  readonly tags?: readonly string[];
  /** `heads[i]` is the number of the head of word i + 1, 0 for ROOT, −1 for none yet. */
  readonly heads: readonly number[];
  /** Names of the arcs; "_" and missing ones are not drawn. */
  readonly labels?: readonly string[];
}

/** How an {@linkcode arcDiagram} looks. */
export interface ArcDiagramOptions {
  /** The words above the diagram. @default {"the sentence"} */
  readonly title?: string;
}

/** An arc with its place in the picture: pixels from the upper left corner. */
interface Arc {
  /** Numbers of the words, from 1; 0 for ROOT. */
  head: number;
  word: number;
  label: string;
  /** Where it leaves the head, and where its point is. */
  from: number;
  to: number;
  /** Its highest line. */
  top: number;
}

interface Layout {
  arcs: Arc[];
  /** The middle of each word. */
  centres: number[];
  /** Where the arcs end; words stand below. */
  ground: number;
  width: number;
  height: number;
}

const LEVEL = 26; // pixels between arcs, one above the other
const TOP = 44, MARGIN = 16, GAP = 16;

/**
 * The dependency tree of a sentence as arcs from heads to dependents above the words.
 *
 * @throws {RangeError} if the columns differ in length or a head does not exist
 *
 * @example
 * ```ts
 * import { arcDiagram } from "#lib/plot/mod.ts";
 *
 * const figure = arcDiagram({
 *   words: ["He", "has", "good", "control", "."],
 *   tags: ["PRP", "VBZ", "JJ", "NN", "."],
 *   heads: [2, 0, 4, 2, 2],
 *   labels: ["nsubj", "root", "amod", "obj", "punct"],
 * });
 * console.assert(figure.words.includes("nsubj(has-2, He-1)"));
 * ```
 */
export function arcDiagram(data: ArcDiagramData, options: ArcDiagramOptions = {}): Figure {
  const { words, tags } = data, { title = words.join(" ") } = options;
  check(data);
  const layout = layOut(data);
  const { arcs, centres, ground, width, height } = layout;
  const centred = { "text-anchor": "middle" };
  const svg = svgDocument({ width, height }, [
    text(cutTo(title, width - MARGIN), {
      ...{ x: MARGIN, y: 24, "font-size": 14, "font-weight": "bold", fill: INK },
    }),
    ...arcs.toSorted((a, b) => a.top - b.top).map((arc) => drawArc(arc, ground)),
    ...words.map((word, i) => text(word, { x: centres[i], y: ground + 18, ...centred, fill: INK })),
    ...(tags ?? []).map((tag, i) =>
      text(tag, { x: centres[i], y: ground + 34, "font-size": 11, ...centred, fill: COLORS[2] })
    ),
  ]);
  const name = (number: number) => number === 0 ? "ROOT" : `${words[number - 1]}-${number}`;
  const relations = arcs.map(({ head, word, label }) =>
    `${label || "arc"}(${name(head)}, ${name(word)})`
  );
  return {
    plotly: plotlySpec(data, layout, title),
    svg,
    words: `${title}\n${relations.join(", ")}`,
    width,
    height,
  };
}

function check({ words, tags = words, heads, labels = words }: ArcDiagramData): void {
  const lengths = [words, tags, heads, labels].map(({ length }) => length);
  if (new Set(lengths).size > 1 || words.length === 0) {
    throw new RangeError(
      `Cannot draw an arc diagram: expected as many words, tags, heads and labels (one at least),` +
        ` got ${lengths.join(", ")}`,
    );
  }
  for (const [i, head] of heads.entries()) {
    if (Number.isInteger(head) && head >= -1 && head <= heads.length && head !== i + 1) continue;
    throw new RangeError(
      `Cannot draw an arc diagram: expected a head from −1 to ${heads.length} other than the word` +
        ` itself, got ${head} for word ${i + 1}`,
    );
  }
}

function labelOf({ labels }: ArcDiagramData, i: number): string {
  return labels && labels[i] !== "_" ? labels[i] : "";
}

function layOut(data: ArcDiagramData): Layout {
  const { heads } = data, centres = centresOf(data), levels = levelsOf(heads);
  const ground = TOP + LEVEL * (Math.max(...levels) + 1);
  const arcs = heads.flatMap((head, i): Arc[] => {
    if (head < 0) return [];
    const to = centres[i];
    const from = head === 0 ? to : centres[head - 1] + startOf(heads, i);
    const top = head === 0 ? TOP + 4 : ground - 8 - LEVEL * levels[i];
    return [{ head, word: i + 1, label: labelOf(data, i), from, to, top }];
  });
  const width = Math.ceil(centres[centres.length - 1] + columnWidth(data, heads.length - 1) / 2) +
    MARGIN;
  return { arcs, centres, ground, width, height: ground + (data.tags ? 46 : 30) };
}

/**
 * Arcs leave a head on the side of their dependent, longer ones nearer to its middle, where the
 * arrow to the head itself comes in: so arcs with one head do not cross. In pixels from the middle.
 */
function startOf(heads: readonly number[], i: number): number {
  const head = heads[i], side = head < i + 1 ? 1 : -1;
  const isOutside = (other: number, j: number) => other === head && (j - i) * side > 0;
  return side * (6 + 3 * Math.min(heads.filter(isOutside).length, 3));
}

/** The middle of each word, far enough apart for words, tags and the labels of arcs. */
function centresOf(data: ArcDiagramData): number[] {
  const widths = data.words.map((_, i) => columnWidth(data, i));
  const gaps = widths.map((width, i) => i === 0 ? width / 2 : (widths[i - 1] + width) / 2 + GAP);
  const between = (left: number, right: number) =>
    gaps.slice(left + 1, right + 1).reduce((sum, gap) => sum + gap, 0);
  const byLength = data.heads.map((head, i) => [Math.min(head - 1, i), Math.max(head - 1, i), i])
    .filter(([left]) => left >= 0)
    .sort((a, b) => (a[1] - a[0]) - (b[1] - b[0]));
  for (const [left, right, i] of byLength) {
    const missing = roughWidth(labelOf(data, i)) + 30 - between(left, right);
    if (missing > 0) gaps[right] += missing;
  }
  let at = MARGIN;
  return gaps.map((gap) => at += gap);
}

function columnWidth({ words, tags }: ArcDiagramData, i: number): number {
  return Math.max(roughWidth(words[i]), tags ? roughWidth(tags[i]) : 0, 12);
}

/** How high each arc is: one above the highest arc it spans; 0 for ROOT's. */
function levelsOf(heads: readonly number[]): number[] {
  const levels = heads.map(() => 0);
  const spans = heads.map((head, i) => [Math.min(head, i + 1), Math.max(head, i + 1)]);
  const byLength = [...heads.keys()].filter((i) => heads[i] > 0)
    .sort((a, b) => (spans[a][1] - spans[a][0]) - (spans[b][1] - spans[b][0]));
  for (const i of byLength) {
    const inside = byLength.filter((j) =>
      levels[j] > 0 && spans[j][0] < spans[i][1] && spans[i][0] < spans[j][1]
    );
    levels[i] = 1 + Math.max(0, ...inside.map((j) => levels[j]));
  }
  return levels;
}

function drawArc(arc: Arc, ground: number): string {
  const { to, top, label } = arc, middle = (arc.from + to) / 2;
  const stroke = { fill: "none", stroke: INK, "stroke-width": 1.2 };
  const point = `M ${tenths(to - 3.5)} ${tenths(ground - 7)} L ${tenths(to + 3.5)} ` +
    `${tenths(ground - 7)} L ${tenths(to)} ${tenths(ground)} Z`;
  const half = roughWidth(label) / 2 + 2;
  const place = { x: middle - half, y: top - 7, width: 2 * half, height: 14, fill: "#ffffff" };
  return element("path", { d: curve(arc, ground), ...stroke }) +
    element("path", { d: point, fill: INK }) +
    (label &&
      element("rect", place) +
        text(label, { x: middle, y: top + 4, "text-anchor": "middle", fill: COLORS[0] }));
}

/** Up from the head, along, and down to the arrow's point, with rounded corners. */
function curve({ from, to, top, head }: Arc, ground: number): string {
  if (head === 0) return `M ${tenths(to)} ${tenths(top)} L ${tenths(to)} ${tenths(ground - 6)}`;
  const radius = Math.min(Math.abs(to - from) / 2, 12), along = to > from ? radius : -radius;
  const [x1, x2, high, low] = [from, to, top, top + radius].map(tenths);
  return `M ${x1} ${tenths(ground)} L ${x1} ${low} Q ${x1} ${high} ${
    tenths(from + along)
  } ${high} ` +
    `L ${tenths(to - along)} ${high} Q ${x2} ${high} ${x2} ${low} L ${x2} ${tenths(ground - 6)}`;
}

/** The same picture in plotly's words; a mark on each arc says on hover what it joins. */
function plotlySpec(data: ArcDiagramData, layout: Layout, title: string): Figure["plotly"] {
  const { arcs, centres, ground, width, height } = layout;
  const name = (number: number) => number === 0 ? "ROOT" : data.words[number - 1];
  const annotation = (words: string, at: { x: number; y: number; color: string }): Json => ({
    text: plotlyText(words),
    ...{ x: at.x, y: at.y, showarrow: false, bgcolor: "#ffffff", font: { color: at.color } },
  });
  const trace = {
    ...{ type: "scatter", mode: "markers", hoverinfo: "text" },
    x: arcs.map(({ from, to }) => (from + to) / 2),
    y: arcs.map(({ top }) => top),
    hovertext: arcs.map(({ head, word, label }) =>
      plotlyText(`${name(head)} → ${name(word)}${label ? `: ${label}` : ""}`)
    ),
    marker: { color: COLORS[0], size: 14, opacity: 0.2 },
  };
  const hidden = { visible: false, fixedrange: true };
  const axes = {
    x: { ...hidden, range: [0, width] },
    y: { ...hidden, range: [height, 0] },
  };
  const shapes = arcs.map((arc) => ({
    ...{ type: "path", path: curve(arc, ground), line: { color: INK, width: 1.2 } },
  }));
  const annotations = [
    ...arcs.filter(({ label }) => label !== "").map(({ label, from, to, top }) =>
      annotation(label, { x: (from + to) / 2, y: top, color: COLORS[0] })
    ),
    ...data.words.map((word, i) => annotation(word, { x: centres[i], y: ground + 14, color: INK })),
    ...(data.tags ?? []).map((tag, i) =>
      annotation(tag, { x: centres[i], y: ground + 32, color: COLORS[2] })
    ),
  ];
  const margin = { t: 0, r: 0, b: 0, l: 0 };
  return {
    data: [trace],
    layout: {
      ...plotlyLayout({ title, width, height, ...axes }),
      ...{ shapes, annotations, margin, showlegend: false },
    },
  };
}
