import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { perplexity } from "#lib/lm/mod.ts";
import {
  backoff,
  BackoffModel,
  countNgrams,
  formatArpa,
  kneserNey,
  parseArpa,
  readArpa,
  stupidBackoff,
  writeArpa,
} from "#lib/ngram/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { after, languageModelContract } from "../_support/language_model_contract.ts";
import { isGranted } from "../_support/permission.ts";
import { damaged, damages, kneserNeyModels } from "../_support/random_models.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences);
const toyModel = kneserNey(countNgrams(ids, { order: 3, vocabulary }), {
  onBadDiscount: "fallback",
});
const toyText = [...formatArpa(toyModel)].join("");
const readBack = await parseArpa([toyText]);

languageModelContract("a model read from ARPA", () => ({
  model: readBack,
  text: ids,
  contexts: [["the", "students"], ["they", "saw"], ["never-seen", "the"], ["never-seen"], []],
  tolerance: 1e-5, // ARPA rounds
}));

/** Words and numbers are equal, the numbers but for what ARPA rounds off. */
function assertSameModel(actual: BackoffModel, expected: BackoffModel): void {
  assertEquals(actual.vocabulary.words, expected.vocabulary.words);
  assertEquals(actual.trie, expected.trie);
  for (const numbers of ["logProbability", "logBackoff"] as const) {
    for (let node = 1; node < expected[numbers].length; node++) {
      assertAlmostEquals(actual[numbers][node], expected[numbers][node], 1e-6);
    }
  }
}

Deno.test("parseArpa() gives back the model that formatArpa() wrote, wherever it is cut", async () => {
  await fc.assert(
    fc.asyncProperty(kneserNeyModels, fc.integer({ min: 1, max: 99 }), async (model, length) => {
      const text = [...formatArpa(model)].join("");
      const pieces: string[] = [];
      for (let i = 0; i < text.length; i += length) pieces.push(text.slice(i, i + length));
      assertSameModel(await parseArpa(pieces), model);
    }),
  );
});

Deno.test("parseArpa() reads n-grams in any order, blanks for tabs, CR LF, comments", async () => {
  const lines = toyText.split("\n");
  const shuffled = lines.map((line, i) => ({ line, section: sectionOf(i), key: (i * 7919) % 1009 }))
    .sort((a, b) => a.section - b.section || a.key - b.key).map(({ line }) => line);
  const text = ["# a comment", "", ...shuffled].join("\r\n").replaceAll("\t", "  ");
  const model = await parseArpa([text]);
  assertAlmostEquals(perplexity(model, encoded(model)), perplexity(toyModel, ids), 1e-5);

  /** Every line that is no n-gram is a section of its own. */
  function sectionOf(i: number): number {
    return lines.slice(0, i + 1).reduce((n, line, j) => n + (isNgram(line, j) ? 0 : 1), 0) +
      (isNgram(lines[i], i) ? 0.5 : 0);
  }
  function isNgram(line: string, i: number): boolean {
    return i > 4 && line !== "" && !line.startsWith("\\");
  }
  function encoded(model: BackoffModel): Int32Array {
    return model.vocabulary.encodeSentences(toySentences);
  }
});

const pruned = `\\data\\
ngram 1=5
ngram 2=3
ngram 3=1

\\1-grams:
-1 </s>
-99 <s> -0.1
-0.5 a -0.2
-0.6 b -0.3
-0.7 c -0.4

\\2-grams:
-0.11 <s> a -0.01
-0.12 a b -0.02
-0.13 c a -0.03

\\3-grams:
-0.21 a b c

\\end\\
`;

