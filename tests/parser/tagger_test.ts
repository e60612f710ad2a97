import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { generatedTreebank, loadTagger, saveTagger, trainTagger } from "#lib/parser/mod.ts";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { permittedTest } from "../_support/permitted.ts";
import { WordContext } from "../../lib/parser/_word_context.ts";
import { SMALL_TREEBANK } from "./_small_treebank.ts";

const { train, dev } = generatedTreebank();

function accuracy(tag: (words: readonly string[]) => readonly string[]): number {
  let right = 0, words = 0;
  for (const sentence of dev) {
    const tags = tag(sentence.words);
    right += sentence.tags.filter((gold, i) => gold === tags[i]).length;
    words += tags.length;
  }
  return right / words;
}

Deno.test("the tagger beats the commonest tag of each word, by its context", () => {
  const counts = new Map<string, Map<string, number>>();
  for (const { words, tags } of train) {
    for (const [i, word] of words.entries()) {
      const of = counts.get(word) ?? new Map<string, number>();
      counts.set(word, of.set(tags[i], (of.get(tags[i]) ?? 0) + 1));
    }
  }
  const commonest = (word: string) =>
    [...counts.get(word) ?? [["NN", 1]]].sort((a, b) => Number(b[1]) - Number(a[1]))[0][0];
  const baseline = accuracy((words) => words.map((word) => String(commonest(word))));
  const tagger = trainTagger(train.slice(0, 1000), { epochs: 3 });
  const found = accuracy((words) => tagger.tagSentence(words));
  assert(baseline < 0.97 && found > 0.985, `${baseline} and ${found}`);
});

Deno.test("tag() takes many sentences, unknown words and empty sentences", async () => {
  const tagger = trainTagger(SMALL_TREEBANK);
  const sentences = [["He", "has", "xyzzy", "."], [], ["§"]];
  const tags = await tagger.tag(sentences);
  assertEquals(tags.map((each) => each.length), [4, 0, 1]);
  assertEquals(tags[0], tagger.tagSentence(sentences[0]));
  assertThrows(() => trainTagger([]), RangeError, "expected words, got none");
});

Deno.test("averaged weights equal the mean of the weights after every word", () => {
  const sentence = SMALL_TREEBANK[2], tagger = trainTagger([sentence], { epochs: 2 });
  const context = new WordContext([...new Set(sentence.words)]);
  const encoded = context.encode(sentence.words), { tags } = tagger.model;
  const weights = new Map<string, number>(), sums = new Map<string, number>();
  let steps = 1; // the weights before the first word, all 0, count as well
  for (let epoch = 0; epoch < 2; epoch++) {
    const guessed: number[] = [];
    for (const [i, gold] of sentence.tags.entries()) {
      context.extract(encoded, guessed, i);
      const keys = Array.from(
        { length: context.keys.length / 2 },
        (_, t) => `${context.keys[2 * t]} ${context.keys[2 * t + 1]}`,
      );
      const score = (m: number) =>
        keys.reduce((sum, key) => sum + (weights.get(`${key} ${m}`) ?? 0), 0);
      const scores = tags.names.map((_, m) => score(m));
      guessed[i] = scores.indexOf(Math.max(...scores));
      for (const key of tags.id(gold) === guessed[i] ? [] : keys) {
        for (const [m, change] of [[tags.id(gold), 1], [guessed[i], -1]]) {
          weights.set(`${key} ${m}`, (weights.get(`${key} ${m}`) ?? 0) + change);
        }
      }
      for (const [key, weight] of weights) sums.set(key, (sums.get(key) ?? 0) + weight);
      steps++;
    }
  }
  const { features, weights: mean } = tagger.model;
  assert(sums.size > 50);
  for (const [key, sum] of sums) {
    const [low, high, m] = key.split(" ").map(Number);
    assertAlmostEquals(mean[features.find(low, high) * tags.size + m], sum / steps, 1e-6);
  }
});

permittedTest(
  "a tagger comes back from its file; other files are refused",
  ["read", "write"],
  () => {
    const folder = mkdtempSync(join(tmpdir(), "tagger-"));
    try {
      const path = join(folder, "tagger"), tagger = trainTagger(SMALL_TREEBANK);
      saveTagger(tagger, path);
      const again = loadTagger(path);
      for (const { words } of SMALL_TREEBANK) {
        assertEquals(again.tagSentence(words), tagger.tagSentence(words));
      }
      writeFileSync(path, gzipSync('{"format":"malt-parser-1"}\n'));
      assertThrows(() => loadTagger(path), SyntaxError, "perceptron-tagger-1, got the format");
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
