import { assertEquals, assertThrows } from "@std/assert";
import { mimeBundle, table } from "#lib/plot/mod.ts";

Deno.test("table() aligns words left and numbers right, and leaves empty what a row lacks", () => {
  const rows = [{ word: "the", count: 12000 }, { word: "proctor", count: 1, note: "rare" }];
  assertEquals(
    table(rows, { title: "Counts" }).words,
    "Counts\nword      count  note\nthe      12,000\nproctor       1  rare",
  );
  assertEquals(table([{ x: 999.4 }, { x: -999.7 }]).words, "     x\n   999\n-1,000");
});

Deno.test("table() escapes markup in headings, cells and title", () => {
  const { html } = table([{ "a<b": "<script>" }], { title: "x & y" });
  assertEquals(
    html,
    '<table><caption>x &amp; y</caption><thead><tr><th align="left" style="text-align: left">a&lt;b</th></tr></thead>' +
      '<tbody><tr><td align="left" style="text-align: left">&lt;script&gt;</td></tr></tbody></table>',
  );
});

Deno.test("a table is shown as HTML, and as words where there is none", () => {
  assertEquals(mimeBundle(table([{ x: 0.123456 }])), {
    "text/html":
      '<table><thead><tr><th align="right" style="text-align: right">x</th></tr></thead>' +
      '<tbody><tr><td align="right" style="text-align: right">0.123</td></tr></tbody></table>',
    "text/plain": "    x\n0.123",
  });
});

Deno.test("a table without rows is refused", () => {
  assertThrows(() => table([]), RangeError, "expected a row, got none");
});
