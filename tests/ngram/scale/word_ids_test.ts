import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { WordIds } from "#lib/ngram/scale/_word_ids.ts";

const BEGIN = { file: "text", line: 1 };

Deno.test("WordIds numbers words as a map of strings does, however many there are", () => {
  const letters = fc.constantFrom("a", "b", "z", "é", "漢", "😀", "\u0002", "\u00a0");
  const word = fc.array(letters, { minLength: 1, maxLength: 4 }).map((all) => all.join(""));
  fc.assert(fc.property(fc.array(fc.array(word), { maxLength: 30 }), (lines) => {
    const ids = new WordIds(), map = new Map([["<unk>", 0], ["<s>", 1], ["</s>", 2]]);
    for (const words of lines) {
      for (const each of words) if (!map.has(each)) map.set(each, map.size);
    }
    const expected = lines.filter((words) => words.length > 0)
      .map((words) => [1, ...words.map((each) => map.get(each)!), 2]);
    const text = lines.map((words) => words.join(" ")).join("\n");
    assertEquals(ids.sentences(new TextEncoder().encode(text), BEGIN), expected);
    assertEquals(ids.vocabulary().words, [...map.keys()]);
  }));
});

Deno.test("WordIds grows and keeps what it had", () => {
  const ids = new WordIds(), words = Array.from({ length: 50_000 }, (_, i) => `word${i}`);
  const text = new TextEncoder().encode(words.join(" "));
  const [first] = ids.sentences(text, BEGIN), [again] = ids.sentences(text, BEGIN);
  assertEquals(first, [1, ...words.map((_, i) => i + 3), 2]);
  assertEquals(again, first);
  assertEquals(ids.vocabulary().words.slice(3), words);
});
