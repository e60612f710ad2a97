import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { Kernel } from "../../tools/jupyter/kernel.ts";
import type { Message } from "../../tools/jupyter/messages.ts";
import { permittedTest } from "../_support/permitted.ts";

/** What each cell makes a real kernel publish. */
async function published(...cells: string[]): Promise<Message[][]> {
  const kernel = await Kernel.start({
    cwd: fileURLToPath(new URL("../../notebooks/", import.meta.url)),
  });
  try {
    const all: Message[][] = [];
    for (const cell of cells) all.push((await kernel.execute(cell, 30)).messages);
    return all;
  } finally {
    await kernel.stop();
  }
}

const IMPORT = `import { barChart, live, show, table } from "#lib/plot/mod.ts";
  const figure = (value: number) => barChart([{ label: "a", value }], {
    title: "T", category: { name: "c" }, value: { name: "v" },
  });`;

function kernelTest(name: string, run: () => Promise<void>): void {
  permittedTest(name, ["read", "write", "env", "net", "run"], run);
}

kernelTest("show() sends one message with an interactive, a static and a plain form", async () => {
  const [, messages] = await published(IMPORT, "show(figure(1));");
  assertEquals(messages.map(({ type }) => type), ["display_data"]);
  const data = messages[0].content.data as Record<string, unknown>;
  assertEquals(Object.keys(data).sort(), [
    "application/vnd.plotly.v1+json",
    "text/html",
    "text/plain",
  ]);
  assertMatch(
    String(data["text/html"]),
    /^<img width="640" height="126" alt="[^"]*" src="data:image\/svg\+xml;base64,[\w+/]+=*">$/,
  );
  const base64 = String(data["text/html"]).match(/base64,([^"]*)/)![1];
  const svg = new TextDecoder().decode(Uint8Array.fromBase64(base64));
  assert(svg.startsWith("<svg ") && svg.includes(">T</text>"));
});

kernelTest(
  "50 console lines become one message or a few; order with figures and results is kept",
  async () => {
    const [, lines, mixed, failing] = await published(
      IMPORT,
      "for (let i = 0; i < 50; i++) console.log(i);",
      'console.log("before"); show(table([{ x: 1 }])); console.error("after"); console.log("end"); 7',
      'console.log("so far"); throw new Error("then this");',
    );
    // one message, but for a machine that stalls for more than the 100 ms output may be held
    assert(lines.length < 10 && lines.every(({ type }) => type === "stream"), `${lines.length}`);
    const text = lines.map(({ content }) => content.text).join("");
    assertEquals(text.trim().split("\n").map(Number), [...Array(50).keys()]);
    const said = mixed.map(({ type, content }) => content.text ? content.text : type);
    assertEquals(said, ["before\n", "display_data", "after\n", "end\n", "execute_result"]);
    assertEquals(mixed[2].content.name, "stderr");
    assertEquals(failing.map(({ type }) => type), ["stream", "error"]);
  },
);

kernelTest("console keeps its other methods", async () => {
  const [, messages] = await published(
    IMPORT,
    'console.table([{ a: 1 }]); console.group("outer"); console.info("%d %s", 3, [1]); ' +
      "console.groupEnd(); console.warn({ x: new Float64Array(1) });",
  );
  assertEquals(messages.map(({ content }) => content.name), ["stdout", "stderr"]);
  assertMatch(String(messages[0].content.text), /\(index\)[^]*outer\n {2}3 \[ 1 \]\n$/);
  assertEquals(messages[1].content.text, "{ x: Float64Array(1) [ 0 ] }\n");
});

kernelTest(
  "live() draws at once, passes over what comes too soon, and shows the last",
  async () => {
    const [, messages] = await published(
      IMPORT,
      "const slot = live(); let drawn = 0;" +
        "for (let i = 1; i <= 1000; i++) slot.update(() => { drawn++; return figure(i); });" +
        "slot.finish(figure(2000)); drawn < 1000",
    );
    const shown = messages.filter(({ type }) => type.endsWith("display_data"));
    assertEquals(shown[0].type, "display_data");
    assert(shown.slice(1).every(({ type }) => type === "update_display_data"));
    const ids = new Set(shown.map(({ content }) => JSON.stringify(content.transient)));
    assertEquals(ids.size, 1);
    const last = shown.at(-1)!.content.data as Record<string, string>;
    assertEquals(last["text/plain"], "T [v for each c]\na 2,000");
    const result = messages.at(-1)!.content.data as Record<string, string>;
    assertMatch(result["text/plain"], /true/);
  },
);
