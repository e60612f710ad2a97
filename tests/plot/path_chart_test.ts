import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { layerHistograms, pathChart } from "#lib/plot/mod.ts";

const options = {
  title: "Steps",
  x: { name: "θ₁", range: [-4, 4] as const },
  y: { name: "θ₂", range: [-2, 2] as const },
  surface: (x: number, y: number) => x ** 2 + y ** 2,
  levels: [1, 2],
};

Deno.test("contour lines lie where the surface has their height", () => {
  const { svg } = pathChart([{ name: "way", x: [0, 1], y: [0, 0] }], { ...options, levels: [1] });
  const contour = /<path d="(M[^"]*)" fill="none" stroke="#999999"/.exec(svg)![1];
  const places = contour.slice(1).split("L").map((place) => place.split(",").map(Number));
  const line = /<path d="M([\d.]+),([\d.]+)L([\d.]+),[\d.]+" fill="none" stroke="#0072b2"/;
  const way = line.exec(svg)!.slice(1).map(Number);
  const [x0, y0, x1] = way, unit = x1 - x0; // the way goes from (0, 0) to (1, 0)
  const unitY = (348 - 40) / 4;
  for (const [x, y] of places) {
    const radius = Math.hypot((x - x0) / unit, (y - y0) / unitY);
    assert(Math.abs(radius - 1) < 0.03, `a point at radius ${radius}`);
  }
});

Deno.test("a way ends where it leaves the picture, and words say that it diverged", () => {
  const { svg, words } = pathChart([{ name: "wild", x: [0, 1, 9], y: [0, 1, NaN] }], options);
  assertEquals(
    /<path d="M[\d.]+,[\d.]+(L[^"]*)" fill="none" stroke="#0072b2"/.exec(svg)![1].split("L").length,
    2,
  );
  assertStringIncludes(words, "wild: 2 steps, diverged");
  assertThrows(() => pathChart([], options), RangeError, "got none");
  assertThrows(() => pathChart([{ name: "a", x: [1], y: [] }], options), RangeError, "1 and 0");
});

Deno.test("histograms count every value once, those outside in the outermost bins", () => {
  const layers = [[-5, -0.9, 0.1, 0.2, 0.3, 7]];
  const { plotly } = layerHistograms([{ name: "a", layers }], {
    ...{ title: "t", value: { name: "h", range: [-1, 1] }, bins: 4 },
  });
  assertEquals(plotly.data[0].z, [[0.667, 0, 1, 0.333]]);
  const uneven = [{ name: "a", layers }, { name: "b", layers: [] }];
  const value = { name: "h", range: [-1, 1] as const };
  assertThrows(() => layerHistograms(uneven, { title: "t", value }), RangeError, "[1, 0]");
});
