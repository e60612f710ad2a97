import fc from "fast-check";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { arcDiagram, barChart, heatMap, lineChart, mimeBundle } from "#lib/plot/mod.ts";
import { domTest, parseHtml, parseSvg } from "../_support/dom.ts";
import { assertSnapshot } from "../_support/snapshot.ts";
import { examples } from "./_examples.ts";
import arcDiagramText from "../snapshots/arc_diagram.txt" with { type: "text" };
import crossingText from "../snapshots/arc_diagram_crossing.txt" with { type: "text" };
import barChartText from "../snapshots/bar_chart.txt" with { type: "text" };
import standingText from "../snapshots/bar_chart_standing.txt" with { type: "text" };
import heatMapText from "../snapshots/heat_map.txt" with { type: "text" };
import layersText from "../snapshots/layer_histograms.txt" with { type: "text" };
import animationText from "../snapshots/decision_animation.txt" with { type: "text" };
import decisionText from "../snapshots/decision_chart.txt" with { type: "text" };
import cornersText from "../snapshots/decision_chart_of_probabilities.txt" with { type: "text" };
import bandText from "../snapshots/line_chart_with_band.txt" with { type: "text" };
import lineChartText from "../snapshots/line_chart.txt" with { type: "text" };
import rangeText from "../snapshots/line_chart_with_range.txt" with { type: "text" };
import pathChartText from "../snapshots/path_chart.txt" with { type: "text" };
import swatchesText from "../snapshots/swatches.txt" with { type: "text" };
import scatterText from "../snapshots/scatter_chart.txt" with { type: "text" };

const snapshots: Record<string, string> = {
  line_chart: lineChartText,
  line_chart_with_range: rangeText,
  line_chart_with_band: bandText,
  decision_chart: decisionText,
  decision_chart_of_probabilities: cornersText,
  decision_animation: animationText,
  arc_diagram: arcDiagramText,
  arc_diagram_crossing: crossingText,
  bar_chart: barChartText,
  bar_chart_standing: standingText,
  path_chart: pathChartText,
  layer_histograms: layersText,
  heat_map: heatMapText,
  scatter_chart: scatterText,
  swatches: swatchesText,
};

for (const [name, figure] of Object.entries(examples)) {
  Deno.test(`${name}: SVG, plotly's spec and words are those of the snapshot`, () => {
    const svg = figure.svg.replaceAll("><", ">\n<"); // a line an element: differences are readable
    const text = [figure.words, svg, JSON.stringify(figure.plotly, null, 1)].join("\n\n") + "\n";
    assertSnapshot(`${name}.txt`, snapshots[name], text);
  });

  domTest(`${name}: the SVG is styled by attributes and runs nothing`, () => {
    const document = parseSvg(figure.svg);
    const names = new Set([...document.querySelectorAll("*")].map((node) => node.localName));
    assertEquals(
      names.difference(new Set(["svg", "rect", "line", "path", "circle", "text"])).size,
      0,
    );
    assertEquals(document.querySelectorAll("[style], [class], [href]").length, 0);
  });
}

domTest("no label, name or title can break out of the SVG or of the <img>", () => {
  const strings = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("</text><script>", '"><b>', "&amp;", "'", "]]>", "\u0000\u001b", "\ud800"),
  );
  fc.assert(
    fc.property(strings, strings, (a, b) => {
      const axis = { name: b, unit: a };
      const figures = [
        barChart([{ label: a, value: 1 }], { title: b, category: { name: a }, value: axis }),
        lineChart([{ name: a, x: [1], y: [2] }], { title: b, x: axis, y: axis }),
        arcDiagram({ words: [a, b], tags: [b, a], heads: [2, 0], labels: [a, b] }),
      ];
      for (const figure of figures) {
        assertEquals(parseSvg(figure.svg).querySelectorAll("script, b").length, 0);
        const html = String(mimeBundle(figure)["text/html"]);
        const body = parseHtml(html);
        assertEquals(Array.from(body.children, (child) => child.localName), ["img"]);
      }
    }),
    { numRuns: 100, seed: 1 },
  );
});

