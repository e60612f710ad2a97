import type { Frame } from "./_frame.ts";
import { COLORS, DASHES, INK } from "./_palette.ts";
import { cutTo, element, tenths, text } from "./_svg.ts";

/** A line's sample and name, right of the frame, in `width` pixels. */
export function legendEntry(name: string, index: number, frame: Frame, width: number): string {
  const y = frame.top + 10 + 18 * index, x = frame.right + 10;
  const sample = {
    d: `M${tenths(x)},${y}h22`,
    stroke: COLORS[index % COLORS.length],
    "stroke-width": 2,
    "stroke-dasharray": DASHES[index % DASHES.length].svg,
  };
  return element("path", sample) +
    text(cutTo(name, width - 32), { x: x + 28, y: y + 4, fill: INK });
}
