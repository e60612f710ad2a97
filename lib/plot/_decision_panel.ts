// @ts-types="@types/d3"
import { type ContourMultiPolygon, contours } from "d3";
import type { Examples } from "#lib/classify/mod.ts";
import type { Frame } from "./_frame.ts";
import { COLORS, INK } from "./_palette.ts";
import { element, tenths } from "./_svg.ts";
import type { DecisionField } from "./decision_field.ts";

/** What one panel shows. */
export interface Panel {
  /** What is decided where. */
  field: DecisionField;
  /** The examples. */
  points: Examples;
  /** Lines drawn below the points, each as points end to end. */
  grid?: readonly Float32Array[];
  /** Leads at which a second contour is drawn, ascending. */
  margins: readonly number[];
}

/** What is asked for, before the defaults. */
export type PanelRequest = Omit<Panel, "margins"> & { margins?: readonly number[] };

/**
 * The panel with its margins.
 *
 * @throws {RangeError} if the examples are not of the plane or have other classes, or margins do not
 * ascend from above 0
 */
export function checkedPanel(request: PanelRequest): Panel {
  const { field, points, grid } = request;
  const { margins = field.isProbability ? [0.5, 0.9] : [1] } = request;
  if (points.features !== 2 || points.classes > field.classes) {
    throw new RangeError(
      `Cannot draw decisions: expected points of the plane in ${field.classes} classes, got ` +
        `${points.features} features and ${points.classes} classes`,
    );
  }
  if (!margins.every((margin, i) => margin > (margins[i - 1] ?? 0))) {
    throw new RangeError(`Cannot draw decisions: expected ascending margins, got [${margins}]`);
  }
  return { field, points, grid, margins };
}

/** The panel's content within its frame: regions, boundaries, margins, net, points. */
export function panelParts(panel: Panel, frame: Frame, radius = 3): string[] {
  const { field, margins, points, grid = [] } = panel;
  const regions = field.leads.map((lead) =>
    contours().size([field.side, field.side]).thresholds([0, ...margins])(Array.from(lead))
  );
  const paths = contourPaths(field, frame);
  const fills = regions.flatMap((levels, c) =>
    levels.map((level) => element("path", { d: paths.area(level), ...tint(c) }))
  );
  // of two classes both boundaries are the same line, but each has its own margin
  const boundaries = regions.slice(field.classes === 2 ? 1 : 0).map(([boundary]) =>
    element("path", { d: paths.line(boundary), fill: "none", stroke: INK, "stroke-width": "1.6" })
  );
  const contoursOfMargins = regions.flatMap(([, margin]) =>
    margin ? [element("path", { d: paths.line(margin), fill: "none", ...DASHED })] : []
  );
  return [
    ...fills,
    ...grid.map((line) => gridLine(line, field, frame)),
    ...contoursOfMargins,
    ...boundaries,
    ...pointMarks(points, field, frame, radius),
    element("rect", { ...box(frame), fill: "none", stroke: INK, "stroke-width": 1 }),
  ];
}

/** How margins are drawn. */
export const DASHED = { stroke: INK, "stroke-width": 1, "stroke-dasharray": "4 3" };

function tint(c: number) {
  return { fill: COLORS[c % COLORS.length], "fill-opacity": "0.2" };
}

function box({ left, right, top, bottom }: Frame) {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * d3's contours lie on [0, side]², with the samples in the middles of the unit squares. The frame
 * goes from the first to the last sample: what lies beyond is moved onto it.
 */
function contourPaths({ side }: DecisionField, { left, right, top, bottom }: Frame) {
  const share = (v: number) => Math.min(1, Math.max(0, (v - 0.5) / (side - 1)));
  const pixel = ([x, y]: Place) =>
    `${tenths(left + share(x) * (right - left))},${tenths(bottom - share(y) * (bottom - top))}`;
  const isOnEdge = (place: Place) => place.some((v) => share(v) === 0 || share(v) === 1);
  const ringsOf = ({ coordinates }: ContourMultiPolygon) => coordinates.flat();
  const area = (ring: Place[]) => `M${corners(ring).map(pixel).join("L")}Z`;
  /** The pieces of a ring that do not run along the frame. */
  const line = (ring: Place[]) =>
    ring.map((at, i) => {
      const isDrawn = (a?: Place, b?: Place) => a && b && !(isOnEdge(a) && isOnEdge(b));
      if (isDrawn(ring[i - 1], at)) return `L${pixel(at)}`;
      return isDrawn(at, ring[i + 1]) ? `M${pixel(at)}` : "";
    }).join("");
  return {
    area: (level: ContourMultiPolygon) => ringsOf(level).map(area).join(""),
    line: (level: ContourMultiPolygon) => ringsOf(level).map(line).join(""),
  };
}

/** A point of d3's contours. */
type Place = number[];

/** A ring without the points on straight pieces, as the many along the frame are. */
function corners(ring: Place[]): Place[] {
  return ring.filter(([x, y], i) => {
    const [before, after] = [ring[i - 1], ring[i + 1]];
    if (!before || !after) return i === 0; // the last point is the first one
    return !(before[0] === x && x === after[0] || before[1] === y && y === after[1]);
  });
}

/** Pixel of a point of the plane, as SVG writes it. */
function placed({ range }: DecisionField, { left, right, top, bottom }: Frame) {
  const share = (v: number, [least, greatest]: readonly [number, number]) =>
    (v - least) / (greatest - least);
  return (x: number, y: number) =>
    `${tenths(left + share(x, range.x) * (right - left))},` +
    tenths(bottom - share(y, range.y) * (bottom - top));
}

function gridLine(line: Float32Array, field: DecisionField, frame: Frame): string {
  const at = placed(field, frame);
  const points = Array.from(
    { length: line.length / 2 },
    (_, i) => at(line[2 * i], line[2 * i + 1]),
  );
  return element("path", {
    d: `M${points.join("L")}`,
    ...{ fill: "none", stroke: INK, "stroke-width": "0.5", "stroke-opacity": "0.6" },
  });
}

function pointMarks(
  { x, y, classes }: Examples,
  field: DecisionField,
  frame: Frame,
  radius: number,
): string[] {
  const at = placed(field, frame);
  return Array.from({ length: classes }, (_, c) => {
    const places = Array.from(y.keys()).filter((i) => y[i] === c)
      .map((i) => `M${at(x[2 * i], x[2 * i + 1])}h0`).join("");
    return places && classMarks(places, c, radius);
  });
}

/**
 * The marks of a class: round and square ones in turn, from the third class on with a white core, so
 * that they are told apart in print.
 *
 * @param places a path of lines without length
 */
export function classMarks(places: string, c: number, radius: number): string {
  const isRound = c % 2 === 0, size = (isRound ? 2 : 1.7) * radius;
  const dots = (width: number, stroke: string) =>
    element("path", {
      ...{ d: places, fill: "none", stroke, "stroke-width": width },
      "stroke-linecap": isRound ? "round" : "square",
    });
  const halo = radius < 2 ? "" : dots(size + 1.5, "#ffffff");
  return halo + dots(size, COLORS[c % COLORS.length]) +
    (c > 1 ? dots(size / 3, "#ffffff") : "");
}
