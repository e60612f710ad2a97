import {
  parseEntities,
  readEnglishWebTreebank,
  readEntities,
  readNltk,
  readPennTreebankText,
} from "#lib/data/mod.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { hasMirror } from "../_support/permission.ts";

const ignore = !hasMirror;

Deno.test({
  name: "readPennTreebankText() gives the sentences of the three files (needs the corpus)",
  ignore,
  fn: async () => {
    const { train, valid, test } = await readPennTreebankText();
    const size = (part: string[][]) => [part.length, part.reduce((sum, s) => sum + s.length, 0)];
    assertEquals(size(train), [42_068, 887_521]);
    assertEquals(size(valid), [3_370, 70_390]);
    assertEquals(size(test), [3_761, 78_669]);
    assertEquals(test[0].slice(0, 4), ["no", "it", "was", "n't"]);
  },
});

Deno.test({
  name:
    "readEnglishWebTreebank() gives the CoNLL-U of 12,544/2,001/2,077 sentences (needs the corpus)",
  ignore,
  fn: async () => {
    const { train, dev, test } = await readEnglishWebTreebank();
    const count = (text: string) => text.match(/^# sent_id/gm)?.length;
    assertEquals([train, dev, test].map(count), [12_544, 2_001, 2_077]);
  },
});

Deno.test({
  name: "readNltk() unzips each corpus (needs the corpora)",
  ignore,
  fn: async () => {
    const conll2000 = await readNltk("conll2000");
    assertEquals([...conll2000.keys()], ["README", "test.txt", "train.txt"]);
    assertEquals(conll2000.get("train.txt")!.split("\n")[0], "Confidence NN B-NP");
    const conll2002 = await readNltk("conll2002");
    assertStringIncludes(conll2002.get("esp.train")!.slice(0, 40), "Melbourne");
    assertEquals((await readNltk("dependency_treebank")).size, 199);
    assertEquals((await readNltk("qc")).get("train.txt")!.trimEnd().split("\n").length, 5_452);
    const polarity = await readNltk("sentence_polarity");
    assertEquals(polarity.get("rt-polarity.pos")!.trimEnd().split("\n").length, 5_331);
    assertStringIncludes((await readNltk("treebank")).get("combined/wsj_0001.mrg")!, "Vinken");
  },
});

Deno.test({
  name: "readEntities() gives the three parts of Spanish and Dutch (needs the corpus)",
  ignore,
  fn: async () => {
    const [spanish, dutch] = [await readEntities("Spanish"), await readEntities("Dutch")];
    const sizes = ({ train, dev, test }: typeof spanish) =>
      [train, dev, test].map((part) => [
        part.length,
        part.reduce((sum, { words }) => sum + words.length, 0),
        part.reduce((sum, { tags }) => sum + tags.filter((tag) => tag[0] === "B").length, 0),
      ]);
    // names as Tjong Kim Sang (2002) counts them
    assertEquals(sizes(spanish), [
      ...[[8_323, 264_715, 18_797], [1_915, 52_923, 4_351], [1_517, 51_533, 3_558]],
    ]);
    assertEquals(sizes(dutch).map(([sentences, , names]) => [sentences, names]), [
      ...[[15_806, 13_344], [2_895, 2_616], [5_195, 3_941]],
    ]);
    assertEquals(spanish.test[0].words.slice(0, 2), ["La", "Coruña"]);
    assertEquals(spanish.test[0].tags.slice(0, 3), ["B-LOC", "I-LOC", "O"]);
  },
});

Deno.test("parseEntities() refuses broken lines, naming file and line", () => {
  const refuses = (line: string, message: string) =>
    assertThrows(
      () => parseEntities(`-DOCSTART- -DOCSTART- O\nA X B-PER\n${line}\n`, "x.train"),
      SyntaxError,
      message,
    );
  const expected = "x.train line 3: expected a word, its part of speech and O, B-… or I-…";
  for (const line of ["b X", "b X O more", "b\tX\tO", "b X B-DOG", "b X PER", "b\uFFFD X O"]) {
    refuses(line, expected);
  }
  refuses("\nb X PER", "x.train line 4");
  assertThrows(() => parseEntities("\n", "x.train"), SyntaxError, "expected sentences, got none");
  assertEquals(parseEntities("a X O\nb X O", "f"), [
    { words: ["a", "b"], tags: ["O", "O"] },
  ]);
});
