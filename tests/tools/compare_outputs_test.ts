import { assertEquals } from "@std/assert";
import { compareOutputs, missingData } from "../../tools/jupyter/compare_outputs.ts";
import { codeCells, type Output } from "../../tools/jupyter/ipynb.ts";
import { notebookOf } from "../_support/notebook.ts";

function shown(text: string, data: Record<string, unknown> = {}): Output {
  return { output_type: "display_data", metadata: {}, data: { "text/plain": text, ...data } };
}

/** What is found when a cell with this tag showed one thing and now shows another. */
function compared(tag: string | undefined, before: Output[], after: Output[]): string[] {
  const notebook = notebookOf("1;");
  const cell = { ...notebook.cells[0], metadata: tag ? { tags: [tag] } : {}, outputs: before };
  return compareOutputs({ ...notebook, cells: [cell as typeof notebook.cells[0]] }, [after]);
}

Deno.test("without a tag and with `exact`, any difference counts, but not the cell's number", () => {
  const differs = ['cell [1]: was "text/plain": "loss 1.000", is "text/plain": "loss 1.001"'];
  for (const tag of [undefined, "exact"]) {
    const found = compared(tag, [shown("loss 1.000")], [shown("loss 1.001")]);
    assertEquals(found, differs);
  }
  const numbered = { ...shown("7"), execution_count: 3 } as Output;
  assertEquals(compared("exact", [numbered], [shown("7")]), []);
});

Deno.test("with `tolerance`, numbers may differ by a hundredth and pictures at will", () => {
  const data = (y: number[], image: string) => ({
    "application/vnd.plotly.v1+json": { data: [{ y }] },
    "text/html": image,
  });
  const before = [shown("loss 1,000 at 3", data([1, -0.5], "a"))];
  const close = [shown("loss 1,009 at 3", data([1.001, -0.501], "b"))];
  assertEquals(compared("tolerance", before, close), []);
  const base64 = (bdata: string) => [
    shown("7", { "application/vnd.plotly.v1+json": { z: { bdata, dtype: "i1", shape: "1, 4" } } }),
  ];
  assertEquals(compared("tolerance", base64("AQIDBA=="), base64("AQIDBQ==")), []);
  assertEquals(compared("exact", base64("AQIDBA=="), base64("AQIDBQ==")).length, 1);
  const far = [shown("loss 1,020 at 3", data([1, -0.5], "a"))];
  assertEquals(compared("tolerance", before, far), ["cell [1]: was 1,000, is 1,020"]);
  const renamed = [shown("cost 1,000 at 3", data([1, -0.5], "a"))];
  assertEquals(compared("tolerance", before, renamed).length, 1);
});

Deno.test("with `skip` nothing is compared; an output that is missing or new is a difference", () => {
  assertEquals(compared("skip", [shown("0.31 s")], [shown("0.35 s")]), []);
  assertEquals(compared("exact", [shown("7")], []).length, 1);
  assertEquals(compared("tolerance", [], [shown("7")]).length, 1);
});

Deno.test("from a `data` cell on that warned of missing data, nothing is compared", () => {
  const notebook = notebookOf("a;", "b;", "c;");
  const [, data, after] = codeCells(notebook);
  data.metadata.tags = ["data"];
  after.outputs = [shown("7")];
  const warning: Output = { output_type: "stream", name: "stderr", text: "no corpus\n" };
  assertEquals(compareOutputs(notebook, [[], [warning], [shown("8")]]), []);
  assertEquals(missingData(notebook, [[], [warning], []]), { cell: 1, warning: "no corpus" });
  assertEquals(compareOutputs(notebook, [[shown("x")], [warning], []]).length, 1);
  assertEquals(compareOutputs(notebook, [[], [], [shown("8")]]).length, 1);
});
