import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Classifier, labelled } from "#lib/classify/mod.ts";
import {
  decisionAnimation,
  decisionChart,
  decisionField,
  lineChart,
  planeGrid,
  planeRange,
  spread,
} from "#lib/plot/mod.ts";
import { domTest, parseSvg } from "../_support/dom.ts";

/** Class 1 right of x = 0.3, with the slope of an SVM. */
const upright: Classifier = {
  features: 2,
  classes: 2,
  decisionValues: (x, n) =>
    Float32Array.from({ length: 2 * n }, (_, k) => k % 2 && 4 * (x[k - 1] - 0.3)),
};
const points = labelled([{ x: [0, 0], label: 0 }, { x: [1, 1], label: 1 }]);
const range = { x: [0, 1], y: [0, 1] } as const;

domTest("the boundary and the margins stand where the classifier's values are 0 and ±1", () => {
  const { svg } = decisionChart(decisionField(upright, { range }), points, { title: "t" });
  const document = parseSvg(svg), frame = [...document.querySelectorAll("rect")].at(-1)!;
  const [left, width] = ["x", "width"].map((name) => Number(frame.getAttribute(name)));
  const lines = [...document.querySelectorAll('path[fill="none"]')]
    .filter((path) => path.getAttribute("stroke-linecap") === null)
    .map((path) => path.getAttribute("d")!);
  const places = lines.map((d) => [...d.matchAll(/[ML]([\d.]+),/g)].map(([, x]) => Number(x)));
  const [margin0, margin1, boundary] = places.map((xs) => (xs[0] - left) / width);
  for (const xs of places.slice(0, 3)) assert(xs.every((x) => Math.abs(x - xs[0]) < 0.2), `${xs}`);
  assertAlmostEquals(boundary, 0.3, 1e-3);
  assertAlmostEquals(margin0, 0.05, 1e-3);
  assertAlmostEquals(margin1, 0.55, 1e-3);
});

Deno.test("the words give each class's share of the area and its points", () => {
  const { words } = decisionChart(decisionField(upright, { range, side: 101 }), points, {
    title: "t",
    classNames: ["left", "right"],
  });
  assertEquals(words, "t\nleft: 30 % of the area, 1 points; right: 70 % of the area, 1 points");
});

Deno.test("a field keeps what the classifier said; leads of two classes are opposite", () => {
  let offset = 0;
  const moving: Classifier = {
    ...upright,
    decisionValues: (x, n) => upright.decisionValues(x, n).map((v, k) => k % 2 ? v + offset : v),
  };
  const field = decisionField(moving, { range, side: 3 });
  offset = 7;
  assertEquals([...field.leads[1]].map((v) => Math.round(10 * v)), [
    -12,
    8,
    28,
    -12,
    8,
    28,
    -12,
    8,
    28,
  ]);
  field.leads[0].forEach((lead, i) => assertEquals(lead, -field.leads[1][i]));
  assert(decisionField(moving, { range, side: 3 }).leads[1][0] > 5);
});

Deno.test("planeRange() leaves room; planeGrid() covers the rectangle", () => {
  assertEquals(planeRange(points).x.map((v) => Math.round(10 * v)), [-1, 11]);
  const lines = planeGrid(range, { lines: 3 });
  assertEquals(lines.length, 6);
  assertEquals([...lines[2].slice(0, 4)], [0.5, 0, 0.5, Math.fround(1 / 6)]); // the middle upright line
  assertEquals([...lines[5].slice(-2)], [1, 1]);
});

Deno.test("an animation's frames replace what changes, and the points where they move", () => {
  const field = decisionField(upright, { range, side: 3 });
  const still = decisionAnimation([{ label: "a", field, points }, { label: "b", field, points }], {
    title: "t",
  });
  assertEquals(still.plotly.frames?.map(({ traces }) => traces), [[0, 1], [0, 1]]);
  const other = labelled([{ x: [1, 0], label: 0 }, { x: [0, 1], label: 1 }]);
  const moving = decisionAnimation(
    [{ label: "a", field, points }, { label: "b", field, points: other }],
    { title: "t" },
  );
  assertEquals(moving.plotly.frames?.[1].traces, [0, 1, 2, 3]);
});

Deno.test("what is not of the plane is refused", () => {
  const title = "t", line = labelled([{ x: [1], label: 0 }]);
  const field = decisionField(upright, { range });
  const tooMany = labelled([{ x: [0, 0], label: 2 }]);
  assertThrows(() => decisionChart(field, line, { title }), RangeError, "1 features");
  assertThrows(() => decisionChart(field, tooMany, { title }), RangeError, "3 classes");
  assertThrows(
    () => decisionChart(field, points, { title, margins: [1, 0.5] }),
    RangeError,
    "ascending margins, got [1,0.5]",
  );
  assertThrows(() => decisionField({ ...upright, features: 3 }, { range }), RangeError, "got 3");
  assertThrows(() => decisionField(upright, { range, side: 1 }), RangeError, "got 1");
  assertThrows(() => decisionAnimation([], { title }), RangeError, "got none");
  const frames = [range, { ...range, y: [0, 2] } as const].map((range) => ({
    ...{ label: "", field: decisionField(upright, { range, side: 2 }), points },
  }));
  assertThrows(() => decisionAnimation(frames, { title }), RangeError, "got [0,1] × [0,2]");
});

Deno.test("spread(): mean and Student's interval", () => {
  const { y, band } = spread("s", { x: [1, 2], samples: [[1, 2, 3], [5, 5, 5]] });
  assertEquals([...Array.from(y)], [2, 5]);
  assertAlmostEquals(band!.high[0] - 2, 4.303 / Math.sqrt(3), 1e-3); // t of 2 degrees, s = 1
  assertEquals([band!.low[1], band!.high[1]], [5, 5]);
  // t of 30 degrees is 2.0423: 31 values, half of them −1, half 1
  const many = Array.from({ length: 31 }, (_, i) => i === 30 ? 0 : i % 2 ? 1 : -1);
  const wide = spread("s", { x: [1], samples: [many] });
  assertAlmostEquals(wide.band!.high[0], 2.0423 / Math.sqrt(31), 1e-4);
  assertThrows(() => spread("s", { x: [1], samples: [[1]] }), RangeError, "got [1]");
});

Deno.test("a band of another length than the line is refused", () => {
  const series = { name: "s", x: [1, 2], y: [1, 2], band: { low: [0], high: [3, 3] } };
  const axes = { title: "t", x: { name: "x" }, y: { name: "y" } };
  assertThrows(() => lineChart([series], axes), RangeError, "got 1 and 2");
});