Deno.test("parseArpa(): an n-gram whose end is missing backs off to the longest end there is", async () => {
  const model = await parseArpa([pruned]); // "a b c" is there, "b c" is not
  const log10P = (context: string[], word: string) =>
    model.logProbabilities(after(model, context))[model.vocabulary.id(word)] / Math.LN10;
  assertAlmostEquals(log10P(["a", "b"], "c"), -0.21, 1e-12);
  assertAlmostEquals(log10P(["a", "b"], "a"), -0.02 - 0.3 - 0.5, 1e-12);
  assertAlmostEquals(log10P(["a", "b", "c"], "a"), -0.13, 1e-12); // the state is "c", not "b c"
  assertAlmostEquals(log10P(["a", "b", "c"], "b"), -0.4 - 0.6, 1e-12);
  assertAlmostEquals(log10P(["c", "a"], "b"), -0.03 - 0.12, 1e-12); // nothing follows "c a"
  assertAlmostEquals(log10P([], "a"), -0.11, 1e-12);
  assertAlmostEquals(log10P([], "b"), -0.1 - 0.6, 1e-12);
});

Deno.test("parseArpa(): without <unk> the vocabulary is closed", async () => {
  const model = await parseArpa([pruned]);
  assertEquals(model.score(Int32Array.of(model.vocabulary.unknown)), Float64Array.of(-Infinity));
  assertEquals(model.vocabulary.words, ["<unk>", "<s>", "</s>", "a", "b", "c"]);
});

Deno.test("log 0 is written as -99 and read as log 0", async () => {
  const model = backoff(countNgrams(ids, { order: 2, vocabulary }));
  assertSameModel(await parseArpa(formatArpa(model)), model);
});

Deno.test("parseArpa() refuses what is no ARPA file and names the line", async () => {
  const cases: [string, string][] = [
    ["", "expected \\end\\, got the end of the text after line 0"],
    ["<html>", 'line 1: expected \\data\\, got "<html>"'],
    [pruned.replace("\\data\\", "data"), 'line 1: expected \\data\\, got "data"'],
    ["\\data\\\n\n\\1-grams:\n", 'line 3: expected "ngram 1=" and a count'],
    [pruned.replace("ngram 2=3", "ngram 3=3"), 'line 3: expected "ngram 2=" and a count'],
    [pruned.replace("ngram 2=3", "ngram 2=x"), 'line 3: expected "ngram 2=" and a count'],
    [pruned.replace("ngram 2=3", "ngram 2=4"), "line 17: expected 4 2-grams, as announced (there"],
    [pruned.replace("ngram 2=3", "ngram 2=2"), "line 16: expected 2 2-grams, as announced"],
    [pruned.replace("ngram 2=3", "ngram 2=99999999999999"), "as announced (there are 3)"],
    [pruned.replace("\\2-grams:", "\\7-grams:"), "line 13: expected \\2-grams:"],
    [pruned.replace("\\end\\", "\\4-grams:"), "line 21: expected \\end\\"],
    [pruned.replace("\\end\\\n", ""), "expected \\end\\, got the end of the text after line 20"],
    [pruned.slice(0, 150), "(is the file cut off?)"],
    [pruned + "more", 'line 22: expected nothing after \\end\\, got "more"'],
    [pruned.replace("-0.11", "0.11"), "line 14: expected log10 of a probability"],
    [pruned.replace("-0.11", "NaN"), "line 14: expected log10 of a probability"],
    [pruned.replace("-0.11", "-0.1.1"), "line 14: expected log10 of a probability"],
    [pruned.replace("-0.02", "nan"), "line 15: expected log10 of a back-off weight"],
    [pruned.replace("-0.02", "1e400"), "line 15: expected log10 of a back-off weight"],
    [pruned.replace("a b c", "a b c -0.5"), "line 19: expected no back-off weight"],
    [pruned.replace("-0.12 a b", "-0.12 a"), "line 15: expected words that are 1-grams"],
    [pruned.replace("-0.12 a b", "-0.12 a b c d"), "line 15: expected log10 P, 2 words and"],
    [pruned.replace("-0.12 a b", "-0.12 a x"), 'words that are 1-grams (not "x")'],
    [pruned.replace("a b c", "b b c"), "line 19: expected an n-gram whose first 2 words"],
    [pruned.replace("c a -0.03", "a b -0.03"), "line 16: expected every 2-gram once"],
    [pruned.replace("-0.6 b", "-0.6 a"), "line 10: expected every 1-gram once"],
    [pruned.replace("-99 <s>", "-99 <S>"), "expected <s> among the 1-grams"],
    [pruned.replace("-1 </s>", "-1 <\\s>"), "expected </s> among the 1-grams"],
  ];
  for (const [text, message] of cases) {
    await assertRejects(() => parseArpa([text]), SyntaxError, message);
  }
  const endless = Array.from({ length: 30 }, () => "\u0000".repeat(50_000));
  await assertRejects(() => parseArpa(endless), SyntaxError, "is this a text file?");
});

