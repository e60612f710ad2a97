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
  const position = (value: number) => scale(value);
  const isLog = axis.scale === "log";
  return { position, ticks: withRoom(ticks, { position, isLog, pixels: options.pixels }) };
}

/**
 * Ticks with the labels emptied that would touch another. Powers of ten keep theirs first; on a log
 * axis the other labels of one mantissa (0.03, 0.3, 3) stay or go together.
 */
function withRoom(
  ticks: AxisScale["ticks"],
  { position, isLog, pixels: [first, last] }: {
    position: AxisScale["position"];
    isLog: boolean;
    pixels: readonly [number, number];
  },
): AxisScale["ticks"] {
  type Tick = AxisScale["ticks"][number];
  const half = ({ label }: Tick) => first < last ? roughWidth(label) / 2 + 3 : 8;
  const touch = (a: Tick, b: Tick) =>
    Math.abs(position(a.value) - position(b.value)) < half(a) + half(b);
  const mantissa = ({ value }: Tick) => Number(value.toExponential(6).split("e")[0]);
  const labelled = ticks.filter(({ label }) => label !== "");
  const powers = labelled.filter((tick) => mantissa(tick) === 1).map((tick) => [tick]);
  const others = Map.groupBy(
    labelled.filter((tick) => mantissa(tick) !== 1),
    (tick) => isLog ? mantissa(tick) : tick.value,
  );
  const kept = new Set<Tick>();
  for (const group of [...powers, ...others.values()]) {
    const isFree = group.every((tick) => !kept.values().some((other) => touch(tick, other)));
    if (isFree) group.forEach((tick) => kept.add(tick));
  }
  return ticks.map((tick) => kept.has(tick) ? tick : { ...tick, label: "" });
}

/** The range of an axis, if it is one. */
export function checkedRange({ name, range }: Omit<Axis, "scale">): [number, number] {
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
