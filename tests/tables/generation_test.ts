import { assert, assertEquals } from "@std/assert";
import { generationRows, generationTexts } from "#lib/tables/mod.ts";
import { END, UNKNOWN } from "#lib/text/mod.ts";
import { permittedTest } from "../_support/permitted.ts";

permittedTest("generationTexts: parts are disjoint, whole and of the right tokens", [
  "read",
  "env",
], async () => {
  for (const { id, tokens, read } of generationTexts) {
    const { train, valid, test } = await read();
    const sizes = [train, valid, test].map((part) => part.length);
    assert(sizes.every((size) => size > 150), `${id}: ${sizes}`);
    assert(sizes[0] > 4 * sizes[1] && sizes[0] > 4 * sizes[2], `${id}: ${sizes}`);
    const lengths = new Set(train.slice(0, 500).flat().map((token) => token.length));
    assertEquals(lengths.size === 1, tokens === "characters", id);
    assert(![...train, ...valid, ...test].some((sequence) => sequence.includes(END)), id);
    assertEquals(train.flat().includes(UNKNOWN), tokens === "words", id);
  }
});

Deno.test("generationRows: one for each text, whose state goes on only where the text does", () => {
  assertEquals(generationRows.map(({ text }) => text.id), generationTexts.map(({ id }) => id));
  for (const { text, run } of generationRows) {
    assertEquals(run.model.crossesSentences, text.isStream, text.id);
  }
});
