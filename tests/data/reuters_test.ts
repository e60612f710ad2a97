import { parseReuters, readReuters, selectSharedTopics } from "#lib/data/mod.ts";
import { wordPunct } from "#lib/text/mod.ts";
import { assertEquals, assertThrows } from "@std/assert";
import { hasMirror } from "../_support/permission.ts";
import sgml from "./fixtures/reuters.sgm" with { type: "text" };

Deno.test("parseReuters() keeps training and test documents whose topics were judged", () => {
  const documents = parseReuters(sgml, "reuters.sgm");
  assertEquals(documents.map(({ id, split }) => `${id} ${split}`), [
    "1 train",
    "2 test",
    "5 train",
  ]);
  assertEquals(documents[0].topics, ["tin", "copper"]);
});

Deno.test("parseReuters() joins title and body, decodes entities and drops the end mark", () => {
  const [first, second, third] = parseReuters(sgml);
  assertEquals(first.text, "TIN & COPPER\nTin rose <today>.\n    So did copper.\n ");
  assertEquals(second.text, "\nA brief with &lt; in it. ");
  assertEquals(third.text, "\n"); // unprocessed: neither title nor body
});

Deno.test("selectSharedTopics() drops documents whose topics are on one side only", () => {
  const selected = selectSharedTopics(parseReuters(sgml));
  assertEquals(selected.map(({ id }) => id), [1, 2]); // 5 is about zinc, which no test document is
});

Deno.test("parseReuters() refuses what is not the collection, naming file and line", () => {
  const cases: [text: string, message: string][] = [
    ["", 'line 1: expected at least one <REUTERS ...>, got ""'],
    ["<html>", "a.sgm line 1: expected at least one <REUTERS ...>"],
    [
      '\n<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" NEWID="1">\n',
      "a.sgm line 2: expected </REUTERS>",
    ],
    ['<REUTERS NEWID="1"><REUTERS NEWID="2"></REUTERS>', "line 1: expected </REUTERS>"],
    ['<REUTERS TOPICS="YES" NEWID="1"></REUTERS>', "expected LEWISSPLIT"],
    ['<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN"></REUTERS>', "a NEWID"],
    [sgml.replace("</BODY>", ""), "expected </BODY> after <BODY>"],
  ];
  for (const [text, message] of cases) {
    assertThrows(() => parseReuters(text, "a.sgm"), SyntaxError, message);
  }
});

Deno.test({
  name:
    "readReuters() gives ApteMod: 7,770 + 3,019 documents of 1,698,067 tokens (needs the corpus)",
  ignore: !hasMirror,
  fn: async () => {
    const documents = await readReuters();
    const tokens = { train: 0, test: 0 }, count = { train: 0, test: 0 };
    for (const { split, text } of documents) {
      tokens[split] += wordPunct(text.toLowerCase()).length;
      count[split]++;
    }
    assertEquals(count, { train: 7_770, test: 3_019 });
    assertEquals(tokens, { train: 1_237_138, test: 460_929 });
  },
});
