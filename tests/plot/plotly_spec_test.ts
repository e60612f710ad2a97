import plotlyCode from "plotly.js-dist-min/plotly.min.js" with { type: "text" };
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { PlotlySpec } from "#lib/plot/mod.ts";
import { domTest, pageWith } from "../_support/dom.ts";
import { examples } from "./_examples.ts";

/** What plotly.js finds wrong with a spec. It loads in a page alone, so it runs in one. */
function problems(specs: readonly PlotlySpec[]): string[] {
  const page = pageWith(`window.URL.createObjectURL = () => "";
    Object.defineProperty(navigator, "hardwareConcurrency", { value: 1 });
    ${plotlyCode}
    window.problems = ${JSON.stringify(specs)}
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
