/**
 * Prints figures beside each other.
 *
 * @module
 */
import { loadavg } from "node:os";

const [WHAT, UNIT, NUMBER] = [52, 9, 12];

/** Prints a title with the machine's load of the last 1, 5 and 15 minutes, and the columns. */
export function heading(title: string): void {
  const load = loadavg().map((value) => value.toFixed(1)).join(" ");
  const columns = ["ours", "KenLM", "ratio"].map((name) => name.padStart(NUMBER)).join("");
  console.log(`\n${title}; load ${load}\n${" ".repeat(WHAT + UNIT)}${columns}`);
}

/** Prints our figure, KenLM's, and ours as a multiple of theirs. */
export function row(what: string, unit: string, ours?: number, theirs?: number | false): void {
  const ratio = ours && theirs ? ours / theirs : undefined;
  const numbers = [ours, theirs || undefined, ratio].map((value) => shown(value).padStart(NUMBER));
  console.log(what.padEnd(WHAT) + unit.padEnd(UNIT) + numbers.join(""));
}

function shown(value: number | undefined): string {
  if (value === undefined) return "-";
  if (value >= 1e4) return Math.round(value).toLocaleString("en");
  return value >= 100 ? value.toFixed(4) : value.toPrecision(3);
}
