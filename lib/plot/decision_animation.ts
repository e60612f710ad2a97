import type { Examples } from "#lib/classify/mod.ts";
import { checkedPanel, type Panel, panelParts } from "./_decision_panel.ts";
import { panelTraces } from "./_decision_plotly.ts";
import { type Frame, titleText } from "./_frame.ts";
import { INK } from "./_palette.ts";
import { plotlyAxis, plotlyLayout, plotlyText } from "./_plotly.ts";
import { axisScale } from "./_scale.ts";
import { cutTo, svgDocument, text } from "./_svg.ts";
import { classNames, type DecisionOptions, inWords } from "./decision_chart.ts";
import type { DecisionField } from "./decision_field.ts";
import type { Figure, Json } from "./figure.ts";

/** A moment of a {@linkcode decisionAnimation}. */
export interface DecisionFrame {
  /** The words above it, such as "epoch 10". */
  readonly label: string;
  /** What the model decided then. */
  readonly field: DecisionField;
  /** The examples: the same all the time, or as a hidden layer represented them then. */
  readonly points: Examples;
  /** Lines below the points, see {@linkcode DecisionOptions.grid}. */
  readonly grid?: readonly Float32Array[];
}

/** How a {@linkcode decisionAnimation} looks. */
export interface DecisionAnimationOptions extends Omit<DecisionOptions, "grid" | "height"> {
  /** Pictures side by side where nothing moves. @default {4} */
  readonly columns?: number;
}

const HEAD = 40, LABEL = 20, GAP = 8;

/**
 * How decisions change while a model learns: an animation with a slider where scripts run, the
 * moments side by side where they do not.
 *
 * @param frames the moments; all fields over the same rectangle
 * @throws {RangeError} if there is no frame, rectangles differ, or a frame cannot be drawn (see
 * `decisionChart`)
 */
export function decisionAnimation(
  frames: readonly DecisionFrame[],
  options: DecisionAnimationOptions,
): Figure {
  const { title, width = 640, columns = 4 } = options;
  if (frames.length === 0) {
    throw new RangeError(`Cannot draw "${title}": expected a frame, got none`);
  }
  const [first, ...others] = frames.map(({ field: { range } }) => `[${range.x}] × [${range.y}]`);
  const other = others.find((range) => range !== first);
  if (other) {
    throw new RangeError(`Cannot draw "${title}": expected all fields over ${first}, got ${other}`);
  }
  const panels = frames.map((frame) => checkedPanel({ ...options, ...frame }));
  const side = (width - 16 - (columns - 1) * GAP) / columns;
  const height = HEAD + Math.ceil(frames.length / columns) * (side + LABEL + GAP);
  const cell = (i: number): Frame => {
    const left = 8 + i % columns * (side + GAP);
    const top = HEAD + Math.floor(i / columns) * (side + LABEL + GAP) + LABEL;
    return { left, right: left + side, top, bottom: top + side };
  };
  const svg = svgDocument({ width, height }, [
    titleText(title, { left: 8, right: width, top: HEAD, bottom: height }, width),
    ...panels.flatMap((panel, i) => {
      const { left, top } = cell(i);
      const label = text(cutTo(frames[i].label, side), { x: left, y: top - 6, fill: INK });
      return [label, ...panelParts(panel, cell(i), 1.6)];
    }),
  ]);
  const names = classNames(panels[0], options.classNames);
  const words = frames.map(({ label }, i) => `${label}: ${inWords(panels[i], names)}`);
  const plotly = animated(frames, panels, { ...options, names });
  return { plotly, svg, words: [title, ...words].join("\n"), width, height };
}

/** The first frame, and for each frame the traces that differ from it, moved to by the slider. */
function animated(
  frames: readonly DecisionFrame[],
  panels: readonly Panel[],
  options: DecisionAnimationOptions & { names: readonly string[] },
): Figure["plotly"] {
  const { title, names, x = { name: "x₁" }, y = { name: "x₂" } } = options;
  const [{ field: { range } }] = panels, size = { width: 520, height: 520 };
  const axis = (each: { name: string; unit?: string }, along: "x" | "y") => {
    const ranged = { ...each, range: range[along] };
    return plotlyAxis(
      ranged,
      axisScale(ranged, { values: range[along], pixels: [0, 400], ticks: 6 }),
    );
  };
  const layout = plotlyLayout({ title, ...size, x: axis(x, "x"), y: axis(y, "y") });
  const data = panelTraces(panels[0], names);
  const isFixed = (i: number) => panels.every(({ points }) => points === panels[0].points) && i > 1;
  const moving = data.map((_, i) => i).filter((i) => !isFixed(i));
  const labels = frames.map(({ label }) => plotlyText(label));
  const still = { mode: "immediate", frame: { duration: 0, redraw: true } };
  const steps = labels.map((label): Json => ({ label, method: "animate", args: [[label], still] }));
  const play = { fromcurrent: false, frame: { duration: 500, redraw: true } };
  const button = { label: "play", method: "animate", args: [null, play] };
  return {
    data,
    layout: {
      ...layout,
      sliders: [{ steps, x: 0.15, len: 0.85, pad: { t: 48 } }],
      updatemenus: [{ type: "buttons", buttons: [button], x: 0.1, y: -0.12, showactive: false }],
    },
    frames: panels.map((panel, i) => {
      const traces = panelTraces(panel, names);
      return { name: labels[i], traces: moving, data: moving.map((k) => traces[k]) };
    }),
  };
}
