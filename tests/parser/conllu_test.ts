import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  formatConllu,
  parseConllu,
  parseConllx,
  parseTreebank,
  sentenceOf,
  TreebankError,
  treeOf,
  withTags,
  withTree,
} from "#lib/parser/mod.ts";
import { obtainFiles } from "#lib/data/mod.ts";
import { readFileSync } from "node:fs";
import { hasMirror } from "../_support/permission.ts";
import { SAMPLE } from "./_sample.ts";

Deno.test("multiword tokens, empty nodes and comments survive a round trip", () => {
  const sentences = parseConllu(SAMPLE);
  assertEquals(sentences.length, 3);
  assertEquals(formatConllu(sentences), SAMPLE);
  assertEquals(sentences[0].comments[0], "# sent_id = 1");
  assertEquals(sentences[0].rows.map((row) => row.id).join(" "), "0.1 1 2-3 2 3 4 4.1 4.2 5");
});

Deno.test("a byte-order mark is skipped at the beginning of the text, and only there", () => {
  assertEquals(parseConllu(`\ufeff${SAMPLE}`), parseConllu(SAMPLE));
  const words = SAMPLE.slice(SAMPLE.indexOf("\n0.1\t") + 1);
  assertEquals(parseConllu(`\ufeff${words}`), parseConllu(words));
  assertThrows(() => parseConllu(`${SAMPLE}\ufeff${SAMPLE}`), TreebankError);
});

Deno.test("only words make up the sentence and its tree", () => {
  const [conllu] = parseConllu(SAMPLE);
  assertEquals(sentenceOf(conllu).words, ["They", "do", "n't", "sleep", "."]);
  assertEquals(sentenceOf(conllu).tags, ["PRP", "VBP", "RB", "VB", "."]);
  assertEquals(treeOf(conllu).heads, [4, 4, 4, 0, 4]);
  assertEquals(parseTreebank(SAMPLE)[0].tree.labels[0], "nsubj");
});

Deno.test("withTree() changes head, relation and enhanced dependencies of words only", () => {
  const [conllu] = parseConllu(SAMPLE);
  const tree = { heads: [0, 1, 2, 3, 4], labels: ["root", "a", "b", "c", "d"] };
  const changed = withTree(conllu, tree);
  assertEquals(treeOf(changed), tree);
  assertEquals(changed.rows[2], conllu.rows[2]);
  assertEquals(changed.rows[1].deps, "_");
  assertThrows(() => withTree(conllu, { heads: [0], labels: ["root"] }), RangeError, "5 words");
});

Deno.test("withTags() changes the tags of words only", () => {
  const [conllu] = parseConllu(SAMPLE);
  const changed = withTags(conllu, ["A", "B", "C", "D", "E"]);
  assertEquals(changed.rows.map((row) => row.xpos).join(" "), "RB A _ B C D _ _ E");
  assertThrows(() => withTags(conllu, ["A"]), RangeError, "each of 5 words");
});

Deno.test("a text without trees is read, and treeOf() says that it has none", () => {
  const bare = SAMPLE.split("\n").slice(-3).join("\n").replace("\t0\troot", "\t_\t_");
  assertThrows(() => treeOf(parseConllu(bare)[0]), RangeError, "got _ for word 1");
});

Deno.test("the last empty line may be missing", () => {
  assertEquals(parseConllu(SAMPLE.slice(0, -1)), parseConllu(SAMPLE));
  assertEquals(parseConllu(SAMPLE.slice(0, -2)), parseConllu(SAMPLE));
  assertEquals(parseConllu(""), []);
});

const row = (id: string, head: string) => `${id}\tw\tw\tX\tX\t_\t${head}\tdep\t_\t_\n`;
const REFUSED: [title: string, text: string, line: number, column: number, says: string][] = [
  [
    "spaces for tabs",
    "1 a a X X _ 0 root _ _\n\n",
    1,
    1,
    "got 1 (was the file saved with spaces?)",
  ],
  ["a missing column", "# x\n1\ta\ta\tX\tX\t_\t0\troot\t_\n\n", 2, 1, "expected 10 tab-separated"],
  ["an empty value", "1\ta\ta\tX\t\t_\t0\troot\t_\t_\n\n", 1, 5, "(XPOS): expected a value or _"],
  ["a space in a tag", "1\ta\ta\tX Y\tX\t_\t0\troot\t_\t_\n\n", 1, 4, 'got "X Y"'],
  ["a number left out", row("1", "0") + row("3", "1") + "\n", 2, 1, "expected 2 as the next"],
  ["a head that is no number", row("1", "x") + "\n", 1, 7, "(HEAD): expected the number"],
  ["a head beyond the sentence", row("1", "0") + row("2", "3") + "\n", 2, 7, "0 to 2, got 3"],
  ["a cycle", row("1", "0") + row("2", "3") + row("3", "2") + "\n", 2, 7, "a cycle"],
  ["two roots", row("1", "0") + row("2", "0") + "\n", 2, 7, "one root, got words 1 and 2"],
  ["no root", row("1", "2") + row("2", "1") + "\n", 1, 7, "one word with head 0, got none"],
  [
    "heads for some words",
    row("1", "0") + row("2", "_") + "\n",
    2,
    7,
    "for every word or for none",
  ],
  ["a head for a multiword token", row("1-2", "0") + "\n", 1, 7, "expected _"],
  ["a token range downwards", row("1-0", "_") + "\n", 1, 1, "next word's number"],
  ["overlapping tokens", row("1-3", "_") + row("1", "0") + row("2-3", "_"), 3, 1, '"2-3"'],
  ["a token cut short", row("1-2", "_") + row("1", "0") + "\n", 3, 1, "expected word 2"],
  ["an empty node out of turn", row("1", "0") + row("1.2", "_") + "\n", 2, 1, '"1.2"'],
  ["a late comment", row("1", "0") + "# late\n\n", 2, 1, "comments before the first word"],
  ["comments without words", "# only\n\n", 2, 1, "expected a word, got an empty line"],
  ["comments at the end", "# only", 2, 1, "expected a word, got the end of the file"],
  ["a doubled empty line", row("1", "0") + "\n\n", 3, 1, "expected a word, got an empty line"],
  ["line ends of Windows", row("1", "0").replace("\n", "\r\n"), 1, 1, "got CR LF"],
];
for (const [title, text, line, column, says] of REFUSED) {
  Deno.test(`refused, naming line and column: ${title}`, () => {
    const error = assertThrows(() => parseConllu(text), TreebankError, says);
    assertEquals([error.line, error.column], [line, column]);
    assert(error.message.startsWith(`Cannot read CoNLL-U, line ${line}, column ${column}`));
  });
}

Deno.test("CoNLL-X: several roots are read, comments and tokens refused", () => {
  const text = row("1", "0") + row("2", "0") + "\n";
  assertEquals(formatConllu(parseConllx(text)), text);
  assertThrows(() => parseConllx("# x\n" + text), TreebankError, "CoNLL-X, line 1");
  assertThrows(() => parseConllx(row("1-2", "_") + text), TreebankError, "ID");
  assertThrows(() => parseConllx(row("1", "2") + row("2", "1")), TreebankError, "(HEAD)");
});

Deno.test({
  name: "every file of EWT comes back byte for byte (needs the corpus)",
  ignore: !hasMirror,
  fn: async () => {
    for (const path of (await obtainFiles("ud-english-ewt")).values()) {
      const bytes = readFileSync(path);
      const written = formatConllu(parseConllu(new TextDecoder().decode(bytes)));
      assert(bytes.equals(new TextEncoder().encode(written)), path);
    }
  },
});
