import type { Axis } from "./figure.ts";
import { GRID, INK } from "./_palette.ts";
import type { AxisScale } from "./_scale.ts";
import { axisTitle } from "./_scale.ts";
import { cutTo, element, roughWidth, text } from "./_svg.ts";

/** The rectangle the data are drawn in, in pixels from the upper left corner of the picture. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Bold letters of 14 pixels are about 5/4 as wide as those that `roughWidth` measures. */
const TITLE_WIDTH = 1.25;

/** How wide a title of a picture may be, in pixels of `roughWidth`. */
export function titleRoom(width: number): number {
  return (width - 16) / TITLE_WIDTH;
}

/** The title above a frame; one too long for the place from the frame's left on begins before. */
export function titleText(title: string, frame: Frame, width: number): string {
  const shown = cutTo(title, titleRoom(width));
  return text(shown, {
    x: Math.max(8, Math.min(frame.left, width - 8 - TITLE_WIDTH * roughWidth(shown))),
    y: frame.top - 14,
    "font-size": 14,
    "font-weight": "bold",
    fill: INK,
  });
}

/** A value axis under the frame: grid lines, labels, title. */
export function bottomAxis(axis: Axis, scale: AxisScale, frame: Frame): string {
  const marks = scale.ticks.map(({ value, label }) => {
    const x = scale.position(value);
    return line({ x1: x, x2: x, y1: frame.top, y2: frame.bottom }, GRID) +
      (label && text(label, { x, y: frame.bottom + 17, "text-anchor": "middle", fill: INK }));
  });
  return marks.join("") + bottomTitle(axisTitle(axis), frame);
}

/** The frame's left where a value axis stands there: room for the title and the widest label. */
export function leftOfFrame({ ticks }: AxisScale): number {
  return Math.max(72, ...ticks.map(({ label }) => 35 + roughWidth(label)));
}

/** A value axis left of the frame: grid lines, labels, title. */
export function leftAxis(axis: Axis, scale: AxisScale, frame: Frame): string {
  const marks = scale.ticks.map(({ value, label }) => {
    const y = scale.position(value);
    return line({ x1: frame.left, x2: frame.right, y1: y, y2: y }, GRID) +
      (label && text(label, { x: frame.left - 7, y: y + 4, "text-anchor": "end", fill: INK }));
  });
  return marks.join("") + leftTitle(axisTitle(axis), frame);
}

/** The words under the labels of the axis below the frame. */
export function bottomTitle(title: string, frame: Frame): string {
  const x = (frame.left + frame.right) / 2;
  return text(title, { x, y: frame.bottom + 38, "text-anchor": "middle", fill: INK });
}

/** The words left of the labels of the axis at the frame's left, read from below. */
export function leftTitle(title: string, frame: Frame): string {
  const y = (frame.top + frame.bottom) / 2;
  const turned = `translate(16 ${Math.round(y)}) rotate(-90)`;
  return text(title, { transform: turned, "text-anchor": "middle", fill: INK });
}

/** A straight line. */
export function line(
  ends: { x1: number; x2: number; y1: number; y2: number },
  color: string,
): string {
  return element("line", { ...ends, stroke: color, "stroke-width": 1 });
}
