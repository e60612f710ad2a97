import { fileURLToPath } from "node:url";
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Output } from "../../tools/jupyter/ipynb.ts";
import { Kernel } from "../../tools/jupyter/kernel.ts";
import { runNotebook } from "../../tools/jupyter/run_notebook.ts";
import { notebookOf } from "../_support/notebook.ts";
import { permittedTest } from "../_support/permitted.ts";

const cwd = fileURLToPath(new URL("../../notebooks/", import.meta.url));

function kernelTest(name: string, run: () => Promise<void>): void {
  permittedTest(name, ["read", "write", "env", "net", "run"], run);
}

kernelTest("1000 console lines and 10 results arrive below the cells they belong to", async () => {
  const sources = Array.from(
    { length: 10 },
    (_, i) => `for (let j = 0; j < 100; j++) console.log("${i}:" + j); "result ${i}"`,
  );
  const { outputs, failure } = await runNotebook(notebookOf(...sources), { cwd });
  assertEquals(failure, undefined);
  for (const [i, [stream, result]] of outputs.entries()) {
    const lines = Array.from({ length: 100 }, (_, j) => `${i}:${j}\n`).join("");
    assertEquals(stream, { output_type: "stream", name: "stdout", text: lines });
    assertEquals(textOf(result), `"result ${i}"`);
  }
});

kernelTest("a cell without end is named and stopped", async () => {
  const notebook = notebookOf("1;", "while (true);", "3;");
  const { failure, outputs } = await runNotebook(notebook, { cwd, cellSeconds: 1 });
  assertEquals(failure, "cell [2] (while (true);): no end within 1 s");
  assertEquals(outputs.length, 2);
});

kernelTest("a kernel that dies is said to have died, and where", async () => {
  const { failure } = await runNotebook(notebookOf("Deno.exit(3);"), { cwd });
  assertEquals(failure, "cell [1] (Deno.exit(3);): the kernel ended (exit code 3)");
});

kernelTest("a syntax error, of which the kernel says nothing, is a failure", async () => {
  const { failure } = await runNotebook(notebookOf("const = 3;"), { cwd });
  assertStringIncludes(failure!, "cell [1] (const = 3;): the kernel refused it");
});

kernelTest(
  "variables reach the kernel's environment, and cells run in the given folder",
  async () => {
    const notebook = notebookOf('Deno.env.get("LECTURE_TEST") + Deno.cwd().split("/").at(-1);');
    const { outputs } = await runNotebook(notebook, { cwd, env: { LECTURE_TEST: "heard in " } });
    assertEquals(textOf(outputs[0][0]), '"heard in notebooks"');
  },
);

kernelTest("a display that is updated, also by a later cell, shows its last state", async () => {
  const show = (type: string, text: string) =>
    `await Deno.jupyter.broadcast("${type}", { data: { "text/plain": "${text}" }, metadata: {},
      transient: { display_id: "d" } });`;
  const notebook = notebookOf(show("display_data", "a"), show("update_display_data", "b"));
  const { outputs } = await runNotebook(notebook, { cwd });
  assertEquals(outputs.map((cell) => cell.map(textOf)), [["b"], []]);
});

kernelTest("the stop button ends a loop that ticks and keeps what it has done", async () => {
  const kernel = await Kernel.start({ cwd });
  try {
    await kernel.execute('import { interruptSignal, tick } from "#lib/plot/mod.ts";');
    await kernel.execute("let steps = 0; const signal = interruptSignal();");
    const loop = kernel.execute("while (!signal.aborted) { steps++; await tick(); }", 30);
    await kernel.interrupt();
    assertEquals((await loop).reply.status, "ok");
    const { messages } = await kernel.execute("[steps > 0, interruptSignal().aborted].join()");
    const data = messages[0].content.data as Record<string, string>;
    assertStringIncludes(data["text/plain"], "true,false");
  } finally {
    await kernel.stop();
  }
});

function textOf(output: Output): unknown {
  return "data" in output ? output.data["text/plain"] : undefined;
}