domTest("a value that is not finite is a gap in the line and null to plotly", () => {
  const { svg, plotly } = lineChart([{ name: "loss", x: [1, 2, 3, 4, 5], y: [3, 2, NaN, 2, 1] }], {
    title: "diverged",
    x: { name: "step" },
    y: { name: "loss" },
  });
  const path = parseSvg(svg).querySelector("path")!.getAttribute("d")!;
  assertEquals(path.match(/M/g)?.length, 2);
  assertEquals(plotly.data[0].y, [3, 2, null, 2, 1]);
});

domTest("bars are as long as their values, in both orientations", () => {
  const bars = [{ label: "a", value: 1 }, { label: "b", value: 4 }, { label: "c", value: -2 }];
  for (const [orientation, side] of [["horizontal", "width"], ["vertical", "height"]] as const) {
    const options = { title: "", category: { name: "" }, value: { name: "" }, orientation };
    const rects = [...parseSvg(barChart(bars, options).svg).querySelectorAll("rect")].slice(1);
    const lengths = rects.map((rect) => Number(rect.getAttribute(side)));
    assert(Math.abs(lengths[1] / lengths[0] - 4) < 0.01, `${lengths}`);
    assert(Math.abs(lengths[2] / lengths[0] - 2) < 0.01, `${lengths}`);
  }
});

Deno.test("equal values, one point and long tables of points can be drawn", () => {
  const axes = { title: "t", x: { name: "x" }, y: { name: "y" } };
  assertStringIncludes(lineChart([{ name: "a", x: [7], y: [0] }], axes).svg, "<circle");
  const many = Array.from({ length: 200_000 }, (_, i) => i);
  assert(!lineChart([{ name: "a", x: many, y: many }], axes).svg.includes("NaN"));
});

domTest("the labels of the axis at the left stand clear of its title", () => {
  const axes = { title: "t", x: { name: "x" }, y: { name: "y" } };
  const millions = [1e6, 12e6];
  const standing = { ...axes, orientation: "vertical", category: axes.x, value: axes.y } as const;
  const figures = [
    lineChart([{ name: "a", x: [1, 2], y: millions }], axes),
    lineChart([{ name: "a", x: [1, 2], y: millions }], { ...axes, y: { name: "y", scale: "log" } }),
    barChart(millions.map((value) => ({ label: "a", value })), standing),
  ];
  for (const { svg } of figures) {
    const labels = [...parseSvg(svg).querySelectorAll("text")]
      .filter((label) => label.textContent.endsWith("000") && label.getAttribute("x") !== null)
      .filter((label) => label.getAttribute("text-anchor") === "end");
    assert(labels.length > 1);
    for (const label of labels) {
      const left = Number(label.getAttribute("x")) - 6.8 * label.textContent.length;
      assert(left > 20, `${label.textContent} begins at ${left}`); // the title ends at 20
    }
  }
});

domTest("a log axis labels a multiple of every power of ten or of none", () => {
  const chart = (x: number[], width: number) =>
    lineChart([{ name: "s", x, y: x }], {
      title: "t",
      x: { name: "x", scale: "log" },
      y: { name: "y", scale: "log" },
      width,
    });
  for (const width of [240, 400, 640, 1000]) {
    for (const x of [[1e-4, 1], [0.03, 5], [20, 4000], [1, 1e6]]) {
      const texts = [...parseSvg(chart(x, width).svg).querySelectorAll("text")]
        .filter((label) => label.getAttribute("y") === "325") // below the frame
        .map((label) => label.textContent.replaceAll(",", ""));
      for (const label of texts.filter((text) => !/^[0.]*10*$/.test(text))) {
        const between = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000, 1e4, 1e5]
          .map((power) => power * Number(label.replace(".", "").replace(/^0+|0+$/g, "")))
          .filter((value) => value >= x[0] && value <= x[1]);
        for (const value of between) {
          assert(texts.some((text) => Math.abs(Number(text) / value - 1) < 1e-9), `${texts}`);
        }
      }
    }
  }
});

