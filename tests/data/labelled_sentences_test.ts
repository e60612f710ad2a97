import {
  parseQuestions,
  parseReviewSentences,
  readQuestions,
  readSentencePolarity,
} from "#lib/data/mod.ts";
import { assertEquals, assertThrows } from "@std/assert";
import { hasMirror } from "../_support/permission.ts";

const ignore = !hasMirror;

Deno.test("parseReviewSentences() refuses what is no sentence, naming file and line", () => {
  const options = { label: "positive", file: "a.pos" } as const;
  const cases: [text: string, message: string][] = [
    ["", 'a.pos line 1: expected a sentence, got ""'],
    ["good .\n\nbad .\n", 'a.pos line 2: expected a sentence, got ""'],
    ["good .\n \t\n", 'a.pos line 2: expected a sentence, got " \\t"'],
    ["good\0 .\n", "a.pos line 1: expected a sentence"],
    ["fine\nna\uFFFDve\n", "a.pos line 2: expected a sentence"],
  ];
  for (const [text, message] of cases) {
    assertThrows(() => parseReviewSentences(text, options), SyntaxError, message);
  }
});

Deno.test("parseQuestions() refuses what is no labelled question, naming file and line", () => {
  const cases: [text: string, message: string][] = [
    ["", 'q.txt line 1: expected COARSE:fine and words, got ""'],
    ["LOC:city Where ?\nWhere ?\n", 'q.txt line 2: expected COARSE:fine and words, got "Where ?"'],
    ["LOC Where ?\n", "q.txt line 1"],
    ["LOC:city\n", "q.txt line 1"],
    ["LOC:city   \n", "q.txt line 1"],
    ["LOC:city Where\uFFFD ?\n", "q.txt line 1"],
  ];
  for (const [text, message] of cases) {
    assertThrows(() => parseQuestions(text, "q.txt"), SyntaxError, message);
  }
});

Deno.test({
  name: "readSentencePolarity() parts all sentences, the same each time (needs the corpora)",
  ignore,
  fn: async () => {
    const { train, dev, test } = await readSentencePolarity();
    assertEquals([train, dev, test].map(({ length }) => length), [8530, 1066, 1066]);
    const all = [...train, ...dev, ...test];
    assertEquals(all.filter(({ label }) => label === "positive").length, 5331);
    assertEquals(new Set(all.map(({ words }) => words.join(" "))).size, 10_662);
    assertEquals((await readSentencePolarity()).test, test);
  },
});

Deno.test({
  name: "readQuestions() keeps questions of dev out of training (needs the corpora)",
  ignore,
  fn: async () => {
    const { train, dev, test } = await readQuestions();
    assertEquals([train.length + dev.length, test.length], [5452, 500]);
    const learned = new Set(train.map(({ words }) => words.join(" ")));
    assertEquals(dev.filter(({ words }) => learned.has(words.join(" "))), []);
    assertEquals(new Set(dev.map(({ words }) => words.join(" "))).size, 500);
    assertEquals(new Set(train.map(({ coarse }) => coarse)).size, 6);
    assertEquals(
      new Set([...train, ...dev].map(({ coarse, fine }) => `${coarse}:${fine}`)).size,
      50,
    );
    const accented = [...train, ...dev].some(({ words }) =>
      words.some((word) => /[à-ÿ]/.test(word))
    );
    assertEquals(accented, true); // ISO 8859-1 was decoded
  },
});
