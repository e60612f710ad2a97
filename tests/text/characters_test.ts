import { assertEquals } from "@std/assert";
import { characters, indexSentences } from "#lib/text/mod.ts";

Deno.test("characters() gives code points, composed, that join to the same text", () => {
  assertEquals(characters("e\u0301a 𝛂"), ["é", "a", " ", "𝛂"]);
  assertEquals(characters("line\none").join(""), "line\none");
  assertEquals(characters(""), []);
});

Deno.test("characters() of a text that looks like a mark are no mark", () => {
  const { vocabulary, ids } = indexSentences([characters("</s>")]);
  assertEquals(ids.length, 5);
  assertEquals(vocabulary.decode(ids), ["<", "/", "s", ">", "</s>"]);
});