Deno.test("parseArpa() reads or refuses damaged files: no hang, no NaN in the model", async () => {
  const bytes = new TextEncoder().encode(pruned), random = seeded(5);
  let read = 0;
  await fc.assert(
    fc.asyncProperty(damages, async (places) => {
      const text = new TextDecoder().decode(damaged(bytes, places));
      let model: BackoffModel;
      try {
        model = await parseArpa([text]);
      } catch (error) {
        assert(error instanceof SyntaxError, String(error));
        return;
      }
      read++;
      assert(!model.logProbability.some(Number.isNaN) && !model.logBackoff.some(Number.isNaN));
      let state = model.initialState();
      for (let word = 0; word < model.vocabulary.size; word++) {
        assert(!model.logProbabilities(state).some(Number.isNaN));
        try {
          model.sample(state, random);
        } catch (error) {
          assert(error instanceof RangeError, String(error)); // all of log 0
        }
        state = model.advance(state, word);
      }
    }),
    { numRuns: 2000 },
  );
  assert(read > 0 && read < 2000, `${read} of 2000 were read`);
});

Deno.test("formatArpa() refuses scores that are no probabilities: ARPA has no mark for them", () => {
  const model = stupidBackoff(countNgrams(ids, { order: 2, vocabulary }));
  assertThrows(() => [...formatArpa(model)], RangeError, "write it with writeBinary");
});

Deno.test("formatArpa() refuses words with white space, and NaN", () => {
  const { vocabulary, ids } = indexSentences([["light blue"]]);
  const model = kneserNey(countNgrams(ids, { order: 1, vocabulary }), {
    onBadDiscount: "fallback",
  });
  assertThrows(() => [...formatArpa(model)], RangeError, 'without white space, got "light blue"');
  const { vocabulary: words, trie, logBackoff } = toyModel;
  const logProbability = toyModel.logProbability.with(5, NaN);
  const broken = new BackoffModel({ vocabulary: words, trie, logBackoff, logProbability });
  assertThrows(() => [...formatArpa(broken)], RangeError, "got NaN");
});

Deno.test({
  name: "writeArpa() writes whole files or nothing (needs read and write permission)",
  ignore: !isGranted({ name: "read" }, { name: "write" }, { name: "env" }, { name: "sys" }),
  fn: async () => {
    const folder = await mkdtemp(join(tmpdir(), "arpa-"));
    try {
      const path = join(folder, "toy.arpa");
      await writeArpa(path, toyModel);
      assertSameModel(await readArpa(path), toyModel);
      const { vocabulary, ids } = indexSentences([["light blue"]]);
      const bad = kneserNey(countNgrams(ids, { order: 1, vocabulary }), {
        onBadDiscount: "fallback",
      });
      await assertRejects(() => writeArpa(path, bad), RangeError);
      assertSameModel(await readArpa(path), toyModel);
      assertEquals(await readdir(folder), ["toy.arpa"]);
      await Deno.writeFile(path, Uint8Array.of(0x23, 0xff, 0xfe, 0x0a));
      await assertRejects(() => readArpa(path), SyntaxError, "expected UTF-8 text");
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});
