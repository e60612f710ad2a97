// @ts-types="@types/d3"
import { scaleLinear, scaleLog } from "d3";
import type { Axis } from "./figure.ts";
import { roughWidth } from "./_svg.ts";

/** Where values of an axis lie, in pixels. */
export interface AxisScale {
  /** The pixel of a value. */
  position(value: number): number;
  /** The marked values with their labels; on a log axis some labels are empty. */
  ticks: { value: number; label: string }[];
}

/** What {@linkcode axisScale} needs beside the axis. */
export interface ScaleOptions {
  /** The values to be shown; what is not finite is passed over. */
  values: Iterable<number>;
  /** First and last pixel. */
  pixels: readonly [number, number];
  /** How many ticks to aim at. */
  ticks: number;
}

/**
 * The scale of an axis.
 *
 * @throws {RangeError} if there is no finite value and no range, or a log axis holds a value that
 * is not positive
 */
export function axisScale(axis: Axis, options: ScaleOptions): AxisScale {
  const values = [...options.values].filter(Number.isFinite);
  const [least, greatest] = extent(values);
  const domain = axis.range ? checkedRange(axis) : widened(axis, least, greatest);
  if (axis.scale === "log" && Math.min(least, domain[0]) <= 0) {
    throw new RangeError(
      `Cannot draw the log axis "${axis.name}": expected positive values, got ` +
        `${Math.min(least, domain[0])} (take scale: "linear")`,
    );
  }
  const make = axis.scale === "log" ? scaleLog : scaleLinear;
  const scale = make(domain, options.pixels);
  if (!axis.range) scale.nice();
  // whole numbers get no ticks between them
  const isWhole = axis.scale !== "log" && values.every(Number.isInteger);
  const count = isWhole ? Math.max(1, Math.min(options.ticks, greatest - least)) : options.ticks;
  const label = axis.scale === "log" ? scale.tickFormat(count, ",") : scale.tickFormat(count);
  const ticks = scale.ticks(count).map((value) => ({ value, label: label(value) }));
  return { position: (value) => scale(value), ticks: withRoom(ticks, scale, options.pixels) };
}

/** Ticks with the labels emptied that would touch another; powers of ten keep theirs first. */
function withRoom(
  ticks: AxisScale["ticks"],
  position: (value: number) => number,
  [first, last]: readonly [number, number],
): AxisScale["ticks"] {
  const isHorizontal = first < last;
  const taken: { middle: number; half: number }[] = [];
  const isPower = (value: number) => /^1e/.test(value.toExponential());
  const byRank = ticks.toSorted((a, b) => Number(isPower(b.value)) - Number(isPower(a.value)));
  const kept = new Set(byRank.filter(({ value, label }) => {
    if (label === "") return false;
    const middle = position(value), half = isHorizontal ? roughWidth(label) / 2 + 3 : 8;
    if (taken.some((other) => Math.abs(other.middle - middle) < other.half + half)) return false;
    taken.push({ middle, half });
    return true;
  }));
  return ticks.map((tick) => kept.has(tick) ? tick : { ...tick, label: "" });
}

function checkedRange({ name, range }: Axis): [number, number] {
  const [least, greatest] = range!;
  if (!(Number.isFinite(least) && Number.isFinite(greatest) && least < greatest)) {
    throw new RangeError(
      `Cannot draw the axis "${name}": expected a range [least, greatest], got [${range}]`,
    );
  }
  return [least, greatest];
}

function extent(values: readonly number[]): [number, number] {
  let least = Infinity, greatest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}

/** Least and greatest value of an axis; a single value gets room around it. */
function widened({ name, scale }: Axis, least: number, greatest: number): [number, number] {
  if (least > greatest) {
    throw new RangeError(`Cannot draw the axis "${name}": expected a finite value, got none`);
  }
  if (least < greatest) return [least, greatest];
  return scale === "log" ? [least / 2, least * 2] : [least - 0.5, least + 0.5];
}

/** The axis's name with its unit, as it stands beside the axis. */
export function axisTitle({ name, unit }: Axis): string {
  return unit ? `${name} (${unit})` : name;
}
