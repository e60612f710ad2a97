import plotlyCode from "plotly.js-dist-min/plotly.min.js" with { type: "text" };
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { PlotlySpec } from "#lib/plot/mod.ts";
import { domTest, pageWith } from "../_support/dom.ts";
import { examples } from "./_examples.ts";

/** Numbers given as base64, which plotly.js draws but its check does not know, as the arrays they are. */
function decoded(spec: PlotlySpec): PlotlySpec {
  return JSON.parse(JSON.stringify(spec), (_, value) => {
    if (typeof value?.bdata !== "string") return value;
    const { buffer } = Uint8Array.fromBase64(value.bdata);
    const numbers = Array.from(
      value.dtype === "i1" ? new Int8Array(buffer) : new Float32Array(buffer),
    );
    if (value.shape === undefined) return numbers;
    const [rows, columns] = value.shape.split(",").map(Number);
    assertEquals(numbers.length, rows * columns);
    return Array.from({ length: rows }, (_, r) => numbers.slice(r * columns, (r + 1) * columns));
  });
}

/** What plotly.js finds wrong with a spec. It loads in a page alone, so it runs in one. */
function problems(specs: readonly PlotlySpec[]): string[] {
  const page = pageWith(`window.URL.createObjectURL = () => "";
    Object.defineProperty(navigator, "hardwareConcurrency", { value: 1 });
    ${plotlyCode}
    window.problems = ${JSON.stringify(specs.map(decoded))}
      .flatMap(({ data, layout }) => Plotly.validate(data, layout) ?? [])
      .map((problem) => problem.msg);`);
  // it finds arrays within arguments changed that are the same: "(set to 'a') got reset to 'a'"
  return Array.from(page.problems as string[])
    .filter((message) => !/\(set to '(.*)'\) got reset to '\1'/.test(message));
}

domTest("plotly.js finds nothing wrong with the spec of any figure, but with a wrong one", () => {
  const wrong: PlotlySpec = { data: [{ type: "bar", y: [1], hight: [1] }], layout: {} };
  const found = problems([...Object.values(examples).map((figure) => figure.plotly), wrong]);
  assertEquals(found.length, 1, found.join("\n"));
  assertStringIncludes(found[0], "hight");
});
