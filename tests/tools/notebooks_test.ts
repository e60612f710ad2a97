import { readFileSync } from "node:fs";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { checkNotebooks } from "../../tools/notebooks.ts";
import { parseNotebook } from "../../tools/jupyter/ipynb.ts";
import { notebookOf, withNotebook } from "../_support/notebook.ts";
import { permittedTest } from "../_support/permitted.ts";

function notebookTest(name: string, run: () => Promise<void>): void {
  permittedTest(name, ["read", "write", "env", "net", "run"], run);
}

/** What is wrong with a notebook of these cells. */
async function problemsOf(...sources: string[]): Promise<string> {
  let found: string[] = [];
  await withNotebook(notebookOf(...sources), async (path) => {
    found = await checkNotebooks([path], { write: true });
  });
  return found.join("\n");
}

notebookTest("--write stores outputs that the next run reproduces, byte for byte", async () => {
  const notebook = notebookOf("const x = [1, 2];\nconsole.log(x);", "x.length;");
  await withNotebook(notebook, async (path) => {
    assertEquals(await checkNotebooks([path], { write: true }), []);
    const stored = readFileSync(path, "utf8");
    const [first, second] = parseNotebook(stored, path).cells;
    assert(first.cell_type === "code" && second.cell_type === "code");
    assertEquals(first.outputs, [{ output_type: "stream", name: "stdout", text: "[ 1, 2 ]\n" }]);
    const data = { "text/plain": "2" };
    const result = { output_type: "execute_result", metadata: {}, data, execution_count: 2 };
    assertEquals(second.outputs, [result as typeof second.outputs[0]]);
    assertEquals(await checkNotebooks([path]), []);
    assertEquals(await checkNotebooks([path], { write: true }), []);
    assertEquals(readFileSync(path, "utf8"), stored);
  });
});

notebookTest(
  "an output that differs from the committed one is a problem, unless skipped",
  async () => {
    const notebook = notebookOf("performance.now();", "performance.now();");
    notebook.cells[1].metadata.tags = ["skip"];
    await withNotebook(notebook, async (path) => {
      assertEquals(await checkNotebooks([path], { write: true }), []);
      const problems = await checkNotebooks([path]);
      assertEquals(problems.length, 1);
      assertStringIncludes(problems[0], "tiny.ipynb: cell [1]: was ");
    });
  },
);

notebookTest("a cell that fails is named with its error, and nothing is stored", async () => {
  const notebook = notebookOf("1;", "// a comment\nthrow new RangeError('no such order');", "2;");
  await withNotebook(notebook, async (path) => {
    const before = readFileSync(path, "utf8");
    const [problem] = await checkNotebooks([path], { write: true });
    assertStringIncludes(problem, "deno fmt would write"); // no single quotes
    assertEquals(readFileSync(path, "utf8"), before);
  });
  const problem = await problemsOf("1;", 'throw new RangeError("no such order");', "2;");
  assertStringIncludes(problem, 'cell [2] (throw new RangeError("no such order");): RangeError');
});

notebookTest(
  "type errors, missing exports and syntax errors are told with their place",
  async () => {
    const found = await problemsOf(
      "const n = 1;",
      "const m: number = n;\nconst s: string = m;",
      'import { noSuchChart } from "#lib/plot/mod.ts";\nnoSuchChart;',
      "const n = 2;",
    );
    assertMatch(found, /TS2322[^]*tiny\.ipynb cell \[2\] line 2:7/);
    assertMatch(found, /noSuchChart[^]*tiny\.ipynb cell \[3\] line 1:10/);
    assertMatch(found, /TS2451[^]*tiny\.ipynb cell \[4\] line 1:7/);
    assertStringIncludes(await problemsOf("1;", "const = 3;"), "tiny.ipynb cell [2] line 1:7");
  },
);

notebookTest("an unformatted cell and a heavy notebook are problems", async () => {
  assertStringIncludes(await problemsOf("const x=1;"), 'write "const x = 1;" for "const x=1;"');
  assertStringIncludes(
    await problemsOf('console.log("x".repeat(500_000));'),
    "bytes, more than 400000",
  );
});
