import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  dependenciesOf,
  isProjective,
  parsePhraseTrees,
  parseTagHeadLines,
  readPennSplit,
  readPennTreebank,
  TreebankError,
  YAMADA_MATSUMOTO,
} from "#lib/parser/mod.ts";
import { DataError, readNltk } from "#lib/data/mod.ts";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasMirror, isGranted } from "../_support/permission.ts";
import { nltkTreebank } from "./_treebanks.ts";

const TREES = `
( (S (NP-SBJ-1 (PRP He) )
     (VP (VBZ has)
         (S (NP-SBJ (-NONE- *-1) )
            (VP (TO to) (VP (VB sleep) ))))
     (. .) ))
( (NP (NNP Ann) (POS 's) (-LRB- -LRB-) ) )
`;

Deno.test("brackets become phrases, and phrases dependencies by their head rules", () => {
  const trees = parsePhraseTrees(TREES);
  assertEquals(trees.length, 2);
  const sentence = dependenciesOf(trees[0]);
  assertEquals(sentence.words, ["He", "has", "to", "sleep", "."]);
  assertEquals(sentence.tree.heads, [2, 0, 4, 2, 2]);
  // the last of the group POS, NN, … heads a noun phrase; brackets are tags, not NPs
  assertEquals(dependenciesOf(trees[1]).tree.heads, [2, 0, 2]);
});

Deno.test("rules say the end to search from and the order; without a rule the last child heads", () => {
  assertEquals(YAMADA_MATSUMOTO.get("PP")?.from, "left");
  const heads = (text: string) => dependenciesOf(parsePhraseTrees(text)[0]).tree.heads;
  assertEquals(heads("(PP (RB just) (IN in) (NN time))"), [2, 0, 2]);
  assertEquals(heads("(NP (NN a) (NN b) (JJ c))"), [2, 0, 2]); // any noun before any adjective
  assertEquals(heads("(FRAG (NN a) (NN b))"), [0, 1]);
  assertEquals(heads("(WHATEVER (NN a) (NN b))"), [2, 0]);
});

Deno.test("malformed brackets are refused with their line", () => {
  const refused: [string, number, string][] = [
    ["(S (NP (NN a))\n", 2, "expected 1 more )"],
    ["(S (NN a)))", 1, "without its bracket"],
    ["(S\n(NN a b))", 2, "expected ), got b"],
    ["(S (NN a (NN b)))", 1, "expected ), got (NN"],
    ["(S ())", 1, "got ()"],
    ["(S ( a))", 1, "got a word"],
    ["word", 1, "expected (, got word"],
    ["(NN a)", 1, "expected a phrase"],
  ];
  for (const [text, line, says] of refused) {
    const error = assertThrows(() => parsePhraseTrees(text), TreebankError);
    assert(error.line === line, `${text}: ${error.message}`);
    if (!text.includes("( a")) assert(error.message.includes(says), error.message);
  }
  const [empty] = parsePhraseTrees("(S (-NONE- *))");
  assertThrows(() => dependenciesOf(empty), RangeError, "expected words, got none");
});

Deno.test({
  name: "sections of a Penn Treebank folder are read in order (needs write permission)",
  ignore: !isGranted({ name: "read" }, { name: "write" }),
  fn: () => {
    const folder = mkdtempSync(join(tmpdir(), "ptb-"));
    try {
      for (const [section, word] of [["02", "two"], ["03", "three"], ["23", "test"]]) {
        mkdirSync(join(folder, section));
        writeFileSync(join(folder, section, "wsj_0000.mrg"), `( (NP (NN ${word})))\n`);
        writeFileSync(join(folder, section, "notes.txt"), "(");
      }
      const words = readPennTreebank(folder, [2, 3]).flatMap((sentence) => sentence.words);
      assertEquals(words, ["two", "three"]);
      const file = join(folder, "03", "wsj_0001.mrg");
      for (
        const [text, says] of [["\n(S (NN a)", "line 2"], ["\n", "line 1, column 1: expected a"]]
      ) {
        writeFileSync(file, text);
        const error = assertThrows(() => readPennTreebank(folder, [2, 3]), TreebankError);
        assert(error.message.includes(`bracketed trees of ${file}, ${says}`), error.message);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "the usual split needs all of its sections, and says so (needs write permission)",
  ignore: !isGranted({ name: "read" }, { name: "write" }, { name: "env" }),
  fn: () => {
    const directory = mkdtempSync(join(tmpdir(), "ptb-"));
    try {
      const write = (section: number) => {
        const folder = join(directory, String(section).padStart(2, "0"));
        mkdirSync(folder);
        writeFileSync(join(folder, "wsj_0000.mrg"), `( (NP (NN word-${section})))\n`);
      };
      for (let section = 0; section < 23; section++) write(section);
      assertThrows(() => readPennSplit({ directory }), DataError, join(directory, "23"));
      write(23);
      const { train, dev, test } = readPennSplit({ directory });
      assertEquals([train.length, dev.length, test.length], [20, 1, 1]);
      assertEquals(train[0].words, ["word-2"]);
      assertEquals([dev[0].words, test[0].words], [["word-22"], ["word-23"]]);
      assertThrows(() => readPennSplit({ directory: "" }), DataError, "found it unset");
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
});

Deno.test("word-tag-head lines: errors name line and column", () => {
  const refused: [string, number, number][] = [
    ["a\tNN\t0\nb\tNN\n", 2, 1],
    ["a\tNN\t0\nb\t\t1\n", 2, 2],
    ["a\tNN\t0\n\nb\tNN\tx\n", 3, 3],
    ["a\tNN\t0\n\nb\tNN\t0\nc\tNN\t0\n", 4, 3],
    ["a\tNN\t0\nb\tNN\t7\n\n", 2, 3],
  ];
  for (const [text, line, column] of refused) {
    const error = assertThrows(() => parseTagHeadLines(text), TreebankError);
    assertEquals([error.line, error.column], [line, column], error.message);
  }
});

Deno.test({
  name: "NLTK's dependency sample: 3,914 projective single-rooted trees (needs the corpus)",
  ignore: !hasMirror,
  fn: async () => {
    const { train, dev, test } = await nltkTreebank();
    assertEquals([train.length, dev.length, test.length], [3396, 273, 245]);
    const sentences = [...train, ...dev, ...test];
    assertEquals(sentences.reduce((sum, { words }) => sum + words.length, 0), 94_084);
    assert(sentences.every(({ tree }) => isProjective(tree.heads)));
  },
});

Deno.test({
  name: "head rules give every head of NLTK's dependency sample (needs the corpora)",
  ignore: !hasMirror,
  fn: async () => {
    const phrases = await readNltk("treebank");
    let words = 0, same = 0;
    for (const [path, text] of await readNltk("dependency_treebank")) {
      const brackets = phrases.get(`combined/${path.replace(".dp", ".mrg")}`)!;
      const ours = parsePhraseTrees(brackets).map((tree) => dependenciesOf(tree));
      for (const [i, { tree }] of parseTagHeadLines(text).entries()) {
        words += tree.heads.length;
        same += tree.heads.filter((head, w) => head === ours[i].tree.heads[w]).length;
      }
    }
    assertEquals([same, words], [94_084, 94_084]);
  },
});