domTest("labels of a log axis do not touch each other, and powers of ten have theirs", () => {
  const x = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1];
  const { svg } = lineChart([{ name: "order 3", x, y: x }], {
    title: "δ",
    x: { name: "δ", scale: "log" },
    y: { name: "perplexity" },
  });
  const labels = Array.from(parseSvg(svg).querySelectorAll("text"))
    .filter((label) => label.getAttribute("y") === "325") // below the frame
    .map((label) => ({ text: label.textContent, x: Number(label.getAttribute("x")) }))
    .sort((a, b) => a.x - b.x);
  const texts = labels.map((label) => label.text);
  assert(["0.0001", "0.001", "0.01", "0.1", "1"].every((text) => texts.includes(text)), `${texts}`);
  for (const [i, label] of labels.entries()) {
    if (i === 0) continue;
    const needed = 6 * (label.text.length + labels[i - 1].text.length) / 2;
    assert(label.x - labels[i - 1].x > needed, `${labels[i - 1].text} touches ${label.text}`);
  }
});

Deno.test("what cannot be drawn is refused with the reason", () => {
  const axes = { title: "T", x: { name: "x" }, y: { name: "y" } };
  const chart = (y: number[], x = [1, 2], options = {}) => () =>
    lineChart([{ name: "s", x, y }], { ...axes, ...options });
  assertThrows(() => lineChart([], axes), RangeError, 'the axis "y": expected a finite value');
  assertThrows(chart([NaN, NaN]), RangeError, 'the axis "y": expected a finite value');
  assertThrows(chart([1]), RangeError, 'as many x as y in "s", got 2 and 1');
  assertThrows(chart([1, 2], [1, NaN]), RangeError, "got NaN at point 1");
  const log = { y: { name: "loss", scale: "log" } };
  assertThrows(chart([1, 0], [1, 2], log), RangeError, 'log axis "loss": expected positive');
  const range = { y: { name: "loss", range: [2, 1] } };
  assertThrows(chart([1, 2], [1, 2], range), RangeError, "got [2,1]");
  const labels = { title: "T", category: { name: "" }, value: { name: "" } };
  assertThrows(() => barChart([], labels), RangeError, "at least one bar");
  const bad = [{ label: "w", value: Infinity }];
  assertThrows(() => barChart(bad, labels), RangeError, 'got Infinity for "w"');
  const cells = { rows: ["a"], columns: ["b"], values: [[1]] };
  const value = { name: "z", range: [1, 1] } as const;
  const empty = { title: "T", row: axes.x, column: axes.y, value };
  assertThrows(() => heatMap(cells, empty), RangeError, "got [1,1]");
});

domTest("an arc diagram has an arrow a word, and higher arcs over the arcs they span", () => {
  const heads = [2, 0, 4, 2, 2];
  const { svg, words } = arcDiagram({ words: [..."abcde"], heads });
  const paths = [...parseSvg(svg).querySelectorAll("path")].map((path) => path.getAttribute("d")!);
  assertEquals(paths.filter((d) => d.endsWith("Z")).length, heads.length);
  const tops = paths.filter((d) => d.includes("Q")).map((d) => Number(d.split(" ")[8]));
  assertEquals(tops.length, 4);
  assertEquals(new Set(tops).size, 3); // b → a and d → c are as high, b → d above, b → e on top
  assertStringIncludes(words, "arc(ROOT, b-2)");
});

Deno.test("an arc diagram leaves words without a head without an arc", () => {
  const { svg, words } = arcDiagram({ words: ["a", "b", "c"], heads: [2, -1, -1] });
  assertEquals(parseSvg(svg).querySelectorAll("path").length, 2); // one arc: its line, its point
  assertStringIncludes(words, "arc(b-2, a-1)");
  assertEquals(words.split("arc(").length, 2);
});

Deno.test("an arc diagram refuses columns that do not fit and heads that do not exist", () => {
  const words = ["a", "b"];
  assertThrows(() => arcDiagram({ words, heads: [2] }), RangeError, "got 2, 2, 1, 2");
  assertThrows(() => arcDiagram({ words: [], heads: [] }), RangeError, "one at least");
  for (const heads of [[0, 2], [0, 3], [-2, 0], [0.5, 0]]) {
    assertThrows(() => arcDiagram({ words, heads }), RangeError, "Cannot draw an arc diagram");
  }
});
