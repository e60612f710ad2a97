import type { Series } from "./line_chart.ts";

/**
 * A line with a band out of repeated measurements: at each x the mean, and the interval that holds
 * the true mean in 95 % of cases if measurements are normally distributed (Student's t),
 * m ± t s / √n.
 *
 * @param samples for each x the values measured there, such as one a seed; two or more
 * @throws {RangeError} if there is not one list of two values or more for each x
 *
 * @example
 * ```ts
 * import { lineChart, spread } from "#lib/plot/mod.ts";
 *
 * const series = spread("test", { x: [10, 20], samples: [[0.3, 0.2, 0.25], [0.1, 0.12, 0.11]] });
 * const figure = lineChart([series], { title: "Error", x: { name: "units" }, y: { name: "error" } });
 * console.assert(figure.words.includes("interval at the end 0.0852 to 0.135"));
 * ```
 */
export function spread(
  name: string,
  { x, samples }: { x: readonly number[]; samples: readonly (readonly number[])[] },
): Series {
  if (samples.length !== x.length || samples.some((values) => values.length < 2)) {
    throw new RangeError(
      `Cannot measure the spread of "${name}": expected two values or more for each of ` +
        `${x.length} x, got [${samples.map((values) => values.length).join(", ")}]`,
    );
  }
  const found = samples.map(interval);
  return {
    ...{ name, x },
    y: found.map(({ mean }) => mean),
    band: {
      low: found.map(({ mean, half }) => mean - half),
      high: found.map(({ mean, half }) => mean + half),
    },
  };
}

/** Mean, and half the width of its 95 % interval. */
function interval(values: readonly number[]): { mean: number; half: number } {
  const n = values.length;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1);
  return { mean, half: studentT(n - 1) * Math.sqrt(variance / n) };
}

/** The 97.5 % points of Student's t with 1 to 10 degrees of freedom. */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

/** From 11 degrees on by the expansion about the normal z (Abramowitz and Stegun 26.7.5). */
function studentT(degrees: number): number {
  const z = 1.959964;
  return T[degrees - 1] ??
    z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}
