import { readEnglishWebTreebank, readNltk, readPennTreebankText } from "#lib/data/mod.ts";
import { assertEquals, assertStringIncludes } from "@std/assert";
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
