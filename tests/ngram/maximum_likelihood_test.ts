import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { backoff, countNgrams, maximumLikelihood, stupidBackoff } from "#lib/ngram/mod.ts";
import { indexSentences } from "#lib/text/mod.ts";
import { reshape } from "#lib/lm/mod.ts";
import { seeded } from "#lib/random/mod.ts";
import {
  after,
  assertFitsDistribution,
  languageModelContract,
} from "../_support/language_model_contract.ts";
import { toySentences } from "../_support/toy_text.ts";

const { vocabulary, ids } = indexSentences(toySentences);
const trigrams = countNgrams(ids, { order: 3, vocabulary });

languageModelContract("maximum likelihood of order 3, seen contexts", () => ({
  model: maximumLikelihood(trigrams),
  text: ids,
  contexts: [["the", "students"], ["the", "students", "opened", "their"], ["the"], []],
}));

languageModelContract("back-off of order 3", () => ({
  model: backoff(trigrams),
  text: ids,
  contexts: [["the", "students"], ["nothing", "the"], ["never-seen"], []],
}));

Deno.test("the lecture's example: 1000 openings, 400 books, 100 exams give 0.4 and 0.1", () => {
  const opened = (object: string, times: number) =>
    Array.from({ length: times }, () => ["students", "opened", "their", object]);
  const sentences = [...opened("books", 400), ...opened("exams", 100), ...opened("minds", 500)];
  const { vocabulary, ids } = indexSentences(sentences);
  const model = maximumLikelihood(countNgrams(ids, { order: 4, vocabulary }));
  for (const prefix of [[], ["students", "closed"]]) { // what comes before changes nothing
    const state = after(model, [...prefix, "students", "opened", "their"]);
    const p = model.logProbabilities(state).map(Math.exp);
    assertEquals(model.contextCount(state), 1000);
    assertAlmostEquals(p[vocabulary.id("books")], 0.4, 1e-15);
    assertAlmostEquals(p[vocabulary.id("exams")], 0.1, 1e-15);
  }
});

Deno.test("after a context never seen, maximum likelihood has no distribution; back-off has", () => {
  const model = maximumLikelihood(trigrams);
  const state = after(model, ["nothing", "the"]);
  assertEquals(model.contextCount(state), 0);
  assert(model.logProbabilities(state).every((logP) => logP === -Infinity));
  const text = vocabulary.encodeSentences([["nothing", "the", "cat"]]);
  assertEquals(model.score(text)[2], -Infinity);

  const shorter = backoff(trigrams), afterThe = backoff(countNgrams(ids, { order: 2, vocabulary }));
  assertEquals(
    shorter.logProbabilities(after(shorter, ["nothing", "the"])),
    afterThe.logProbabilities(after(afterThe, ["the"])),
  );
});

Deno.test("stupid back-off takes 0.4 of the shorter context's score, and does not sum to 1", () => {
  const model = stupidBackoff(trigrams);
  const state = after(model, ["students", "opened"]);
  const scores = model.logProbabilities(state).map(Math.exp);
  const c = (...words: string[]) => trigrams.counts[trigrams.trie.find(vocabulary.encode(words))];
  assertAlmostEquals(
    scores[vocabulary.id("their")],
    c("students", "opened", "their") / c("students", "opened"),
    1e-12,
  );
  assertAlmostEquals(
    scores[vocabulary.id("the")],
    0.4 * c("opened", "the") / c("opened"),
    1e-12,
  );
  assertAlmostEquals(scores[vocabulary.id("cat")], 0.16 * c("cat") / ids.length, 1e-12);
  assert(scores.reduce((sum, s) => sum + s, 0) > 1.01);
  for (const factor of [0, -1, 1.1, NaN]) {
    assertThrows(() => stupidBackoff(trigrams, factor), RangeError, `got ${factor}`);
  }
});

Deno.test("stupid back-off draws in proportion to its scores", () => {
  const model = stupidBackoff(trigrams), state = after(model, ["students", "opened"]);
  const random = seeded(5), drawn = new Float64Array(vocabulary.size);
  for (let i = 0; i < 5000; i++) drawn[model.sample(state, random)]++;
  assertFitsDistribution(drawn, reshape(model.logProbabilities(state)));
});
