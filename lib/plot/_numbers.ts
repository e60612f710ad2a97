// @ts-types="@types/d3"
import { format } from "d3";

const whole = format(",.0f"), small = format(".3~g");

/** A number for a reader: three significant digits, thousands whole and with commas. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const isWhole = Number.isInteger(value) || Math.abs(value) >= 999.5; // 999.7 is 1,000 as well
  return hyphen((isWhole && Math.abs(value) < 1e15 ? whole : small)(value));
}

/** d3 writes U+2212 for minus; text that is copied or read aloud is better off with a hyphen. */
function hyphen(formatted: string): string {
  return formatted.replaceAll("\u2212", "-");
}
