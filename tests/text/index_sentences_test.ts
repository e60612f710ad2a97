import { assertEquals, assertThrows } from "@std/assert";
import { indexSentences, Vocabulary } from "#lib/text/mod.ts";

const roses = [["a", "rose"], ["is", "a", "rose"], [], ["is", "rare"]];

Deno.test("indexSentences() numbers words by falling frequency, ties as they came", () => {
  const { vocabulary, ids, counts } = indexSentences(roses);
  assertEquals(vocabulary.words, ["<unk>", "<s>", "</s>", "a", "rose", "is", "rare"]);
  assertEquals(ids, Int32Array.of(3, 4, 2, 5, 3, 4, 2, 2, 5, 6, 2));
  assertEquals(counts, Uint32Array.of(0, 0, 4, 2, 2, 2, 1));
});

Deno.test("indexSentences() turns words rarer than minCount into <unk>", () => {
  const { vocabulary, ids, counts } = indexSentences(roses, { minCount: 2 });
  assertEquals(vocabulary.has("rare"), false);
  assertEquals(ids.at(-2), vocabulary.unknown);
  assertEquals(counts[vocabulary.unknown], 1);
});

Deno.test("indexSentences() gives the ids that encodeSentences() gives", () => {
  const long = Array.from({ length: 400 }, (_, i) => Array.from({ length: i }, (_, j) => `w${j}`));
  const { vocabulary, ids } = indexSentences(long);
  assertEquals(ids, vocabulary.encodeSentences(long));
});

Deno.test("indexSentences() refuses marks in the text and a minCount below 1", () => {
  assertThrows(() => indexSentences([["a", "</s>"]]), RangeError, 'got "</s>" at token 1');
  assertThrows(() => indexSentences([], { minCount: 0 }), RangeError, "got 0");
});

Deno.test("indexSentences() refuses a string for a sentence: its letters would be the words", () => {
  const text = ["a cat"] as unknown as string[][]; // what a notebook does not check
  assertThrows(() => indexSentences(text), TypeError, 'got the string "a cat"');
});

Deno.test("Vocabulary refuses a word that comes twice, and ids it does not have", () => {
  assertThrows(() => new Vocabulary(["a", "a"]), RangeError, '"a" twice');
  assertThrows(() => new Vocabulary(["<s>"]), RangeError, '"<s>" twice');
  assertThrows(() => new Vocabulary(["a"]).word(4), RangeError, "expected 0 to 3, got 4");
});

Deno.test("Vocabulary refuses a string where it wants words: its letters would all be unknown", () => {
  const vocabulary = new Vocabulary(["cat"]);
  assertThrows(() => vocabulary.encode("cat"), TypeError, 'got the string "cat"');
  assertThrows(() => vocabulary.encodeSentences(["a cat"]), TypeError, 'got the string "a cat"');
});
