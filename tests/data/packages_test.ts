import {
  holdOutEveryTenth,
  parseBrown,
  readBrown,
  readColorNames,
  readMobyDick,
  readStateOfTheUnion,
} from "#lib/data/mod.ts";
import { wordPunct } from "#lib/text/mod.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { permittedTest } from "../_support/permitted.ts";

function countWords(sentences: readonly string[][]): number {
  return sentences.reduce((sum, words) => sum + words.length, 0);
}

permittedTest("readBrown() gives 57,340 tagged sentences in the order of the files", [
  "read",
  "env",
], async () => {
  const sentences = await readBrown();
  assertEquals(sentences.length, 57_340);
  assertEquals(sentences[0].words.slice(0, 3), ["The", "Fulton", "County"]);
  assertEquals(sentences[0].tags.slice(0, 3), ["at", "np-tl", "nn-tl"]);
  assertEquals([sentences[0].file, sentences[0].category], ["ca01", "news"]);
  assertEquals(sentences.at(-1)!.file, "cr09");
  assertEquals(new Set(sentences.map((sentence) => sentence.category)).size, 15);
  const { train, test } = holdOutEveryTenth(sentences.map((sentence) => sentence.words));
  assertEquals(countWords(train), 1_045_507);
  assertEquals(countWords(test) + test.length, 121_419); // with </s>
});

Deno.test("parseBrown() refuses a token without word or tag, naming file and line", () => {
  for (const token of ["word", "/tag", "word/"]) {
    assertThrows(
      () => parseBrown(`\n\nA/at ${token} here/rn\n`, "cz99"),
      SyntaxError,
      `cz99 line 3: expected word/tag, got "${token}"`,
    );
  }
});

permittedTest(
  "readStateOfTheUnion() gives 233 speeches, eight of them Obama's",
  ["read", "env"],
  async () => {
    const speeches = await readStateOfTheUnion();
    assertEquals(speeches.length, 233);
    assertEquals([speeches[0].year, speeches[0].president], [1790, "George Washington"]);
    const obama = speeches.filter((speech) => speech.president === "Barack Obama");
    assertEquals(obama.map(({ year }) => year), [2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016]);
    const tokens = speeches.map((speech) => wordPunct(speech.text.toLowerCase()));
    const { train, test } = holdOutEveryTenth(tokens);
    assertEquals([countWords(train), countWords(test)], [1_811_446, 195_532]);
  },
);

permittedTest(
  "readMobyDick() gives 139 parts in the order of the book",
  ["read", "env"],
  async () => {
    const chapters = await readMobyDick();
    assertEquals(chapters.length, 139);
    assertEquals([chapters[3].chapter, chapters[3].title], ["1", "Loomings."]);
    assertStringIncludes(chapters[3].text, "Call me Ishmael.");
    assertEquals(chapters.at(-1)!.chapter, "Epilogue");
  },
);

Deno.test("readColorNames() gives 31,918 names, each with red, green and blue", async () => {
  const colors = await readColorNames();
  assertEquals(colors.length, 31_918);
  const carrot = colors.find((color) => color.name === "24 Carrot");
  assertEquals(carrot?.rgb, [0xe5, 0x6e, 0x24]);
});
