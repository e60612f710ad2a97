import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import {
  conlluOf,
  formatConllu,
  generatedTreebank,
  parseConllu,
  parseTreebank,
  TextParser,
  trainMaltParser,
  trainTagger,
  treeProblem,
  withOneRoot,
} from "#lib/parser/mod.ts";
import { treebankTokenize } from "#lib/text/mod.ts";
import { alignTokens } from "../../lib/parser/_align_tokens.ts";
import { paragraphs } from "../../lib/parser/_paragraphs.ts";

const train = generatedTreebank().train.slice(0, 1000);
const english = new TextParser(trainTagger(train), trainMaltParser(train));

Deno.test("from raw text to trees", async () => {
  const text = "The old dog sees a cat. \"Ann's student can't sleep,\" she says!";
  const [first, second, ...more] = await english.parse(text);
  assertEquals(more, []);
  assertEquals(first.words, ["The", "old", "dog", "sees", "a", "cat", "."]);
  assertEquals(first.tags, ["DT", "JJ", "NN", "VBZ", "DT", "NN", "."]);
  assertEquals(first.tree, {
    heads: [3, 3, 4, 0, 6, 4, 4],
    labels: ["det", "amod", "nsubj", "root", "det", "obj", "punct"],
  });
  assertEquals(second.words.join(" "), `" Ann 's student ca n't sleep , " she says !`);
  assertEquals(await english.parse(" \n "), []);
});

Deno.test("parsed text as CoNLL-U is CoNLL-U, and says where spaces were", async () => {
  const sentences = await english.parse("Ann's  dog sleeps. It sleeps.");
  const written = formatConllu(sentences.map(conlluOf));
  assertEquals(formatConllu(parseConllu(written)), written);
  assertEquals(parseTreebank(written).map(({ tree }) => tree), sentences.map(({ tree }) => tree));
  assert(written.startsWith("# text = Ann's dog sleeps.\n1\tAnn\t_\t_\tNNP\t_\t3\t"));
  assertEquals(written.match(/SpaceAfter=No/g)?.length, 3); // Ann, sleeps, sleeps
});

Deno.test("tokens and spaces give the text back (property)", () => {
  const pieces = fc.array(
    fc.constantFrom(
      '"',
      "'",
      "“",
      "”",
      "’",
      "``",
      "''",
      "can't",
      "U.S.",
      "1,000",
      "(",
      ".",
      "a",
      " ",
    ),
  ).map((list) => list.join(""));
  const property = fc.property(fc.oneof(pieces, fc.string({ unit: "grapheme" })), (text) => {
    const tokens = alignTokens(text, treebankTokenize(text));
    const again = tokens.map(({ form, spaceAfter }) => form + (spaceAfter ? " " : "")).join("");
    assertEquals(again.trim(), text.replaceAll(/\s+/g, " ").trim());
  });
  fc.assert(property, { numRuns: 500, seed: 3 });
});

Deno.test("further roots hang from the first", () => {
  const labels = ["nsubj", "root", "root"];
  const tree = withOneRoot({ heads: [2, 0, 0], labels });
  assertEquals(tree, { heads: [2, 0, 2], labels: ["nsubj", "root", "parataxis"] });
  assertEquals(treeProblem(tree.heads), undefined);
});

Deno.test("the root relation is ROOT's alone", () => {
  const labels = ["root", "root", "obj"];
  assertEquals(withOneRoot({ heads: [2, 0, 2], labels }).labels, ["dep", "root", "obj"]);
  const tree = { heads: [2, 0, 2], labels: ["nsubj", "root", "obj"] };
  assertEquals(withOneRoot(tree), tree);
});

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

Deno.test("paragraphs end at empty lines, wherever the stream is cut; long ones are cut", async () => {
  const text = "One line\nand another.\n\nNext ünï\r\n \r\nlast " + "word ".repeat(30_000);
  const bytes = new TextEncoder().encode(text);
  for (const size of [1000, 4097, 1_000_000]) {
    const found = await Array.fromAsync(paragraphs(pieces(bytes, size)));
    assertEquals(found.slice(0, 2), ["One line and another.", "Next ünï"]);
    assert(found.length > 3 && found.every((paragraph) => paragraph.length <= 2 ** 16));
    assertEquals(found.slice(2).join(" "), ("last " + "word ".repeat(30_000)).trim());
  }
});
