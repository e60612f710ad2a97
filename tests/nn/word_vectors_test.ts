import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { formatWordVectors, nearestWords, parseWordVectors, skipGram } from "#lib/nn/mod.ts";
import { seeded } from "#lib/random/mod.ts";

Deno.test("GloVe's and word2vec's text formats are read alike, and written back", () => {
  const glove = "the 0.5 -1\n, 1e-3 2\n", word2vec = `2 2\n${glove}`;
  const vectors = parseWordVectors(glove);
  assertEquals(parseWordVectors(word2vec), vectors);
  assertEquals(parseWordVectors(word2vec.replaceAll("\n", "\r\n")), vectors);
  assertEquals([...vectors.words], ["the", ","]);
  assertEquals(parseWordVectors(formatWordVectors(vectors)), vectors);
});

const broken: [why: string, text: string, says: string][] = [
  ["another width", "a 1 2\nb 1\n", "line 2: expected a word and 2 numbers"],
  ["doubled blanks", "the  0.5 -1\n", "line 1: expected a word and 2 numbers, single spaces"],
  ["a doubled blank for a number", "a 1 2\nb  1\n", "line 2: expected a word and 2 numbers"],
  ["no number", "a 1 x\n", "line 1"],
  ["a word twice", "a 1\na 2\n", 'line 2: "a" comes again'],
  ["cut off", "3 1\na 1\n", "expected 3 words, got 1"],
  ["nothing", "", "line 1"],
];
for (const [why, text, says] of broken) {
  Deno.test(`word vectors refused: ${why}`, () => {
    const error = assertThrows(() => parseWordVectors(text), SyntaxError);
    assert(error.message.includes(says), error.message);
  });
}

Deno.test("vectors that the text format cannot hold are not written", () => {
  const write = (word: string, ...numbers: number[]) =>
    formatWordVectors({ words: ["a", word], width: 1, vectors: Float32Array.of(1, ...numbers) });
  for (const word of ["New York", "", "a\nb"]) {
    assertThrows(() => write(word, 2), RangeError, `line breaks, got "${word}"`);
  }
  for (const wrong of [NaN, -Infinity]) {
    const says = `Cannot write the vector of "b": expected finite numbers, got ${wrong}`;
    assertThrows(() => write("b", wrong), RangeError, says);
  }
});

Deno.test("nearest words by cosine, the word itself left out", () => {
  const vectors = parseWordVectors("a 1 0\nb 2 0.1\nc 0 1\nd -1 0\n");
  const found = nearestWords(vectors, "a", { count: 3 });
  assertEquals(found.map(({ word }) => word), ["b", "c", "d"]);
  assertAlmostEquals(found[2].cosine, -1, 1e-6);
  assertThrows(() => nearestWords(vectors, "e"), RangeError, "no vector");
  const zero = nearestWords(parseWordVectors("a 1 0\nb -1 0\nz 0 0\nc 1 0\n"), "a", { count: 3 });
  assertEquals(zero.map(({ word, cosine }) => [word, cosine]), [["c", 1], ["z", 0], ["b", -1]]);
});

Deno.test("skip-gram: words used alike come to lie near each other; a seed decides all", () => {
  const random = seeded(3);
  const pick = (words: string[]) => words[Math.floor(random() * words.length)];
  const sentences = Array.from({ length: 3000 }, () => [
    ...[pick(["a", "the"]), pick(["dog", "cat", "cow"]), pick(["sees", "hears"]), "it"],
  ]);
  const learn = () =>
    [...skipGram(sentences, { width: 10, window: 1, subsample: 1, epochs: 3, rate: 0.05 })].at(-1)!;
  const vectors = learn();
  const near = (word: string) => nearestWords(vectors, word, { count: 2 }).map(({ word }) => word);
  assertEquals(near("dog").sort(), ["cat", "cow"]);
  assertEquals(near("sees")[0], "hears");
  assertEquals(learn().vectors, vectors.vectors);
  assertEquals(vectors.position, vectors.total);
  assertThrows(() => skipGram([["a"]], { least: 2 }).next(), RangeError, "2 times");
});

Deno.test("structured skip-gram tells words apart that stand in other places; plain does not", () => {
  const random = seeded(4);
  const pick = (words: string[]) => words[Math.floor(random() * words.length)];
  const pair = () => [pick(["a", "b"]), pick(["x", "y"]), pick(["c", "d"])];
  const sentences = Array.from({ length: 3000 }, pair); // a and b before x and y, c and d after
  const cosineOf = (structured: boolean) => {
    const options = { width: 10, window: 1, subsample: 1, epochs: 3, rate: 0.05, structured };
    const vectors = [...skipGram(sentences, options)].at(-1)!;
    const found = nearestWords(vectors, "a", { count: 5 });
    return (word: string) => found.find((each) => each.word === word)!.cosine;
  };
  const plain = cosineOf(false), structured = cosineOf(true);
  assert(plain("c") > 0.9 && plain("b") > 0.9, `${plain("c")}`);
  assert(structured("c") < 0.5 && structured("b") > 0.9, `${structured("c")}`);
});
