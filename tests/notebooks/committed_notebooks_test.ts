import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { codeCells, parseNotebook } from "../../tools/jupyter/ipynb.ts";
import { isGranted, permittedTest } from "../_support/permitted.ts";

const folder = fileURLToPath(new URL("../../notebooks/", import.meta.url));
const names = isGranted("read")
  ? readdirSync(folder).filter((name) => name.endsWith(".ipynb"))
  : [];

permittedTest("there are notebooks, named NN-topic.ipynb", ["read"], () => {
  assert(names.length > 0);
  for (const name of names) assertMatch(name, /^\d\d-[a-z-]+\.ipynb$/);
});

for (const name of names) {
  const json = readFileSync(join(folder, name), "utf8");
  const notebook = parseNotebook(json, name);
  const cells = codeCells(notebook);

  Deno.test(`${name}: begins with its title and the scale, ends with experiments and sources`, () => {
    const [first] = notebook.cells, last = notebook.cells.at(-1)!;
    assertEquals(first.cell_type, "markdown");
    assertMatch(first.source, new RegExp(`^# ${name.slice(0, 2)} · `));
    assertStringIncludes(cells[0].source, "const scale = scaleFromEnvironment();");
    assertMatch(last.source, /## Try this\n[^]*\n## Sources\n/);
  });

  Deno.test(`${name}: code cells have less than 15 lines`, () => {
    const long = cells.filter((cell) => cell.source.split("\n").length >= 15);
    assertEquals(long.map((cell) => cell.id), []);
  });

  Deno.test(`${name}: is committed with the outputs of one run, none of them an error`, () => {
    assertEquals(cells.map((cell) => cell.execution_count), cells.map((_, i) => i + 1));
    const outputs = cells.flatMap((cell) => cell.outputs);
    assertEquals(outputs.filter((output) => output.output_type === "error"), []);
    assert(JSON.stringify(outputs).includes("application/vnd.plotly.v1+json"), "a figure");
    assert(new TextEncoder().encode(json).length < 400_000);
  });
}
