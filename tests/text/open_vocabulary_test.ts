import { assertEquals, assertThrows } from "@std/assert";
import { OpenVocabulary, Vocabulary } from "#lib/text/mod.ts";

Deno.test("words known by their letters have ids after the others, and are predicted as <unk>", () => {
  const vocabulary = new OpenVocabulary(["a", "b"], [["c", "a"], ["d", "c"]]);
  assertEquals(vocabulary.spelled, ["c", "d"]);
  assertEquals(vocabulary.encodeSentences([["d", "a"], ["e"]]), Int32Array.of(6, 3, 2, 0, 2));
  assertEquals(vocabulary.decode([6, 3, 2, 0]), ["d", "a", "</s>", "<unk>"]);
  assertEquals([-1, 0, 2, 4, 5, 6].map((id) => vocabulary.predicted(id)), [-1, 0, 2, 4, 0, 0]);
  assertEquals([vocabulary.size, vocabulary.idCount, vocabulary.has("c")], [5, 7, false]);
  assertThrows(() => vocabulary.word(7), RangeError, "got 7");
});

Deno.test("a closed vocabulary predicts every id as itself", () => {
  const vocabulary = new Vocabulary(["a"]);
  assertEquals([vocabulary.idCount, vocabulary.predicted(3)], [4, 3]);
});
